using System.Globalization;
using Ensembles.Numerics;

namespace Ensembles.Trees.Pruning;

/// <summary>What cross-validation says of one subtree of a pruning path.</summary>
/// <param name="Alpha">The alpha that prunes the tree of all rows to this subtree.</param>
/// <param name="LeafCount">The number of its leaves.</param>
/// <param name="Error">The estimate of its error on new rows, in the units of the loss.</param>
/// <param name="StandardError">The standard error of that estimate.</param>
public readonly record struct PruningCandidate(double Alpha, int LeafCount, double Error, double StandardError)
{
    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"alpha {Alpha:G4}: {Counted.Text(LeafCount, "leaf", "leaves")}, error {Error:G4} ± {StandardError:G4}");
}
