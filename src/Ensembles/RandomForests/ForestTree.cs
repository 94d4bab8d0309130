using Ensembles.Trees;

namespace Ensembles.RandomForests;

/// <summary>A tree of a forest.</summary>
/// <param name="Tree">The tree, by the columns of the forest.</param>
/// <param name="Statistics">What training knew of it.</param>
/// <param name="Samples">The rows of its leaves; null where they are not kept.</param>
internal sealed record ForestTree(Tree Tree, TreeStatistics Statistics, LeafSamples? Samples);
