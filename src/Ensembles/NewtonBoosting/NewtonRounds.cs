using Ensembles.Boosting;

namespace Ensembles.NewtonBoosting;

/// <summary>What Newton boosting gives.</summary>
/// <param name="Boosted">The trees, and the scores before the first.</param>
/// <param name="TreeWeights">By what dropout has multiplied the leaf values of each tree.</param>
internal sealed record NewtonRounds(BoostedTrees Boosted, double[] TreeWeights);
