using Ensembles.Data;
using Ensembles.Learners;
using Ensembles.Peers.Measuring;
using Ensembles.RandomForests;
using Ensembles.Trees;

namespace Ensembles.Peers.Forests;

/// <summary>A forest or a tree to grow, on both sides with the same parameters.</summary>
/// <param name="Name">What the results call it.</param>
/// <param name="MaxFeatures">The features that a node draws; 0 for all of a single tree.</param>
/// <param name="Make">The rows, by their number, the number of those to test by, and a seed.</param>
/// <param name="PeerCriterion">What scikit-learn calls the criterion of a single tree.</param>
internal sealed record ForestTask(string Name, int MaxFeatures, Func<int, int, ulong, Problem> Make, string? PeerCriterion = null)
    : SpeedTask(Name, Make)
{
    public const int Trees = 100;
    public const int Columns = 28;

    // ⌊√28⌋ as scikit-learn and ranger take it for classes, and a third, as Breiman did, for numbers.
    private const int OfClasses = 5;
    private const int OfNumbers = 9;

    public static IReadOnlyList<ForestTask> All { get; } =
    [
        new("forest-two-classes", OfClasses, TwoClasses),
        new("forest-ten-classes", OfClasses, GeneratedRows.TenClasses),
        new("forest-numbers", OfNumbers, Numbers),
        new("tree-gini", 0, TwoClasses, "gini"),
        new("tree-entropy", 0, TwoClasses, "entropy"),
        new("tree-squared-error", 0, Numbers, "squared_error"),
    ];

    public bool IsForest => PeerCriterion is null;

    /// <summary>A single tree is grown by one thread everywhere.</summary>
    public override int ThreadsOf(int threads) => IsForest ? threads : 1;

    public override IEnumerable<(string Name, string Value)> PeerParameters(int seed) =>
    [
        ("learner", IsForest ? "forest" : "tree"),
        ("trees", ResultStore.Text(Trees)),
        ("max_features", ResultStore.Text(MaxFeatures)),
        ("criterion", PeerCriterion ?? string.Empty),
        ("seed", ResultStore.Text(seed)),
    ];

    public override IEnumerable<string> Libraries(int threads, IEnumerable<string> others) =>
        others.Where(name => IsForest || name != ForestSpeedRun.Ranger).Prepend(ForestSpeedRun.Ours);

    public override bool IsOurs(string library) => library == ForestSpeedRun.Ours;

    public override Func<FeatureTable, double[]> Train(string library, Rows rows, int seed, FitOptions options)
    {
        if (rows.Classes > 0)
        {
            ClassificationModel model = Classifier((ulong)seed).Invoke(rows.Classification(rows.Table()), options);
            return table => Array.ConvertAll(model.PredictClasses(table), label => (double)label);
        }

        RegressionModel regression = Regressor((ulong)seed).Invoke(rows.Regression(rows.Table()), options);
        return rows => regression.Predict(rows);
    }

    private static Problem TwoClasses(int train, int test, ulong seed) => GeneratedRows.TwoClasses(train, test, Columns, seed);

    private static Problem Numbers(int train, int test, ulong seed) => GeneratedRows.Numbers(train, test, Columns, seed);

    private Func<ClassificationDataset, FitOptions, ClassificationModel> Classifier(ulong seed)
    {
        if (IsForest)
        {
            var forest = new RandomForestClassifier
            {
                TreeCount = Trees,
                MaxFeatures = FeatureCount.Exactly(MaxFeatures),
                EstimateOutOfBag = false,
                Seed = seed,
            };
            return (data, options) => forest.Fit(data, options);
        }

        var tree = new DecisionTreeClassifier
        {
            SplitMethod = SplitMethod.Exact,
            Criterion = PeerCriterion == "entropy" ? ClassificationCriterion.Entropy : ClassificationCriterion.Gini,
        };
        return (data, options) => tree.Fit(data, options);
    }

    private Func<RegressionDataset, FitOptions, RegressionModel> Regressor(ulong seed)
    {
        if (IsForest)
        {
            var forest = new RandomForestRegressor
            {
                TreeCount = Trees,
                MaxFeatures = FeatureCount.Exactly(MaxFeatures),
                EstimateOutOfBag = false,
                Seed = seed,
            };
            return (data, options) => forest.Fit(data, options);
        }

        var tree = new DecisionTreeRegressor { SplitMethod = SplitMethod.Exact };
        return (data, options) => tree.Fit(data, options);
    }
}
