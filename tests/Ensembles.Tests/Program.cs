using Ensembles.Tests.NewtonBoosting;
using Ensembles.Tests.Prediction;

namespace Ensembles.Tests;

/// <summary>What tests run in a process of its own: the models of this machine with some of its instructions turned off.</summary>
internal static class Program
{
    public static int Main(string[] arguments)
    {
        switch (arguments)
        {
            case ["fingerprint"]:
                Console.WriteLine(NewtonFits.Fingerprint());
                return 0;
            case ["predictions"]:
                Console.WriteLine(CompiledPathTests.Fingerprint());
                return 0;
            default:
                Console.Error.WriteLine("The arguments known are: fingerprint, predictions");
                return 2;
        }
    }
}
