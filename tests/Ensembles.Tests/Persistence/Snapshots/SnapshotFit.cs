using Ensembles.AdaBoost;
using Ensembles.Bagging;
using Ensembles.Data;
using Ensembles.GradientBoosting;
using Ensembles.IsolationForests;
using Ensembles.Learners;
using Ensembles.LinearBoosting;
using Ensembles.Metrics;
using Ensembles.NewtonBoosting;
using Ensembles.Numerics;
using Ensembles.RandomForests;
using Ensembles.Tests.Contracts;
using Ensembles.Trees;

namespace Ensembles.Tests.Persistence.Snapshots;

/// <summary>A fit that can be stopped and begun again.</summary>
/// <param name="Name">What is special about it.</param>
/// <param name="Run">Runs it.</param>
internal sealed record SnapshotFit(string Name, Func<FitOptions, CancellationToken, Model> Run)
{
    private static readonly ContractData Data = ContractData.Mixed(150);

    private static readonly ContractData Validation = ContractData.Mixed(80, seed: 2);

    private static readonly ContractData Weighted = Data with { Weights = [.. Enumerable.Range(0, 150).Select(r => (double)(r % 3))] };

    private static readonly ContractData Counts = Data with { Targets = Array.ConvertAll(Data.Targets, target => target + 0.5) };

    private static readonly ContractData Noise = Data with
    {
        Targets = [.. Enumerable.Range(0, 150).Select(r => (double)(KeyedRandom.Mix(7, (ulong)r) % 3))],
    };

    /// <summary>What the contract suite has no row for: validation, early stopping, weights, and models that are continued.</summary>
    public static IReadOnlyList<SnapshotFit> All { get; } =
    [
        new("Newton, classes, early stopping, two metrics, training measured", (options, token) => new NewtonBoostingClassifier
        {
            Rounds = 60,
            LearningRate = 0.8,
            Subsample = 0.8,
            EarlyStoppingRounds = 4,
            EvaluateTraining = true,
            EvaluationMetrics = [ClassificationMetric.LogLoss, ClassificationMetric.Accuracy],
        }.Fit(Data.Classification, Validation.Classification, options, token)),
        new("Newton, weights, early stopping with a margin", (options, token) => new NewtonBoostingRegressor
        {
            Rounds = 60,
            LearningRate = 0.5,
            EarlyStoppingRounds = 3,
            EarlyStoppingMinDelta = 0.001,
        }.Fit(Weighted.Regression, Validation.Regression, options, token)),
        new("DART, early stopping", (options, token) => new NewtonBoostingClassifier
        {
            Rounds = 30,
            LearningRate = 0.8,
            EarlyStoppingRounds = 8,
            Subsample = 0.8,
            Dropout = new Dropout { Rate = 0.3, SkipRate = 0.2, Normalization = DropoutNormalization.Forest },
        }.Fit(Data.Classification, Validation.Classification, options, token)),
        new("DART, training measured", (options, token) => new NewtonBoostingRegressor
        {
            Rounds = 15,
            LearningRate = 0.8,
            EvaluateTraining = true,
            Dropout = new Dropout { Rate = 0.4, OneDrop = true, Sampling = DropoutSampling.Weighted },
        }.Fit(Data.Regression, Validation.Regression, options, token)),
        new("DART, continued", (options, token) => Continued.Dropout.Continue(Continued.Boosted, Data.Regression, options, token)),
        new("Newton, Poisson, validation", (options, token) => new NewtonBoostingRegressor
        {
            Loss = NewtonLoss.Poisson,
            Rounds = 10,
            LearningRate = 0.4,
            EvaluationMetrics = [RegressionMetric.MeanPoissonDeviance, RegressionMetric.MeanAbsoluteError],
        }.Fit(Counts.Regression, Counts.Regression, options, token)),
        new("Gradient boosting, classes, early stopping", (options, token) => new GradientBoostingClassifier
        {
            Rounds = 60,
            LearningRate = 0.8,
            EarlyStoppingRounds = 3,
            EvaluateTraining = true,
        }.Fit(Data.Classification, Validation.Classification, options, token)),
        new("Gradient boosting, stopped out of bag", (options, token) => new GradientBoostingRegressor
        {
            Rounds = 60,
            LearningRate = 0.5,
            Subsample = 0.6,
            EarlyStoppingRounds = 4,
            StoppingRule = StoppingRule.OutOfBag,
        }.Fit(Weighted.Regression, options, token)),
        new("Gradient boosting, Huber, initial learner, validation", (options, token) => new GradientBoostingRegressor
        {
            Rounds = 10,
            Loss = RegressionLoss.Huber,
            InitialLearner = new RandomForestRegressor { TreeCount = 3, MaxDepth = 2 },
        }.Fit(Data.Regression, Validation.Regression, options, token)),
        new("Gradient boosting, class weights, initial learner, continued", (options, token) =>
            Continued.Gradient.Continue(Continued.GradientModel, Data.Classification, Validation.Classification, options, token)),
        new("Linear boosting, early stopping", (options, token) => new LinearBoostingClassifier
        {
            Rounds = 60,
            LearningRate = 1,
            EarlyStoppingRounds = 3,
            FeatureSelector = FeatureSelector.Shuffle,
        }.Fit(Weighted.Classification, Validation.Classification, options, token)),
        new("AdaBoost, early stopping, training measured", (options, token) => new AdaBoostClassifier
        {
            Rounds = 40,
            EarlyStoppingRounds = 5,
            EvaluateTraining = true,
        }.Fit(Weighted.Classification, Validation.Classification, options, token)),
        new("AdaBoost, noise, restarted", (options, token) => new AdaBoostClassifier
        {
            Rounds = 30,
            Restart = true,
            BoostBy = BoostBy.Resampling,
        }.Fit(Noise.Classification, Validation.Classification, options, token)),
        new("AdaBoost, SAMME.R, validation", (options, token) => new AdaBoostClassifier
        {
            Rounds = 12,
            Algorithm = AdaBoostAlgorithm.SammeR,
        }.Fit(Data.Classification, Validation.Classification, options, token)),
        new("AdaBoost of forests, validation", (options, token) => new AdaBoostClassifier(new RandomForestClassifier { TreeCount = 3, MaxDepth = 2 })
        {
            Rounds = 6,
        }.Fit(Data.Classification, Validation.Classification, options, token)),
        new("AdaBoost.R2, early stopping", (options, token) => new AdaBoostRegressor
        {
            Rounds = 20,
            EarlyStoppingRounds = 4,
            Loss = AdaBoostLoss.Exponential,
        }.Fit(Weighted.Regression, Validation.Regression, options, token)),
        new("Forest, samples of leaves, weights", (options, token) => new RandomForestRegressor { TreeCount = 8, KeepLeafSamples = true }
            .Fit(Weighted.Regression, options, token)),
        new("Forest, weights by sample, votes", (options, token) => new RandomForestClassifier
        {
            TreeCount = 8,
            ClassWeights = ClassWeights.BalancedPerSample,
            Voting = Voting.Majority,
            FeatureSampling = FeatureSampling.PerTree,
        }.Fit(Data.Classification, options, token)),
        new("Forest, continued", (options, token) => Continued.Forest.Continue(Data.Classification, 6, options, token)),
        new("Bagging, features, weights", (options, token) => new BaggingClassifier(new NewtonBoostingClassifier { Rounds = 3 })
        {
            Count = 6,
            MaxFeatures = FeatureCount.Exactly(3),
        }.Fit(Weighted.Classification, options, token)),
        new("Bagging, continued", (options, token) => Continued.Bag.Continue(Data.Regression, 5, options, token)),
        new("Isolation forest, continued", (options, token) => Continued.Isolation.Continue(Data.Table, 5, options, token)),
    ];

    public static SnapshotFit Named(string name) => All.Single(fit => string.Equals(fit.Name, name, StringComparison.Ordinal));

    /// <summary>The file of the model of a fit that nobody stops.</summary>
    public byte[] Uninterrupted() => Save(Run(new FitOptions { Threads = 2 }, CancellationToken.None));

    /// <summary>
    /// Runs the fit until so many units are done in all; the file of the model, or null where it was stopped.
    /// </summary>
    /// <param name="snapshots">Where the snapshot is.</param>
    /// <param name="threads">The most threads.</param>
    /// <param name="until">How many units there may be.</param>
    /// <param name="byException">Whether it is stopped by an exception, and not by its token.</param>
    public byte[]? RunUntil(SnapshotOptions snapshots, int threads, int until, bool byException)
    {
        using var source = new CancellationTokenSource();
        var progress = new Told(done =>
        {
            if (done.Completed >= until && done.Completed < done.Total)
            {
                source.Cancel();
                if (byException)
                {
                    throw new TimeoutException("Stopped.");
                }
            }
        });
        try
        {
            return Save(Run(new FitOptions { Threads = threads, Snapshots = snapshots, Progress = progress }, source.Token));
        }
        catch (Exception e) when (e is OperationCanceledException or TimeoutException)
        {
            return null;
        }
    }

    public static byte[] Save(Model model)
    {
        using var stream = new MemoryStream();
        model.Save(stream);
        return stream.ToArray();
    }

    /// <summary>Tells a method, on the thread that reports.</summary>
    internal sealed class Told(Action<FitProgress> report) : IProgress<FitProgress>
    {
        public void Report(FitProgress value) => report(value);
    }

    /// <summary>Models that are continued.</summary>
    private static class Continued
    {
        public static NewtonBoostingRegressor Dropout { get; } = new()
        {
            Rounds = 8,
            LearningRate = 0.8,
            Dropout = new Dropout { Rate = 0.4 },
        };

        public static NewtonBoostingRegressionModel Boosted { get; } = Dropout.Fit(Data.Regression);

        public static GradientBoostingClassifier Gradient { get; } = new()
        {
            Rounds = 6,
            ClassWeights = ClassWeights.Balanced,
            InitialLearner = new DecisionTreeClassifier { MaxDepth = 1 },
            Subsample = 0.7,
        };

        public static GradientBoostingClassificationModel GradientModel { get; } = Gradient.Fit(Data.Classification);

        public static ForestClassificationModel Forest { get; } = new RandomForestClassifier { TreeCount = 3 }.Fit(Data.Classification);

        public static BaggingRegressionModel Bag { get; } =
            new BaggingRegressor(new DecisionTreeRegressor { MaxDepth = 3 }) { Count = 3 }.Fit(Data.Regression);

        public static IsolationForestModel Isolation { get; } =
            new IsolationForest { TreeCount = 3, SampleSize = 32, Contamination = 0.1 }.Fit(Data.Table);
    }
}
