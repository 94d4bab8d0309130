using System.Diagnostics;
using System.Globalization;
using System.Runtime;
using System.Runtime.CompilerServices;
using Ensembles.Data;
using Ensembles.Learners;
using Ensembles.Peers.Measuring;

namespace Ensembles.Peers.Training;

/// <summary>One fit in a process of its own, which alone tells how much memory it takes at its height.</summary>
internal static class GrowthFit
{
    private const string StatusFile = "/proc/self/status";

    /// <summary>Trains and writes a line: seconds of binning and of training, bytes at the height beyond the input, bytes
    /// allocated in all and by a round.</summary>
    /// <param name="args">Rows, features, threads, setting, rounds, seed.</param>
    public static bool Run(ReadOnlySpan<string> args)
    {
        if (args.Length != 6)
        {
            return false;
        }

        string name = args[3];
        TrainingSetting setting = TrainingSetting.All.First(setting => setting.Name == name);

        int threads = Integer(args[2]);
        int rounds = Integer(args[4]);
        for (int i = 0; i < 3; i++)
        {
            OurTraining.Fit(GeneratedRows.TwoClasses(5_000, GeneratedRows.LeastColumns, seed: 0), setting, rounds: 20, threads);
        }

        ClassificationDataset data = Data(Integer(args[0]), Integer(args[1]), (ulong)Integer(args[5]));
        GCSettings.LargeObjectHeapCompactionMode = GCLargeObjectHeapCompactionMode.CompactOnce;
        GC.Collect(2, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        ForgetPeak();
        long before = Status("VmRSS");
        long allocated = GC.GetTotalAllocatedBytes(precise: true);
        long start = Stopwatch.GetTimestamp();
        data.Features.Binned(TrainingSetting.MaxBins, threads, CancellationToken.None);
        double bin = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var rate = new AllocationRate();
        Model model = setting.Recipe(rounds).Fit(data, new FitOptions { Threads = threads, Progress = rate });
        double all = Stopwatch.GetElapsedTime(start).TotalSeconds;
        allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;
        long peak = Status("VmHWM") - before;
        GC.KeepAlive(model);
        Console.WriteLine(string.Join(
            ',', ResultStore.Text(bin), ResultStore.Text(all - bin), ResultStore.Text(peak), ResultStore.Text(allocated), ResultStore.Text(rate.BytesPerRound)));
        return true;
    }

    // Not inlined: what the table is made from is garbage once it is made.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ClassificationDataset Data(int rows, int columns, ulong seed)
    {
        Rows made = GeneratedRows.TwoClasses(rows, columns, seed);
        return made.Classification(made.Table());
    }

    private static int Integer(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>Makes the height of the memory what it is now.</summary>
    private static void ForgetPeak() => File.WriteAllText("/proc/self/clear_refs", "5");

    private static long Status(string name)
    {
        string line = File.ReadLines(StatusFile).First(line => line.StartsWith(name + ":", StringComparison.Ordinal));
        return 1024 * long.Parse(line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }

    /// <summary>What rounds allocate, apart from what the fit allocates before and in the first of them.</summary>
    private sealed class AllocationRate : IProgress<FitProgress>
    {
        private const int First = 10;

        private long _before;
        private long _after;
        private int _rounds;

        public double BytesPerRound => _rounds == 0 ? 0 : (double)(_after - _before) / _rounds;

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
