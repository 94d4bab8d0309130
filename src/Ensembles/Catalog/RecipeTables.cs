using Ensembles.Bagging;
using Ensembles.Calibration;
using Ensembles.Catalog.Values;
using Ensembles.Data;
using Ensembles.IsolationForests;
using Ensembles.Learners;
using Ensembles.MetaEnsembles;
using Ensembles.RandomForests;
using Ensembles.Trees;

namespace Ensembles.Catalog;

/// <summary>
/// The hyper-parameters of every learner, in the order of the model file. A test compares them with the properties of the records; a
/// property that is added is added here, anywhere in its list.
/// </summary>
internal static partial class RecipeTables
{
    private static readonly HyperParameter<Learner, ulong> Seed =
        Row<Learner, ulong>("Seed", Plain.Seed, l => l.Seed, (l, v) => l with { Seed = v });

    public static IEnumerable<HyperParameter> DecisionTreeClassifier =>
    [
        Seed,
        .. Tree<ClassificationDataset, ClassificationModel>(),
        Choice<DecisionTreeClassifier, ClassificationCriterion>("Criterion", l => l.Criterion, (l, v) => l with { Criterion = v }),
        Choice<DecisionTreeClassifier, Splitter>("Splitter", l => l.Splitter, (l, v) => l with { Splitter = v }),
        Row<DecisionTreeClassifier, double>("PruningAlpha", Plain.Number, l => l.PruningAlpha, (l, v) => l with { PruningAlpha = v }),
        Row<DecisionTreeClassifier, ClassWeights?>(
            "ClassWeights", ClassWeightsFormat.Instance, l => l.ClassWeights, (l, v) => l with { ClassWeights = v }),
    ];

    public static IEnumerable<HyperParameter> DecisionTreeRegressor =>
    [
        Seed,
        .. Tree<RegressionDataset, RegressionModel>(),
        Choice<DecisionTreeRegressor, RegressionCriterion>("Criterion", l => l.Criterion, (l, v) => l with { Criterion = v }),
        Choice<DecisionTreeRegressor, Splitter>("Splitter", l => l.Splitter, (l, v) => l with { Splitter = v }),
        Row<DecisionTreeRegressor, double>("PruningAlpha", Plain.Number, l => l.PruningAlpha, (l, v) => l with { PruningAlpha = v }),
    ];

    public static IEnumerable<HyperParameter> PrunedTreeClassifier =>
    [
        Seed,
        Row<PrunedTreeClassifier, DecisionTreeClassifier>(
            "Tree", new LearnerFormat<DecisionTreeClassifier>(LearningTask.Classification), l => l.Tree, (l, v) => l with { Tree = v }),
        .. Pruned<ClassificationDataset, ClassificationModel>(),
    ];

    public static IEnumerable<HyperParameter> PrunedTreeRegressor =>
    [
        Seed,
        Row<PrunedTreeRegressor, DecisionTreeRegressor>(
            "Tree", new LearnerFormat<DecisionTreeRegressor>(LearningTask.Regression), l => l.Tree, (l, v) => l with { Tree = v }),
        .. Pruned<RegressionDataset, RegressionModel>(),
    ];

    public static IEnumerable<HyperParameter> BaggingClassifier =>
    [
        Seed,
        .. Bagging<ClassificationDataset, ClassificationModel>(LearningTask.Classification),
        Choice<BaggingClassifier, Voting>("Voting", l => l.Voting, (l, v) => l with { Voting = v }),
    ];

    public static IEnumerable<HyperParameter> BaggingRegressor =>
        [Seed, .. Bagging<RegressionDataset, RegressionModel>(LearningTask.Regression)];

    public static IEnumerable<HyperParameter> ForestClassifier =>
    [
        Seed,
        .. Forest<ClassificationDataset, ClassificationModel>(),
        Choice<ForestClassifier, ClassificationCriterion>("Criterion", l => l.Criterion, (l, v) => l with { Criterion = v }),
        Row<ForestClassifier, ClassWeights?>(
            "ClassWeights", ClassWeightsFormat.Instance, l => l.ClassWeights, (l, v) => l with { ClassWeights = v }),
        Choice<ForestClassifier, Voting>("Voting", l => l.Voting, (l, v) => l with { Voting = v }),
    ];

    public static IEnumerable<HyperParameter> ForestRegressor =>
    [
        Seed,
        .. Forest<RegressionDataset, RegressionModel>(),
        Choice<ForestRegressor, RegressionCriterion>("Criterion", l => l.Criterion, (l, v) => l with { Criterion = v }),
        Row<ForestRegressor, bool>("KeepLeafSamples", Plain.Flag, l => l.KeepLeafSamples, (l, v) => l with { KeepLeafSamples = v }),
    ];

    public static IEnumerable<HyperParameter> CalibratedClassifier =>
    [
        Seed,
        Row<CalibratedClassifier, Learner<ClassificationDataset, ClassificationModel>>(
            "Member",
            new LearnerFormat<Learner<ClassificationDataset, ClassificationModel>>(LearningTask.Classification),
            l => l.Member,
            (l, v) => l with { Member = v }),
        Choice<CalibratedClassifier, CalibrationMethod>("Method", l => l.Method, (l, v) => l with { Method = v }),
        Choice<CalibratedClassifier, CalibrationInput>("Input", l => l.Input, (l, v) => l with { Input = v }),
        Row<CalibratedClassifier, int>("Folds", Plain.Integer, l => l.Folds, (l, v) => l with { Folds = v }),
        Row<CalibratedClassifier, bool>("Ensemble", Plain.Flag, l => l.Ensemble, (l, v) => l with { Ensemble = v }),
    ];

    public static IEnumerable<HyperParameter> VotingClassifier =>
    [
        Seed,
        Row<VotingClassifier, IReadOnlyList<Learner<ClassificationDataset, ClassificationModel>>>(
            "Members",
            new LearnerListFormat<Learner<ClassificationDataset, ClassificationModel>>(LearningTask.Classification),
            l => l.Members,
            (l, v) => l with { Members = v }),
        Row<VotingClassifier, IReadOnlyList<double>?>(
            "Weights", NumberListFormat.Instance, l => l.Weights, (l, v) => l with { Weights = v }),
        Choice<VotingClassifier, VotingRule>("Rule", l => l.Rule, (l, v) => l with { Rule = v }),
    ];

    public static IEnumerable<HyperParameter> VotingRegressor =>
    [
        Seed,
        Row<VotingRegressor, IReadOnlyList<Learner<RegressionDataset, RegressionModel>>>(
            "Members",
            new LearnerListFormat<Learner<RegressionDataset, RegressionModel>>(LearningTask.Regression),
            l => l.Members,
            (l, v) => l with { Members = v }),
        Row<VotingRegressor, IReadOnlyList<double>?>(
            "Weights", NumberListFormat.Instance, l => l.Weights, (l, v) => l with { Weights = v }),
    ];

    public static IEnumerable<HyperParameter> IsolationForest =>
    [
        Seed,
        Row<IsolationForest, int>("TreeCount", Plain.Integer, l => l.TreeCount, (l, v) => l with { TreeCount = v }),
        Row<IsolationForest, int>("SampleSize", Plain.Integer, l => l.SampleSize, (l, v) => l with { SampleSize = v }),
        Row<IsolationForest, FeatureCount>("MaxFeatures", Counts.Features, l => l.MaxFeatures, (l, v) => l with { MaxFeatures = v }),
        Row<IsolationForest, double?>("Contamination", Plain.OptionalNumber, l => l.Contamination, (l, v) => l with { Contamination = v }),
    ];

    public static IEnumerable<HyperParameter> Stacking<TDataset, TModel>(LearningTask task)
        where TDataset : Dataset<TDataset>
        where TModel : Model =>
    [
        Seed,
        Row<StackingLearner<TDataset, TModel>, IReadOnlyList<Learner<TDataset, TModel>>>(
            "Members", new LearnerListFormat<Learner<TDataset, TModel>>(task), l => l.Members, (l, v) => l with { Members = v }),
        Row<StackingLearner<TDataset, TModel>, Learner<TDataset, TModel>>(
            "Final", new LearnerFormat<Learner<TDataset, TModel>>(task), l => l.Final, (l, v) => l with { Final = v }),
        Row<StackingLearner<TDataset, TModel>, int>("Folds", Plain.Integer, l => l.Folds, (l, v) => l with { Folds = v }),
        Row<StackingLearner<TDataset, TModel>, bool>("Passthrough", Plain.Flag, l => l.Passthrough, (l, v) => l with { Passthrough = v }),
    ];

    private static HyperParameter<TOwner, TValue> Row<TOwner, TValue>(
        string name, ValueFormat<TValue> format, Func<TOwner, TValue> get, Func<TOwner, TValue, TOwner> with)
        where TOwner : class =>
        new HyperParameter<TOwner, TValue>(name, format, get, with);

    private static HyperParameter<TOwner, TEnum> Choice<TOwner, TEnum>(
        string name, Func<TOwner, TEnum> get, Func<TOwner, TEnum, TOwner> with)
        where TOwner : class
        where TEnum : struct, Enum =>
        new HyperParameter<TOwner, TEnum>(name, EnumFormat<TEnum>.Instance, get, with);

    private static HyperParameter[] Tree<TDataset, TModel>()
        where TDataset : Dataset<TDataset>
        where TModel : Model =>
    [
        Row<TreeLearner<TDataset, TModel>, int?>("MaxDepth", Plain.OptionalInteger, l => l.MaxDepth, (l, v) => l with { MaxDepth = v }),
        Row<TreeLearner<TDataset, TModel>, int?>("MaxLeaves", Plain.OptionalInteger, l => l.MaxLeaves, (l, v) => l with { MaxLeaves = v }),
        Row<TreeLearner<TDataset, TModel>, SampleCount>(
            "MinSamplesSplit", Counts.Samples, l => l.MinSamplesSplit, (l, v) => l with { MinSamplesSplit = v }),
        Row<TreeLearner<TDataset, TModel>, SampleCount>(
            "MinSamplesLeaf", Counts.Samples, l => l.MinSamplesLeaf, (l, v) => l with { MinSamplesLeaf = v }),
        Row<TreeLearner<TDataset, TModel>, double>(
            "MinWeightFractionLeaf", Plain.Number, l => l.MinWeightFractionLeaf, (l, v) => l with { MinWeightFractionLeaf = v }),
        Row<TreeLearner<TDataset, TModel>, double>(
            "MinImpurityDecrease", Plain.Number, l => l.MinImpurityDecrease, (l, v) => l with { MinImpurityDecrease = v }),
        Row<TreeLearner<TDataset, TModel>, int>(
            "MinSamplesPerCategory", Plain.Integer, l => l.MinSamplesPerCategory, (l, v) => l with { MinSamplesPerCategory = v }),
        Row<TreeLearner<TDataset, TModel>, FeatureCount>(
            "MaxFeatures", Counts.Features, l => l.MaxFeatures, (l, v) => l with { MaxFeatures = v }),
        Choice<TreeLearner<TDataset, TModel>, SplitMethod>("SplitMethod", l => l.SplitMethod, (l, v) => l with { SplitMethod = v }),
        Row<TreeLearner<TDataset, TModel>, int>("MaxBins", Plain.Integer, l => l.MaxBins, (l, v) => l with { MaxBins = v }),
    ];

    private static HyperParameter[] Pruned<TDataset, TModel>()
        where TDataset : Dataset<TDataset>
        where TModel : Model =>
    [
        Row<PrunedTreeLearner<TDataset, TModel>, int>("Folds", Plain.Integer, l => l.Folds, (l, v) => l with { Folds = v }),
        Row<PrunedTreeLearner<TDataset, TModel>, double>(
            "StandardErrors", Plain.Number, l => l.StandardErrors, (l, v) => l with { StandardErrors = v }),
    ];

    private static HyperParameter[] Forest<TDataset, TModel>()
        where TDataset : Dataset<TDataset>
        where TModel : Model =>
    [
        Row<ForestLearner<TDataset, TModel>, int>("TreeCount", Plain.Integer, l => l.TreeCount, (l, v) => l with { TreeCount = v }),
        Row<ForestLearner<TDataset, TModel>, bool>("Bootstrap", Plain.Flag, l => l.Bootstrap, (l, v) => l with { Bootstrap = v }),
        Row<ForestLearner<TDataset, TModel>, double>(
            "SampleFraction", Plain.Number, l => l.SampleFraction, (l, v) => l with { SampleFraction = v }),
        Choice<ForestLearner<TDataset, TModel>, FeatureSampling>(
            "FeatureSampling", l => l.FeatureSampling, (l, v) => l with { FeatureSampling = v }),
        Row<ForestLearner<TDataset, TModel>, bool?>(
            "EstimateOutOfBag", Plain.OptionalFlag, l => l.EstimateOutOfBag, (l, v) => l with { EstimateOutOfBag = v }),
        .. Tree<TDataset, TModel>(),
    ];

    private static HyperParameter[] Bagging<TDataset, TModel>(LearningTask task)
        where TDataset : Dataset<TDataset>
        where TModel : Model =>
    [
        Row<BaggingLearner<TDataset, TModel>, Learner<TDataset, TModel>>(
            "Member", new LearnerFormat<Learner<TDataset, TModel>>(task), l => l.Member, (l, v) => l with { Member = v }),
        Row<BaggingLearner<TDataset, TModel>, int>("Count", Plain.Integer, l => l.Count, (l, v) => l with { Count = v }),
        Row<BaggingLearner<TDataset, TModel>, double>(
            "SampleFraction", Plain.Number, l => l.SampleFraction, (l, v) => l with { SampleFraction = v }),
        Row<BaggingLearner<TDataset, TModel>, bool>("Replacement", Plain.Flag, l => l.Replacement, (l, v) => l with { Replacement = v }),
        Row<BaggingLearner<TDataset, TModel>, FeatureCount>(
            "MaxFeatures", Counts.Features, l => l.MaxFeatures, (l, v) => l with { MaxFeatures = v }),
        Row<BaggingLearner<TDataset, TModel>, bool?>(
            "EstimateOutOfBag", Plain.OptionalFlag, l => l.EstimateOutOfBag, (l, v) => l with { EstimateOutOfBag = v }),
    ];
}
