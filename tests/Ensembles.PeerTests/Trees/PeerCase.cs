namespace Ensembles.PeerTests.Trees;

/// <summary>One fit of scikit-learn.</summary>
/// <param name="Name">Data, criterion and what is limited.</param>
/// <param name="Data">The name of the data.</param>
/// <param name="Criterion">scikit-learn's name of the criterion.</param>
/// <param name="Parameters">The hyper-parameters that are not at their default.</param>
/// <param name="Weights">The name of the row weights, or null.</param>
/// <param name="Tree">The tree that was grown.</param>
/// <param name="Path">Its cost-complexity pruning path, where that has no ties.</param>
/// <param name="Pruned">The tree pruned at some alpha in the middle of the path.</param>
internal sealed record PeerCase(
    string Name,
    string Data,
    string Criterion,
    PeerParameters Parameters,
    string? Weights,
    PeerTree Tree,
    PeerPath? Path,
    PeerPrunedTree? Pruned);

/// <summary>scikit-learn's hyper-parameters; null is its default.</summary>
internal sealed record PeerParameters(
    int? MaxDepth,
    int? MaxLeafNodes,
    int? MinSamplesSplit,
    double? MinSamplesSplitFraction,
    int? MinSamplesLeaf,
    double? MinSamplesLeafFraction,
    double? MinWeightFractionLeaf,
    double? MinImpurityDecrease,
    double[]? ClassWeights,
    bool Balanced,
    double CcpAlpha);

/// <summary>Alphas, rising, and the impurity of the leaves from each on.</summary>
internal sealed record PeerPath(double[] Alphas, double[] Impurities);

/// <summary>A tree pruned by <c>ccp_alpha</c>.</summary>
internal sealed record PeerPrunedTree(double Alpha, PeerTree Tree);
