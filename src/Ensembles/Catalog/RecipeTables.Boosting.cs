using Ensembles.AdaBoost;
using Ensembles.Catalog.Values;
using Ensembles.Data;
using Ensembles.GradientBoosting;
using Ensembles.Learners;
using Ensembles.LinearBoosting;
using Ensembles.Metrics;
using Ensembles.NewtonBoosting;
using Ensembles.Trees;

namespace Ensembles.Catalog;

internal static partial class RecipeTables
{
    public static IEnumerable<HyperParameter> AdaBoostClassifier =>
    [
        Seed,
        .. AdaBoost<ClassificationDataset, ClassificationModel, ClassificationMetric, AdaBoostClassificationModel>(
            LearningTask.Classification, MetricFormats.Classification),
        Choice<AdaBoostClassifier, AdaBoostAlgorithm>("Algorithm", l => l.Algorithm, (l, v) => l with { Algorithm = v }),
        Row<AdaBoostClassifier, bool>("Restart", Plain.Flag, l => l.Restart, (l, v) => l with { Restart = v }),
    ];

    public static IEnumerable<HyperParameter> AdaBoostRegressor =>
    [
        Seed,
        .. AdaBoost<RegressionDataset, RegressionModel, RegressionMetric, AdaBoostRegressionModel>(
            LearningTask.Regression, MetricFormats.Regression),
        Choice<AdaBoostRegressor, AdaBoostLoss>("Loss", l => l.Loss, (l, v) => l with { Loss = v }),
    ];

    public static IEnumerable<HyperParameter> GradientBoostingClassifier =>
    [
        Seed,
        .. GradientBoosting<ClassificationDataset, ClassificationModel, ClassificationMetric, GradientBoostingClassificationModel>(
            LearningTask.Classification, MetricFormats.Classification),
        Choice<GradientBoostingClassifier, ClassificationLoss>("Loss", l => l.Loss, (l, v) => l with { Loss = v }),
        Row<GradientBoostingClassifier, ClassWeights?>(
            "ClassWeights", ClassWeightsFormat.Instance, l => l.ClassWeights, (l, v) => l with { ClassWeights = v }),
    ];

    public static IEnumerable<HyperParameter> GradientBoostingRegressor =>
    [
        Seed,
        .. GradientBoosting<RegressionDataset, RegressionModel, RegressionMetric, GradientBoostingRegressionModel>(
            LearningTask.Regression, MetricFormats.Regression),
        Choice<GradientBoostingRegressor, RegressionLoss>("Loss", l => l.Loss, (l, v) => l with { Loss = v }),
        Row<GradientBoostingRegressor, double>("Alpha", Plain.Number, l => l.Alpha, (l, v) => l with { Alpha = v }),
    ];

    public static IEnumerable<HyperParameter> NewtonBoostingClassifier =>
    [
        Seed,
        .. Newton<ClassificationDataset, ClassificationModel, ClassificationMetric, NewtonBoostingClassificationModel>(
            MetricFormats.Classification),
        Row<NewtonBoostingClassifier, double>(
            "ScalePositiveWeight", Plain.Number, l => l.ScalePositiveWeight, (l, v) => l with { ScalePositiveWeight = v }),
        Row<NewtonBoostingClassifier, ClassWeights?>(
            "ClassWeights", ClassWeightsFormat.Instance, l => l.ClassWeights, (l, v) => l with { ClassWeights = v }),
    ];

    public static IEnumerable<HyperParameter> NewtonBoostingRegressor =>
    [
        Seed,
        Row<NewtonBoostingRegressor, NewtonLoss>("Loss", NewtonLossFormat.Instance, l => l.Loss, (l, v) => l with { Loss = v }),
        .. Newton<RegressionDataset, RegressionModel, RegressionMetric, NewtonBoostingRegressionModel>(MetricFormats.Regression),
    ];

    public static IEnumerable<HyperParameter> LinearBoostingClassifier =>
    [
        Seed,
        .. Linear<ClassificationDataset, ClassificationModel, ClassificationMetric, LinearBoostingClassificationModel>(
            MetricFormats.Classification),
        Row<LinearBoostingClassifier, ClassWeights?>(
            "ClassWeights", ClassWeightsFormat.Instance, l => l.ClassWeights, (l, v) => l with { ClassWeights = v }),
    ];

    public static IEnumerable<HyperParameter> LinearBoostingRegressor =>
        [Seed, .. Linear<RegressionDataset, RegressionModel, RegressionMetric, LinearBoostingRegressionModel>(MetricFormats.Regression)];

    private static HyperParameter[] Staged<TDataset, TModel, TMetric, TFitted>(MetricListFormat<TMetric> metrics)
        where TDataset : Dataset<TDataset>
        where TModel : Model
        where TMetric : Metric
        where TFitted : TModel =>
    [
        Row<StagedLearner<TDataset, TModel, TMetric, TFitted>, int>(
            "Rounds", Plain.Integer, l => l.Rounds, (l, v) => l with { Rounds = v }),
        Row<StagedLearner<TDataset, TModel, TMetric, TFitted>, double>(
            "LearningRate", Plain.Number, l => l.LearningRate, (l, v) => l with { LearningRate = v }),
        Row<StagedLearner<TDataset, TModel, TMetric, TFitted>, MetricList<TMetric>>(
            "EvaluationMetrics", metrics, l => l.EvaluationMetrics, (l, v) => l with { EvaluationMetrics = v }),
        Row<StagedLearner<TDataset, TModel, TMetric, TFitted>, bool>(
            "EvaluateTraining", Plain.Flag, l => l.EvaluateTraining, (l, v) => l with { EvaluateTraining = v }),
        Row<StagedLearner<TDataset, TModel, TMetric, TFitted>, int?>(
            "EarlyStoppingRounds", Plain.OptionalInteger, l => l.EarlyStoppingRounds, (l, v) => l with { EarlyStoppingRounds = v }),
        Row<StagedLearner<TDataset, TModel, TMetric, TFitted>, double>(
            "EarlyStoppingMinDelta", Plain.Number, l => l.EarlyStoppingMinDelta, (l, v) => l with { EarlyStoppingMinDelta = v }),
    ];

    private static HyperParameter[] Boosting<TDataset, TModel, TMetric, TFitted>(MetricListFormat<TMetric> metrics)
        where TDataset : Dataset<TDataset>
        where TModel : Model
        where TMetric : Metric
        where TFitted : TModel =>
    [
        .. Staged<TDataset, TModel, TMetric, TFitted>(metrics),
        Row<BoostingLearner<TDataset, TModel, TMetric, TFitted>, double?>(
            "BaseScore", Plain.OptionalNumber, l => l.BaseScore, (l, v) => l with { BaseScore = v }),
    ];

    private static HyperParameter[] AdaBoost<TDataset, TModel, TMetric, TFitted>(LearningTask task, MetricListFormat<TMetric> metrics)
        where TDataset : Dataset<TDataset>
        where TModel : Model
        where TMetric : Metric
        where TFitted : TModel =>
    [
        .. Staged<TDataset, TModel, TMetric, TFitted>(metrics),
        Row<AdaBoostLearner<TDataset, TModel, TMetric, TFitted>, Learner<TDataset, TModel>>(
            "Member", new LearnerFormat<Learner<TDataset, TModel>>(task), l => l.Member, (l, v) => l with { Member = v }),
        Choice<AdaBoostLearner<TDataset, TModel, TMetric, TFitted>, BoostBy>("BoostBy", l => l.BoostBy, (l, v) => l with { BoostBy = v }),
    ];

    private static HyperParameter[] GradientBoosting<TDataset, TModel, TMetric, TFitted>(
        LearningTask task, MetricListFormat<TMetric> metrics)
        where TDataset : Dataset<TDataset>
        where TModel : Model
        where TMetric : Metric
        where TFitted : TModel =>
    [
        .. Boosting<TDataset, TModel, TMetric, TFitted>(metrics),
        Row<GradientBoostingLearner<TDataset, TModel, TMetric, TFitted>, double>(
            "Subsample", Plain.Number, l => l.Subsample, (l, v) => l with { Subsample = v }),
        Row<GradientBoostingLearner<TDataset, TModel, TMetric, TFitted>, double>(
            "ColumnSampleByTree", Plain.Number, l => l.ColumnSampleByTree, (l, v) => l with { ColumnSampleByTree = v }),
        Row<GradientBoostingLearner<TDataset, TModel, TMetric, TFitted>, Learner<TDataset, TModel>?>(
            "InitialLearner",
            new OptionalLearnerFormat<Learner<TDataset, TModel>>(task),
            l => l.InitialLearner,
            (l, v) => l with { InitialLearner = v }),
        Choice<GradientBoostingLearner<TDataset, TModel, TMetric, TFitted>, StoppingRule>(
            "StoppingRule", l => l.StoppingRule, (l, v) => l with { StoppingRule = v }),
        Row<GradientBoostingLearner<TDataset, TModel, TMetric, TFitted>, int?>(
            "MaxDepth", Plain.OptionalInteger, l => l.MaxDepth, (l, v) => l with { MaxDepth = v }),
        Row<GradientBoostingLearner<TDataset, TModel, TMetric, TFitted>, int?>(
            "MaxLeaves", Plain.OptionalInteger, l => l.MaxLeaves, (l, v) => l with { MaxLeaves = v }),
        Row<GradientBoostingLearner<TDataset, TModel, TMetric, TFitted>, SampleCount>(
            "MinSamplesSplit", Counts.Samples, l => l.MinSamplesSplit, (l, v) => l with { MinSamplesSplit = v }),
        Row<GradientBoostingLearner<TDataset, TModel, TMetric, TFitted>, SampleCount>(
            "MinSamplesLeaf", Counts.Samples, l => l.MinSamplesLeaf, (l, v) => l with { MinSamplesLeaf = v }),
        Row<GradientBoostingLearner<TDataset, TModel, TMetric, TFitted>, double>(
            "MinWeightFractionLeaf", Plain.Number, l => l.MinWeightFractionLeaf, (l, v) => l with { MinWeightFractionLeaf = v }),
        Row<GradientBoostingLearner<TDataset, TModel, TMetric, TFitted>, double>(
            "MinImpurityDecrease", Plain.Number, l => l.MinImpurityDecrease, (l, v) => l with { MinImpurityDecrease = v }),
        Row<GradientBoostingLearner<TDataset, TModel, TMetric, TFitted>, double>(
            "MinCategoryWeight", Plain.Number, l => l.MinCategoryWeight, (l, v) => l with { MinCategoryWeight = v }),
        Row<GradientBoostingLearner<TDataset, TModel, TMetric, TFitted>, FeatureCount>(
            "MaxFeatures", Counts.Features, l => l.MaxFeatures, (l, v) => l with { MaxFeatures = v }),
        Choice<GradientBoostingLearner<TDataset, TModel, TMetric, TFitted>, SplitMethod>(
            "SplitMethod", l => l.SplitMethod, (l, v) => l with { SplitMethod = v }),
        Row<GradientBoostingLearner<TDataset, TModel, TMetric, TFitted>, int>(
            "MaxBins", Plain.Integer, l => l.MaxBins, (l, v) => l with { MaxBins = v }),
    ];

    private static HyperParameter[] Newton<TDataset, TModel, TMetric, TFitted>(MetricListFormat<TMetric> metrics)
        where TDataset : Dataset<TDataset>
        where TModel : Model
        where TMetric : Metric
        where TFitted : TModel =>
    [
        .. Boosting<TDataset, TModel, TMetric, TFitted>(metrics),
        Choice<NewtonBoostingLearner<TDataset, TModel, TMetric, TFitted>, BoostingSplitMethod>(
            "SplitMethod", l => l.SplitMethod, (l, v) => l with { SplitMethod = v }),
        Choice<NewtonBoostingLearner<TDataset, TModel, TMetric, TFitted>, GrowthPolicy>(
            "GrowthPolicy", l => l.GrowthPolicy, (l, v) => l with { GrowthPolicy = v }),
        Row<NewtonBoostingLearner<TDataset, TModel, TMetric, TFitted>, int?>(
            "MaxDepth", Plain.OptionalInteger, l => l.MaxDepth, (l, v) => l with { MaxDepth = v }),
        Row<NewtonBoostingLearner<TDataset, TModel, TMetric, TFitted>, int?>(
            "MaxLeaves", Plain.OptionalInteger, l => l.MaxLeaves, (l, v) => l with { MaxLeaves = v }),
        Row<NewtonBoostingLearner<TDataset, TModel, TMetric, TFitted>, double>("L1", Plain.Number, l => l.L1, (l, v) => l with { L1 = v }),
        Row<NewtonBoostingLearner<TDataset, TModel, TMetric, TFitted>, double>("L2", Plain.Number, l => l.L2, (l, v) => l with { L2 = v }),
        Row<NewtonBoostingLearner<TDataset, TModel, TMetric, TFitted>, double>(
            "MinSplitGain", Plain.Number, l => l.MinSplitGain, (l, v) => l with { MinSplitGain = v }),
        Choice<NewtonBoostingLearner<TDataset, TModel, TMetric, TFitted>, GainPruning>(
            "GainPruning", l => l.GainPruning, (l, v) => l with { GainPruning = v }),
        Row<NewtonBoostingLearner<TDataset, TModel, TMetric, TFitted>, SampleCount>(
            "MinSamplesLeaf", Counts.Samples, l => l.MinSamplesLeaf, (l, v) => l with { MinSamplesLeaf = v }),
        Row<NewtonBoostingLearner<TDataset, TModel, TMetric, TFitted>, double>(
            "MinChildWeight", Plain.Number, l => l.MinChildWeight, (l, v) => l with { MinChildWeight = v }),
        Row<NewtonBoostingLearner<TDataset, TModel, TMetric, TFitted>, double>(
            "MinCategoryWeight", Plain.Number, l => l.MinCategoryWeight, (l, v) => l with { MinCategoryWeight = v }),
        Row<NewtonBoostingLearner<TDataset, TModel, TMetric, TFitted>, double>(
            "MaxDeltaStep", Plain.Number, l => l.MaxDeltaStep, (l, v) => l with { MaxDeltaStep = v }),
        Row<NewtonBoostingLearner<TDataset, TModel, TMetric, TFitted>, double>(
            "Subsample", Plain.Number, l => l.Subsample, (l, v) => l with { Subsample = v }),
        Row<NewtonBoostingLearner<TDataset, TModel, TMetric, TFitted>, double>(
            "ColumnSampleByTree", Plain.Number, l => l.ColumnSampleByTree, (l, v) => l with { ColumnSampleByTree = v }),
        Row<NewtonBoostingLearner<TDataset, TModel, TMetric, TFitted>, double>(
            "ColumnSampleByLevel", Plain.Number, l => l.ColumnSampleByLevel, (l, v) => l with { ColumnSampleByLevel = v }),
        Row<NewtonBoostingLearner<TDataset, TModel, TMetric, TFitted>, double>(
            "ColumnSampleByNode", Plain.Number, l => l.ColumnSampleByNode, (l, v) => l with { ColumnSampleByNode = v }),
        Row<NewtonBoostingLearner<TDataset, TModel, TMetric, TFitted>, MonotoneConstraints?>(
            "MonotoneConstraints", Constraints.Monotone, l => l.MonotoneConstraints, (l, v) => l with { MonotoneConstraints = v }),
        Row<NewtonBoostingLearner<TDataset, TModel, TMetric, TFitted>, InteractionConstraints?>(
            "InteractionConstraints",
            Constraints.Interaction,
            l => l.InteractionConstraints,
            (l, v) => l with { InteractionConstraints = v }),
        Row<NewtonBoostingLearner<TDataset, TModel, TMetric, TFitted>, int>(
            "MaxBins", Plain.Integer, l => l.MaxBins, (l, v) => l with { MaxBins = v }),
        Row<NewtonBoostingLearner<TDataset, TModel, TMetric, TFitted>, double?>(
            "SketchError", Plain.OptionalNumber, l => l.SketchError, (l, v) => l with { SketchError = v }),
        Choice<NewtonBoostingLearner<TDataset, TModel, TMetric, TFitted>, CandidateScope>(
            "CandidateScope", l => l.CandidateScope, (l, v) => l with { CandidateScope = v }),
        Row<NewtonBoostingLearner<TDataset, TModel, TMetric, TFitted>, Dropout?>(
            "Dropout", DropoutFormat.Instance, l => l.Dropout, (l, v) => l with { Dropout = v }),
    ];

    private static HyperParameter[] Linear<TDataset, TModel, TMetric, TFitted>(MetricListFormat<TMetric> metrics)
        where TDataset : Dataset<TDataset>
        where TModel : Model
        where TMetric : Metric
        where TFitted : TModel =>
    [
        .. Boosting<TDataset, TModel, TMetric, TFitted>(metrics),
        Row<LinearBoostingLearner<TDataset, TModel, TMetric, TFitted>, double>("L1", Plain.Number, l => l.L1, (l, v) => l with { L1 = v }),
        Row<LinearBoostingLearner<TDataset, TModel, TMetric, TFitted>, double>("L2", Plain.Number, l => l.L2, (l, v) => l with { L2 = v }),
        Choice<LinearBoostingLearner<TDataset, TModel, TMetric, TFitted>, FeatureSelector>(
            "FeatureSelector", l => l.FeatureSelector, (l, v) => l with { FeatureSelector = v }),
        Row<LinearBoostingLearner<TDataset, TModel, TMetric, TFitted>, int?>(
            "TopFeatures", Plain.OptionalInteger, l => l.TopFeatures, (l, v) => l with { TopFeatures = v }),
    ];
}
