using Ensembles.Trees;

namespace Ensembles.NewtonBoosting;

/// <summary>What the booster reads of a recipe, whatever it learns from.</summary>
internal interface INewtonBoostingRecipe
{
    ulong Seed { get; }

    int Rounds { get; }

    double LearningRate { get; }

    BoostingSplitMethod SplitMethod { get; }

    GrowthPolicy GrowthPolicy { get; }

    int? MaxDepth { get; }

    int? MaxLeaves { get; }

    double L1 { get; }

    double L2 { get; }

    double MinSplitGain { get; }

    GainPruning GainPruning { get; }

    double MinChildWeight { get; }

    double MinCategoryWeight { get; }

    SampleCount MinSamplesLeaf { get; }

    double MaxDeltaStep { get; }

    double Subsample { get; }

    double ColumnSampleByTree { get; }

    double ColumnSampleByLevel { get; }

    double ColumnSampleByNode { get; }

    MonotoneConstraints? MonotoneConstraints { get; }

    InteractionConstraints? InteractionConstraints { get; }

    int MaxBins { get; }

    double? SketchError { get; }

    CandidateScope CandidateScope { get; }

    int? EarlyStoppingRounds { get; }

    double? BaseScore { get; }

    Dropout? Dropout { get; }
}
