using Ensembles.AdaBoost;
using Ensembles.Data;
using Ensembles.GradientBoosting;
using Ensembles.Learners;
using Ensembles.Metrics;
using Ensembles.Peers.Measuring;
using Ensembles.Trees;

namespace Ensembles.Peers.Boosting;

/// <summary>A boosted classifier to train on two classes, ours with both ways to split.</summary>
/// <param name="Name">What the results call it.</param>
/// <param name="Depth">The depth of the trees.</param>
internal sealed record BoostingTask(string Name, int Depth)
    : SpeedTask(Name, (train, test, seed) => GeneratedRows.TwoClasses(train, test, Columns, seed))
{
    public const string AdaBoost = "adaboost";
    public const string GradientBoosting = "gradient-boosting";
    public const int Rounds = 100;
    public const int Columns = 28;

    /// <summary>All tasks, in the order of the tables.</summary>
    public static IReadOnlyList<BoostingTask> All { get; } = [new(AdaBoost, 1), new(GradientBoosting, 3)];

    /// <summary>What the results call ours.</summary>
    public static string Ours(SplitMethod method) => $"Ensembles {method}";

    // The other library has one thread.
    public override IEnumerable<string> Libraries(int threads, IEnumerable<string> others) =>
        [Ours(SplitMethod.Histogram), Ours(SplitMethod.Exact), .. threads == 1 ? others : []];

    public override bool IsOurs(string library) => library != BoostingSpeedRun.Peer;

    public override IEnumerable<(string Name, string Value)> PeerParameters(int seed) =>
    [
        ("learner", Name),
        ("rounds", ResultStore.Text(Rounds)),
        ("depth", ResultStore.Text(Depth)),
        ("seed", ResultStore.Text(seed)),
    ];

    public override Func<FeatureTable, double[]> Train(string library, Rows rows, int seed, FitOptions options)
    {
        SplitMethod method = library == Ours(SplitMethod.Exact) ? SplitMethod.Exact : SplitMethod.Histogram;
        ClassificationDataset data = rows.Classification(rows.Table());
        ClassificationModel model = Name == AdaBoost
            ? new AdaBoostClassifier(new DecisionTreeClassifier { MaxDepth = Depth, SplitMethod = method })
            {
                Rounds = Rounds,
                Seed = (ulong)seed,
            }.Fit(data, options)
            : new GradientBoostingClassifier { Rounds = Rounds, MaxDepth = Depth, SplitMethod = method, Seed = (ulong)seed }.Fit(data, options);
        return table => SecondClass(model.PredictProbabilities(table));
    }

    /// <summary>Of AdaBoost the share of wrong classes, of gradient boosting the log loss.</summary>
    public override double Error(Rows test, double[] predictions) => Name == AdaBoost
        ? 1 - Accuracy.Compute(test.Labels, Array.ConvertAll(predictions, value => value > 0.5 ? 1 : 0))
        : LogLoss.Compute(test.Labels, [.. predictions.SelectMany(value => new[] { 1 - value, value })], 2);

    private static double[] SecondClass(double[,] probabilities) =>
        [.. Enumerable.Range(0, probabilities.GetLength(0)).Select(row => probabilities[row, 1])];
}
