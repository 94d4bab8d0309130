using System.Diagnostics;
using Ensembles.Data;
using Ensembles.Learners;
using Ensembles.NewtonBoosting;
using Ensembles.Peers.Measuring;

namespace Ensembles.Peers.Training;

/// <summary>Trains our booster from columns of floats and tells what the parts took.</summary>
internal readonly record struct OurTraining(double BinSeconds, double TrainSeconds, long AllocatedBytes, NewtonBoostingClassificationModel Model)
{
    public double Seconds => BinSeconds + TrainSeconds;

    /// <summary>A fit on a table of its own, so that nothing is known from before.</summary>
    public static OurTraining Fit(Rows rows, TrainingSetting setting, int rounds, int threads)
    {
        NewtonBoostingClassifier recipe = setting.Recipe(rounds);
        var options = new FitOptions { Threads = threads };
        long allocated = GC.GetTotalAllocatedBytes(precise: true);
        long start = Stopwatch.GetTimestamp();
        ClassificationDataset data = rows.Classification(rows.Table());
        data.Features.Binned(TrainingSetting.MaxBins, threads, CancellationToken.None);
        long binned = Stopwatch.GetTimestamp();
        NewtonBoostingClassificationModel model = recipe.Fit(data, options);
        long end = Stopwatch.GetTimestamp();
        return new OurTraining(
            Stopwatch.GetElapsedTime(start, binned).TotalSeconds,
            Stopwatch.GetElapsedTime(binned, end).TotalSeconds,
            GC.GetTotalAllocatedBytes(precise: true) - allocated,
            model);
    }

    /// <summary>Two fits of one thread at once, each on a table of its own; what they took on average.</summary>
    public static (double BinSeconds, double TrainSeconds) FitTwoAtOnce(Rows rows, TrainingSetting setting, int rounds)
    {
        var fits = new OurTraining[2];
        using var start = new Barrier(fits.Length);
        Thread[] threads =
        [
            .. Enumerable.Range(0, fits.Length).Select(i => new Thread(() =>
            {
                start.SignalAndWait();
                fits[i] = Fit(rows, setting, rounds, threads: 1);
            })),
        ];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        return (fits.Average(fit => fit.BinSeconds), fits.Average(fit => fit.TrainSeconds));
    }
}
