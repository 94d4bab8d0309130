using Ensembles.Boosting;

namespace Ensembles.GradientBoosting;

/// <summary>What gradient boosting gives.</summary>
/// <param name="Boosted">The trees, and the scores before the first.</param>
/// <param name="TrainingLosses">By round the mean loss of the rows that it drew, after it.</param>
/// <param name="OutOfBagImprovements">
/// By round what it took off the mean loss of the rows that it did not draw; empty where all were drawn.
/// </param>
internal sealed record GradientRounds(BoostedTrees Boosted, double[] TrainingLosses, double[] OutOfBagImprovements);
