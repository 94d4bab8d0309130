using Ensembles.Catalog;
using Ensembles.Learners;

namespace Ensembles.Peers.Quality;

/// <summary>One of our learners, and the learner of the same kind of another library.</summary>
/// <param name="Name">What the results call the pair.</param>
/// <param name="Entry">The name of ours in the catalogue of learners.</param>
/// <param name="Peer">The other library.</param>
/// <param name="PeerLearner">Its class, without Classifier or Regressor.</param>
/// <param name="Classification">The tuned recipe for classes.</param>
/// <param name="Regression">The tuned recipe for numbers.</param>
internal sealed record ComparedLearner(
    string Name, string Entry, string Peer, string PeerLearner, TunedRecipe Classification, TunedRecipe Regression)
{
    public const string Ours = "Ensembles";
    public const string ScikitLearn = "scikit-learn";
    public const string XGBoost = "XGBoost";

    public const string Defaults = "defaults";
    public const string Tuned = "tuned";

    private static readonly TunedRecipe Tree = new("MaxDepth=10 MinSamplesLeaf=20", "max_depth=10 min_samples_leaf=20");

    private static readonly TunedRecipe ExtraTrees = new(
        "TreeCount=200 MaxFeatures=0.5 MinSamplesLeaf=2", "n_estimators=200 max_features=0.5 min_samples_leaf=2");

    private static readonly TunedRecipe Bagging = new(
        "Count=100 SampleFraction=0.7 Member.MinSamplesLeaf=5", "n_estimators=100 max_samples=0.7 tree.min_samples_leaf=5");

    private static readonly TunedRecipe Gradient = new(
        "Rounds=200 LearningRate=0.05 MaxDepth=5 MinSamplesLeaf=5 Subsample=0.5",
        "n_estimators=200 learning_rate=0.05 max_depth=5 min_samples_leaf=5 subsample=0.5");

    private static readonly TunedRecipe NewtonAsXGBoost = new(
        "Rounds=300 LearningRate=0.05 GrowthPolicy=LeafWise MaxDepth=none MaxLeaves=31",
        "n_estimators=300 learning_rate=0.05 grow_policy=lossguide max_depth=0 max_leaves=31");

    private static readonly TunedRecipe NewtonAsHistogram = new(
        "Rounds=300 LearningRate=0.05 GrowthPolicy=LeafWise MaxDepth=none MaxLeaves=31 MinSamplesLeaf=20 MinChildWeight=0.001",
        "max_iter=300 learning_rate=0.05 max_leaf_nodes=31 min_samples_leaf=20 l2_regularization=1");

    /// <summary>All pairs, in the order of the tables.</summary>
    public static IReadOnlyList<ComparedLearner> All { get; } =
    [
        new("decision-tree", "decision-tree", ScikitLearn, "DecisionTree", Tree, Tree),
        new("bagging", "bagging", ScikitLearn, "Bagging", Bagging, Bagging),
        new(
            "random-forest",
            "random-forest",
            ScikitLearn,
            "RandomForest",
            new("TreeCount=300 MaxFeatures=Sqrt MinSamplesLeaf=2", "n_estimators=300 max_features=sqrt min_samples_leaf=2"),
            new("TreeCount=300 MaxFeatures=0.33 MinSamplesLeaf=2", "n_estimators=300 max_features=0.33 min_samples_leaf=2")),
        new("extra-trees", "extra-trees", ScikitLearn, "ExtraTrees", ExtraTrees, ExtraTrees),
        new(
            "adaboost",
            "adaboost",
            ScikitLearn,
            "AdaBoost",
            new("Rounds=200 LearningRate=0.5 Member.MaxDepth=3", "n_estimators=200 learning_rate=0.5 tree.max_depth=3"),
            new("Rounds=100 LearningRate=0.5 Member.MaxDepth=6", "n_estimators=100 learning_rate=0.5 tree.max_depth=6")),
        new("gradient-boosting", "gradient-boosting", ScikitLearn, "GradientBoosting", Gradient, Gradient),
        new("newton-boosting", "newton-boosting", XGBoost, "XGB", NewtonAsXGBoost, NewtonAsXGBoost),
        new("newton-boosting (hist)", "newton-boosting", ScikitLearn, "HistGradientBoosting", NewtonAsHistogram, NewtonAsHistogram),
    ];

    public static IReadOnlyList<string> Recipes { get; } = [Defaults, Tuned];

    public TunedRecipe TunedFor(LearningTask task) => task == LearningTask.Classification ? Classification : Regression;

    /// <summary>Our recipe.</summary>
    public Learner Learner(LearningTask task, string recipe, ulong seed)
    {
        Learner learner = LearnerCatalog.Find(Entry, task).Default with { Seed = seed };
        return recipe == Defaults
            ? learner
            : TunedFor(task).OurSettings.Aggregate(learner, (set, setting) => LearnerCatalog.Set(set, setting.Name, setting.Value));
    }

    /// <summary>What the script of the other library is told.</summary>
    public IEnumerable<(string Name, string Value)> PeerParameters(LearningTask task, string recipe) =>
        recipe == Defaults ? [] : TunedFor(task).TheirSettings;
}
