namespace Ensembles.Tests.Contracts;

/// <summary>What a call allocates on the thread that makes it.</summary>
internal static class Allocations
{
    private const int Calls = 5;

    /// <summary>
    /// The least of several calls: where the memory of pools was just given back, as the garbage collector does now and then while other tests
    /// run, one call fills them anew.
    /// </summary>
    /// <param name="call">The call, which has been made before.</param>
    public static long Of(Action call)
    {
        long least = long.MaxValue;
        for (int i = 0; i < Calls; i++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            call();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}
