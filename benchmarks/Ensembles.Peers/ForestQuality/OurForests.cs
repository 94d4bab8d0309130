using Ensembles.Data;
using Ensembles.Learners;
using Ensembles.Metrics;
using Ensembles.RandomForests;
using Ensembles.Trees;

namespace Ensembles.Peers.ForestQuality;

/// <summary>Grows our forests of a job.</summary>
internal static class OurForests
{
    public const string LibraryPrefix = "Ensembles ";
    public const string Exact = "exact";
    public const string Histogram = "histogram";
    public const string Random = "random";
    public const string Defaults = "defaults";

    /// <summary>The variants of our forest that a job compares, by the name that results give them.</summary>
    public static IEnumerable<string> Variants(QualityJob job) =>
        job.Parameters == "defaults" ? [Defaults] : job.Forest == QualityJob.ExtraTrees ? [Random] : [Exact, Histogram];

    public static QualityRow Grow(
        QualitySet set,
        QualityJob job,
        string variant,
        int seed,
        ClassificationDataset train,
        ClassificationDataset test,
        FitOptions options)
    {
        ForestClassificationModel model = Classifier(job, variant, (ulong)seed).Fit(train, options);
        double[,] probabilities = model.PredictProbabilities(test.Features);
        int[] predicted = model.PredictClasses(test.Features);
        double brier = 0;
        for (int r = 0; r < test.RowCount; r++)
        {
            for (int k = 0; k < train.ClassCount; k++)
            {
                double error = probabilities[r, k] - (test.Labels[r] == k ? 1 : 0);
                brier += error * error;
            }
        }

        return new QualityRow(
            set.Name,
            job.Forest,
            job.Parameters,
            Library(variant),
            seed,
            1 - Accuracy.Compute(test.Labels, predicted),
            model.OutOfBag is { } outOfBag ? 1 - outOfBag.Accuracy : double.NaN,
            brier / test.RowCount);
    }

    public static QualityRow Grow(
        QualitySet set, QualityJob job, string variant, int seed, RegressionDataset train, RegressionDataset test, FitOptions options)
    {
        ForestRegressionModel model = Regressor(job, variant, (ulong)seed).Fit(train, options);
        return new QualityRow(
            set.Name,
            job.Forest,
            job.Parameters,
            Library(variant),
            seed,
            RootMeanSquaredError.Compute(test.Targets, model.Predict(test.Features)),
            model.OutOfBag is { } outOfBag ? Math.Sqrt(outOfBag.MeanSquaredError) : double.NaN,
            double.NaN);
    }

    public static string Library(string variant) => LibraryPrefix + variant;

    private static ForestClassifier Classifier(QualityJob job, string variant, ulong seed)
    {
        ForestClassifier defaults = job.Forest == QualityJob.ExtraTrees ? new ExtraTreesClassifier() : new RandomForestClassifier();
        return variant == Defaults
            ? defaults with { Seed = seed }
            : defaults with
            {
                TreeCount = job.Trees,
                MaxFeatures = job.MaxFeatures,
                Bootstrap = job.Bootstrap,
                SplitMethod = Method(variant),
                Seed = seed,
            };
    }

    private static ForestRegressor Regressor(QualityJob job, string variant, ulong seed)
    {
        ForestRegressor defaults = job.Forest == QualityJob.ExtraTrees ? new ExtraTreesRegressor() : new RandomForestRegressor();
        return defaults with
        {
            TreeCount = job.Trees,
            MaxFeatures = job.MaxFeatures,
            Bootstrap = job.Bootstrap,
            SplitMethod = Method(variant),
            Seed = seed,
        };
    }

    private static SplitMethod Method(string variant) => variant switch
    {
        Exact => SplitMethod.Exact,
        Histogram => SplitMethod.Histogram,
        _ => SplitMethod.Auto,
    };
}
