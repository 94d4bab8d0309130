using System.Diagnostics;
using Ensembles.Peers.Measuring;

namespace Ensembles.Peers.Kernels;

/// <summary>
/// Measures the inner loops of boosting by histograms, each alone and on one thread, per unit of its work; writes
/// benchmarks/results/training-kernels.csv.
/// </summary>
internal static class KernelRun
{
    public const string ResultName = "training-kernels.csv";

    public static readonly string[] Columns = ["kernel", "unit", "nanoseconds", "cycles"];

    private const int UsualRepeats = 15;

    // After this many calls the runtime has compiled a method for good.
    private const int WarmUp = 40;

    public static void Run(Repository repository, MeasureOptions options)
    {
        var store = new ResultStore(repository.Results(ResultName, options.ResultFolder), Columns, keyLength: 1);
        int repeats = options.Repeats ?? UsualRepeats;
        using var bench = new TrainingKernels(options.RowsOr(1_000_000)[0]);
        List<Kernel> kernels = [new("chain of additions", "addition", TrainingKernels.ChainLength, bench.AddInChain), .. bench.All()];
        var times = kernels.ConvertAll(_ => new List<double>());

        // In turn, so that a slow moment of the machine falls on all.
        for (int repeat = -WarmUp; repeat < repeats; repeat++)
        {
            for (int k = 0; k < kernels.Count; k++)
            {
                long start = Stopwatch.GetTimestamp();
                kernels[k].Body();
                if (repeat >= 0)
                {
                    times[k].Add(Stopwatch.GetElapsedTime(start).TotalNanoseconds / kernels[k].Units);
                }
            }
        }

        // An addition that waits for the one before takes one cycle, so the first row is the length of a cycle.
        double cycle = Statistics.Median(times[0]);
        for (int k = 1; k < kernels.Count; k++)
        {
            double nanoseconds = Statistics.Median(times[k]);
            store.Put(kernels[k].Name, kernels[k].Unit, ResultStore.Text(nanoseconds), ResultStore.Text(nanoseconds / cycle));
        }
    }
}
