using Ensembles.Tests.NewtonBoosting;

namespace Ensembles.Tests;

/// <summary>What tests run in a process of its own: the models of this machine with some of its instructions turned off.</summary>
internal static class Program
{
    public static int Main(string[] arguments)
    {
        if (arguments is not ["fingerprint"])
        {
            Console.Error.WriteLine("The only argument known is: fingerprint");
            return 2;
        }

        Console.WriteLine(NewtonFits.Fingerprint());
        return 0;
    }
}
