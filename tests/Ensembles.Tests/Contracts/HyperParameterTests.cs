using System.Globalization;
using Ensembles.AdaBoost;
using Ensembles.Bagging;
using Ensembles.GradientBoosting;
using Ensembles.IsolationForests;
using Ensembles.Learners;
using Ensembles.LinearBoosting;
using Ensembles.MetaEnsembles;
using Ensembles.Metrics;
using Ensembles.NewtonBoosting;
using Ensembles.RandomForests;
using Ensembles.Trees;

namespace Ensembles.Tests.Contracts;

/// <summary>Hyper-parameters out of range are refused where they are set, with the name of the property and its range.</summary>
public class HyperParameterTests
{
    private static readonly (string Case, string Property, Action Set)[] Bad =
    [
        .. Tree("DecisionTreeClassifier", new DecisionTreeClassifier()),
        .. Tree("DecisionTreeRegressor", new DecisionTreeRegressor()),
        .. Forest("RandomForestClassifier", new RandomForestClassifier()),
        .. Forest("RandomForestRegressor", new RandomForestRegressor()),
        .. Forest("ExtraTreesClassifier", new ExtraTreesClassifier()),
        .. Forest("ExtraTreesRegressor", new ExtraTreesRegressor()),
        .. Bagging("BaggingClassifier", new BaggingClassifier(new DecisionTreeClassifier())),
        .. Bagging("BaggingRegressor", new BaggingRegressor(new DecisionTreeRegressor())),
        .. Staged("AdaBoostClassifier", new AdaBoostClassifier()),
        .. Staged("AdaBoostRegressor", new AdaBoostRegressor()),
        .. Staged("LinearBoostingClassifier", new LinearBoostingClassifier()),
        .. Staged("LinearBoostingRegressor", new LinearBoostingRegressor()),
        ("VotingClassifier negative", "Weights", () => _ = new VotingClassifier(new DecisionTreeClassifier()) { Weights = [-1] }),
        ("VotingRegressor all 0", "Weights", () => _ = new VotingRegressor(new DecisionTreeRegressor()) { Weights = [0] }),
        ("VotingRegressor NaN", "Weights", () => _ = new VotingRegressor(new DecisionTreeRegressor()) { Weights = [double.NaN] }),
        ("Stacking 1", "Folds", () => _ = new StackingRegressor(new DecisionTreeRegressor(), new DecisionTreeRegressor()) { Folds = 1 }),
        .. Pruned("PrunedTreeClassifier", new PrunedTreeClassifier()),
        .. Pruned("PrunedTreeRegressor", new PrunedTreeRegressor()),
        .. Gradient("GradientBoostingClassifier", new GradientBoostingClassifier()),
        .. Gradient("GradientBoostingRegressor", new GradientBoostingRegressor()),
        ("GradientBoostingClassifier 9", "Loss", () => _ = new GradientBoostingClassifier { Loss = (ClassificationLoss)9 }),
        ("GradientBoostingRegressor 9", "Loss", () => _ = new GradientBoostingRegressor { Loss = (RegressionLoss)9 }),
        ("GradientBoostingRegressor 0", "Alpha", () => _ = new GradientBoostingRegressor { Alpha = 0 }),
        ("GradientBoostingRegressor 1", "Alpha", () => _ = new GradientBoostingRegressor { Alpha = 1 }),
        ("GradientBoostingRegressor NaN", "Alpha", () => _ = new GradientBoostingRegressor { Alpha = double.NaN }),
        .. Newton("NewtonBoostingClassifier", new NewtonBoostingClassifier()),
        .. Newton("NewtonBoostingRegressor", new NewtonBoostingRegressor()),
        ("NewtonBoostingClassifier 0", "ScalePositiveWeight", () => _ = new NewtonBoostingClassifier { ScalePositiveWeight = 0 }),
        ("NewtonBoostingClassifier NaN", "ScalePositiveWeight", () => _ = new NewtonBoostingClassifier { ScalePositiveWeight = double.NaN }),
        ("Dropout -0.1", "Rate", () => _ = new Dropout { Rate = -0.1 }),
        ("Dropout NaN", "Rate", () => _ = new Dropout { Rate = double.NaN }),
        ("Dropout 1.1", "SkipRate", () => _ = new Dropout { SkipRate = 1.1 }),
        ("Dropout 7", "Normalization", () => _ = new Dropout { Normalization = (DropoutNormalization)7 }),
        ("Dropout 7", "Sampling", () => _ = new Dropout { Sampling = (DropoutSampling)7 }),
        ("IsolationForest 0", "TreeCount", () => _ = new IsolationForest { TreeCount = 0 }),
        ("IsolationForest 1", "SampleSize", () => _ = new IsolationForest { SampleSize = 1 }),
        ("IsolationForest 0", "Contamination", () => _ = new IsolationForest { Contamination = 0 }),
        ("IsolationForest 0.51", "Contamination", () => _ = new IsolationForest { Contamination = 0.51 }),
        ("IsolationForest NaN", "Contamination", () => _ = new IsolationForest { Contamination = double.NaN }),
        ("FitOptions 0", "Threads", () => _ = new FitOptions { Threads = 0 }),
        ("FitOptions -1", "Threads", () => _ = new FitOptions { Threads = -1 }),
        ("FeatureCount 0", "fraction", () => FeatureCount.Fraction(0)),
        ("FeatureCount 1.01", "fraction", () => FeatureCount.Fraction(1.01)),
        ("FeatureCount NaN", "fraction", () => FeatureCount.Fraction(double.NaN)),
        ("FeatureCount 0", "count", () => FeatureCount.Exactly(0)),
        ("SampleCount 0", "fraction", () => SampleCount.Fraction(0)),
        ("SampleCount 2", "fraction", () => SampleCount.Fraction(2)),
        ("SampleCount 0", "count", () => _ = (SampleCount)0),
    ];

    public static TheoryData<int, string> Cases
    {
        get
        {
            var cases = new TheoryData<int, string>();
            for (int i = 0; i < Bad.Length; i++)
            {
                cases.Add(i, $"{Bad[i].Property} of {Bad[i].Case}");
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_value_out_of_range_is_refused_by_name(int index, string name)
    {
        (_, string property, Action set) = Bad[index];

        ArgumentOutOfRangeException refused = set.Should().Throw<ArgumentOutOfRangeException>(name).Which;

        refused.ParamName.Should().Be(property);
        refused.ActualValue.Should().NotBeNull("the message says what was given");
    }

    private static IEnumerable<(string Case, string Property, Action Set)> Tree<TDataset, TModel>(
        string name, TreeLearner<TDataset, TModel> recipe)
        where TDataset : Ensembles.Data.Dataset<TDataset>
        where TModel : Model
    {
        (string, string, Action) Case(string property, double value, Action set) =>
            (string.Create(CultureInfo.InvariantCulture, $"{name} {value}"), property, set);

        yield return Case("MaxDepth", 0, () => _ = recipe with { MaxDepth = 0 });
        yield return Case("MaxDepth", -3, () => _ = recipe with { MaxDepth = -3 });
        yield return Case("MaxLeaves", 1, () => _ = recipe with { MaxLeaves = 1 });
        yield return Case("MinSamplesSplit", 1, () => _ = recipe with { MinSamplesSplit = 1 });
        yield return Case("MinWeightFractionLeaf", -0.1, () => _ = recipe with { MinWeightFractionLeaf = -0.1 });
        yield return Case("MinWeightFractionLeaf", 0.51, () => _ = recipe with { MinWeightFractionLeaf = 0.51 });
        yield return Case("MinWeightFractionLeaf", double.NaN, () => _ = recipe with { MinWeightFractionLeaf = double.NaN });
        yield return Case("MinImpurityDecrease", -1, () => _ = recipe with { MinImpurityDecrease = -1 });
        yield return Case("MinImpurityDecrease", double.NaN, () => _ = recipe with { MinImpurityDecrease = double.NaN });
        yield return Case("MinSamplesPerCategory", -1, () => _ = recipe with { MinSamplesPerCategory = -1 });
        yield return Case("MaxBins", 1, () => _ = recipe with { MaxBins = 1 });
        yield return Case("MaxBins", 256, () => _ = recipe with { MaxBins = 256 });
    }

    private static IEnumerable<(string Case, string Property, Action Set)> Forest<TDataset, TModel>(
        string name, ForestLearner<TDataset, TModel> recipe)
        where TDataset : Ensembles.Data.Dataset<TDataset>
        where TModel : Model =>
    [
        .. Tree(name, recipe),
        ($"{name} 0", "TreeCount", () => _ = recipe with { TreeCount = 0 }),
        ($"{name} 0", "SampleFraction", () => _ = recipe with { SampleFraction = 0 }),
        ($"{name} 1.1", "SampleFraction", () => _ = recipe with { SampleFraction = 1.1 }),
        ($"{name} NaN", "SampleFraction", () => _ = recipe with { SampleFraction = double.NaN }),
    ];

    private static IEnumerable<(string Case, string Property, Action Set)> Newton<TDataset, TModel, TMetric, TFitted>(
        string name, NewtonBoostingLearner<TDataset, TModel, TMetric, TFitted> recipe)
        where TDataset : Ensembles.Data.Dataset<TDataset>
        where TModel : Model
        where TMetric : Metric
        where TFitted : TModel
    {
        foreach ((string Case, string Property, Action Set) staged in Staged(name, recipe))
        {
            yield return staged;
        }

        foreach (double bad in new[] { -0.1, double.NaN, double.PositiveInfinity })
        {
            string at = string.Create(CultureInfo.InvariantCulture, $"{name} {bad}");
            yield return (at, "L1", () => _ = recipe with { L1 = bad });
            yield return (at, "L2", () => _ = recipe with { L2 = bad });
            yield return (at, "MinSplitGain", () => _ = recipe with { MinSplitGain = bad });
            yield return (at, "MinChildWeight", () => _ = recipe with { MinChildWeight = bad });
            yield return (at, "MinCategoryWeight", () => _ = recipe with { MinCategoryWeight = bad });
            yield return (at, "MaxDeltaStep", () => _ = recipe with { MaxDeltaStep = bad });
        }

        foreach (double bad in new[] { 0, 1.01, double.NaN })
        {
            string at = string.Create(CultureInfo.InvariantCulture, $"{name} {bad}");
            yield return (at, "Subsample", () => _ = recipe with { Subsample = bad });
            yield return (at, "ColumnSampleByTree", () => _ = recipe with { ColumnSampleByTree = bad });
            yield return (at, "ColumnSampleByLevel", () => _ = recipe with { ColumnSampleByLevel = bad });
            yield return (at, "ColumnSampleByNode", () => _ = recipe with { ColumnSampleByNode = bad });
        }

        yield return ($"{name} 9", "SplitMethod", () => _ = recipe with { SplitMethod = (BoostingSplitMethod)9 });
        yield return ($"{name} 9", "CandidateScope", () => _ = recipe with { CandidateScope = (CandidateScope)9 });
        yield return ($"{name} 0", "SketchError", () => _ = recipe with { SketchError = 0 });
        yield return ($"{name} 1", "SketchError", () => _ = recipe with { SketchError = 1 });
        yield return ($"{name} NaN", "SketchError", () => _ = recipe with { SketchError = double.NaN });
        yield return ($"{name} 9", "GainPruning", () => _ = recipe with { GainPruning = (GainPruning)9 });
        yield return ($"{name} 9", "GrowthPolicy", () => _ = recipe with { GrowthPolicy = (GrowthPolicy)9 });
        yield return ($"{name} 0", "MaxDepth", () => _ = recipe with { MaxDepth = 0 });
        yield return ($"{name} 1", "MaxLeaves", () => _ = recipe with { MaxLeaves = 1 });
        yield return ($"{name} 1", "MaxBins", () => _ = recipe with { MaxBins = 1 });
        yield return ($"{name} 256", "MaxBins", () => _ = recipe with { MaxBins = 256 });
        yield return ($"{name} NaN", "BaseScore", () => _ = recipe with { BaseScore = double.NaN });
    }

    private static IEnumerable<(string Case, string Property, Action Set)> Bagging<TDataset, TModel>(
        string name, BaggingLearner<TDataset, TModel> recipe)
        where TDataset : Ensembles.Data.Dataset<TDataset>
        where TModel : Model =>
    [
        ($"{name} 0", "Count", () => _ = recipe with { Count = 0 }),
        ($"{name} 0", "SampleFraction", () => _ = recipe with { SampleFraction = 0 }),
        ($"{name} 1.1", "SampleFraction", () => _ = recipe with { SampleFraction = 1.1 }),
        ($"{name} NaN", "SampleFraction", () => _ = recipe with { SampleFraction = double.NaN }),
    ];

    private static IEnumerable<(string Case, string Property, Action Set)> Pruned<TDataset, TModel>(
        string name, PrunedTreeLearner<TDataset, TModel> recipe)
        where TDataset : Ensembles.Data.Dataset<TDataset>
        where TModel : Model =>
    [
        ($"{name} 1", "Folds", () => _ = recipe with { Folds = 1 }),
        ($"{name} -1", "StandardErrors", () => _ = recipe with { StandardErrors = -1 }),
        ($"{name} NaN", "StandardErrors", () => _ = recipe with { StandardErrors = double.NaN }),
    ];

    private static IEnumerable<(string Case, string Property, Action Set)> Gradient<TDataset, TModel, TMetric, TFitted>(
        string name, GradientBoostingLearner<TDataset, TModel, TMetric, TFitted> recipe)
        where TDataset : Ensembles.Data.Dataset<TDataset>
        where TModel : Model
        where TMetric : Metric
        where TFitted : TModel =>
    [
        .. Staged(name, recipe),
        ($"{name} 0", "Subsample", () => _ = recipe with { Subsample = 0 }),
        ($"{name} NaN", "Subsample", () => _ = recipe with { Subsample = double.NaN }),
        ($"{name} 1.1", "ColumnSampleByTree", () => _ = recipe with { ColumnSampleByTree = 1.1 }),
        ($"{name} 9", "StoppingRule", () => _ = recipe with { StoppingRule = (StoppingRule)9 }),
        ($"{name} 0", "MaxDepth", () => _ = recipe with { MaxDepth = 0 }),
        ($"{name} 256", "MaxBins", () => _ = recipe with { MaxBins = 256 }),
        ($"{name} ∞", "BaseScore", () => _ = recipe with { BaseScore = double.PositiveInfinity }),
    ];

    private static IEnumerable<(string Case, string Property, Action Set)> Staged<TDataset, TModel, TMetric, TFitted>(
        string name, StagedLearner<TDataset, TModel, TMetric, TFitted> recipe)
        where TDataset : Ensembles.Data.Dataset<TDataset>
        where TModel : Model
        where TMetric : Metric
        where TFitted : TModel =>
    [
        ($"{name} 0", "Rounds", () => _ = recipe with { Rounds = 0 }),
        ($"{name} 0", "LearningRate", () => _ = recipe with { LearningRate = 0 }),
        ($"{name} 1.01", "LearningRate", () => _ = recipe with { LearningRate = 1.01 }),
        ($"{name} NaN", "LearningRate", () => _ = recipe with { LearningRate = double.NaN }),
        ($"{name} 0", "EarlyStoppingRounds", () => _ = recipe with { EarlyStoppingRounds = 0 }),
        ($"{name} -0.1", "EarlyStoppingMinDelta", () => _ = recipe with { EarlyStoppingMinDelta = -0.1 }),
        ($"{name} NaN", "EarlyStoppingMinDelta", () => _ = recipe with { EarlyStoppingMinDelta = double.NaN }),
        ($"{name} ∞", "EarlyStoppingMinDelta", () => _ = recipe with { EarlyStoppingMinDelta = double.PositiveInfinity }),
    ];
}
