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
/// <param name="Kind">What is grown.</param>
/// <param name="PeerCriterion">What scikit-learn calls the criterion of a single tree.</param>
internal sealed record ForestTask(
    string Name, int MaxFeatures, Func<int, int, ulong, Problem> Make, string Kind = ForestTask.Forest, string PeerCriterion = "")
    : SpeedTask(Name, Make)
{
    public const string Forest = "forest";
    public const string ExtraTrees = "extra-trees";
    public const string SingleTree = "tree";
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
        new("extra-trees-two-classes", OfClasses, TwoClasses, ExtraTrees),
        new("extra-trees-numbers", OfNumbers, Numbers, ExtraTrees),
        new("tree-gini", 0, TwoClasses, SingleTree, "gini"),
        new("tree-entropy", 0, TwoClasses, SingleTree, "entropy"),
        new("tree-squared-error", 0, Numbers, SingleTree, "squared_error"),
    ];

    /// <summary>A single tree is grown by one thread everywhere.</summary>
    public override int ThreadsOf(int threads) => Kind == SingleTree ? 1 : threads;

    public override IEnumerable<(string Name, string Value)> PeerParameters(int seed) =>
    [
        ("learner", Kind),
        ("trees", ResultStore.Text(Trees)),
        ("max_features", ResultStore.Text(MaxFeatures)),
        ("criterion", PeerCriterion),
        ("seed", ResultStore.Text(seed)),
    ];

    public override IEnumerable<string> Libraries(int threads, IEnumerable<string> others) =>
        others.Where(name => Kind == Forest || name != ForestSpeedRun.Ranger).Prepend(ForestSpeedRun.Ours);

    public override bool IsOurs(string library) => library == ForestSpeedRun.Ours;

    public override Func<FeatureTable, double[]> Train(string library, Rows rows, int seed, FitOptions options)
    {
        if (rows.Classes > 0)
        {
            ClassificationModel model = Classifier((ulong)seed).Fit(rows.Classification(rows.Table()), options);
            return table => Array.ConvertAll(model.PredictClasses(table), label => (double)label);
        }

        RegressionModel regression = Regressor((ulong)seed).Fit(rows.Regression(rows.Table()), options);
        return rows => regression.Predict(rows);
    }

    private static Problem TwoClasses(int train, int test, ulong seed) => GeneratedRows.TwoClasses(train, test, Columns, seed);

    private static Problem Numbers(int train, int test, ulong seed) => GeneratedRows.Numbers(train, test, Columns, seed);

    private Learner<ClassificationDataset, ClassificationModel> Classifier(ulong seed)
    {
        var features = FeatureCount.Exactly(Math.Max(MaxFeatures, 1));
        return Kind switch
        {
            Forest => new RandomForestClassifier { TreeCount = Trees, MaxFeatures = features, EstimateOutOfBag = false, Seed = seed },
            ExtraTrees => new ExtraTreesClassifier { TreeCount = Trees, MaxFeatures = features, Seed = seed },
            _ => new DecisionTreeClassifier
            {
                SplitMethod = SplitMethod.Exact,
                Criterion = PeerCriterion == "entropy" ? ClassificationCriterion.Entropy : ClassificationCriterion.Gini,
            },
        };
    }

    private Learner<RegressionDataset, RegressionModel> Regressor(ulong seed)
    {
        var features = FeatureCount.Exactly(Math.Max(MaxFeatures, 1));
        return Kind switch
        {
            Forest => new RandomForestRegressor { TreeCount = Trees, MaxFeatures = features, EstimateOutOfBag = false, Seed = seed },
            ExtraTrees => new ExtraTreesRegressor { TreeCount = Trees, MaxFeatures = features, Seed = seed },
            _ => new DecisionTreeRegressor { SplitMethod = SplitMethod.Exact },
        };
    }
}
