namespace Ensembles.LinearBoosting;

/// <summary>What the booster reads of a recipe, whatever it learns from.</summary>
internal interface ILinearBoostingRecipe
{
    ulong Seed { get; }

    int Rounds { get; }

    double LearningRate { get; }

    double L1 { get; }

    double L2 { get; }

    FeatureSelector FeatureSelector { get; }

    int? TopFeatures { get; }

    int? EarlyStoppingRounds { get; }

    double? BaseScore { get; }
}
