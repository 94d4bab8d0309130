using Ensembles.Trees;

namespace Ensembles.IsolationForests;

/// <summary>A tree of an isolation forest.</summary>
/// <param name="Tree">The tree; a leaf has the length of the path to it.</param>
/// <param name="Statistics">What training knew of it.</param>
internal sealed record IsolationTree(Tree Tree, TreeStatistics Statistics);
