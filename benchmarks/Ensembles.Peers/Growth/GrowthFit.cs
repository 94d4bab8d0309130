using System.Diagnostics;
using System.Globalization;
using System.Runtime;
using System.Runtime.CompilerServices;
using Ensembles.Data;
using Ensembles.Learners;
using Ensembles.Peers.Measuring;
using Ensembles.Peers.Training;

namespace Ensembles.Peers.Growth;

/// <summary>One fit in a process of its own, which alone tells how much memory it takes at its height.</summary>
internal static class GrowthFit
{
    /// <summary>What the command line calls it; the measurement starts it, and nobody else.</summary>
    public const string Command = "growth-fit";

    private const string StatusFile = "/proc/self/status";

    // What the runtime needs to compile the loops for good.
    private static readonly TimeSpan WarmUpTime = TimeSpan.FromSeconds(0.7);

    /// <summary>Trains and writes a line: seconds of binning and of training, bytes at the height beyond the input, bytes
    /// allocated in all and by a tree.</summary>
    /// <param name="args">The fields of a size, and a seed.</param>
    public static bool Run(ReadOnlySpan<string> args)
    {
        int fields = GrowthSize.Columns.Length;
        if (args.Length != fields + 1)
        {
            return false;
        }

        var size = GrowthSize.Of(args[..fields]);
        WarmUp(size);
        ClassificationDataset data = Data(size, ulong.Parse(args[fields], CultureInfo.InvariantCulture));
        GCSettings.LargeObjectHeapCompactionMode = GCLargeObjectHeapCompactionMode.CompactOnce;
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        ForgetPeak();
        long before = Status("VmRSS");
        long allocated = GC.GetTotalAllocatedBytes(precise: true);
        long start = Stopwatch.GetTimestamp();
        data.Features.Binned(size.Bins, size.Threads, CancellationToken.None);
        double bin = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var rate = new AllocationRate();
        Model model = size.Recipe().Fit(data, new FitOptions { Threads = size.Threads, Progress = rate });
        double all = Stopwatch.GetElapsedTime(start).TotalSeconds;
        allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;
        long peak = Status("VmHWM") - before;
        GC.KeepAlive(model);
        Console.WriteLine(string.Join(
            ',',
            ResultStore.Text(bin),
            ResultStore.Text(all - bin),
            ResultStore.Text(peak),
            ResultStore.Text(allocated),
            ResultStore.Text(rate.BytesPerTree)));
        return true;
    }

    private static void WarmUp(GrowthSize size)
    {
        long start = Stopwatch.GetTimestamp();
        ulong seed = 0;
        while (Stopwatch.GetElapsedTime(start) < WarmUpTime)
        {
            Rows rows = GeneratedRows.TwoClasses(5_000, GeneratedRows.LeastColumns, seed++);
            ClassificationDataset data = rows.Classification(rows.Table());
            (size.Recipe() with { Rounds = 20 }).Fit(data, new FitOptions { Threads = size.Threads });
        }
    }

    // Not inlined: what the table is made from is garbage once it is made.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ClassificationDataset Data(GrowthSize size, ulong seed)
    {
        Rows made = GeneratedRows.TwoClasses(size.Rows, size.Features, seed);
        return made.Classification(made.Table());
    }

    /// <summary>Makes the height of the memory what it is now.</summary>
    private static void ForgetPeak() => File.WriteAllText("/proc/self/clear_refs", "5");

    private static long Status(string name)
    {
        string line = File.ReadLines(StatusFile).First(line => line.StartsWith(name + ":", StringComparison.Ordinal));
        return 1024 * long.Parse(line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }

    /// <summary>What trees allocate, apart from what the fit allocates before and in the first of them.</summary>
    private sealed class AllocationRate : IProgress<FitProgress>
    {
        private const int First = 10;

        private long _before;
        private long _after;
        private int _rounds;

        public double BytesPerTree => _rounds == 0 ? 0 : (double)(_after - _before) / _rounds;

        public void Report(FitProgress value)
        {
            _after = GC.GetTotalAllocatedBytes(precise: true);
            if (value.Completed <= First)
            {
                _before = _after;
            }

            _rounds = Math.Max(value.Completed - First, 0);
        }
    }
}
