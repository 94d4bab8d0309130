namespace Ensembles.Trees.Growing.Gradients;

/// <summary>What the splits above a node leave to it: bounds of its weight, and the columns that may join those of its path.</summary>
/// <param name="lower">The least weight.</param>
/// <param name="upper">The greatest weight.</param>
/// <param name="path">The columns that split above it, in no order; empty where interactions are free.</param>
/// <param name="allowed">By column whether the node may split on it; null where it may on all.</param>
internal sealed class NodeConstraints(double lower, double upper, int[] path, bool[]? allowed)
{
    public double Lower => lower;

    public double Upper => upper;

    public int[] Path => path;

    public bool[]? Allowed => allowed;

    /// <summary>The weight within the bounds that is nearest to another.</summary>
    public double Clamp(double weight) => Math.Clamp(weight, lower, upper);

    /// <summary>Those of some columns that the node may split on.</summary>
    public int[] Filter(int[] columns) => allowed is null ? columns : Array.FindAll(columns, column => allowed[column]);

    /// <summary>The bounds of the node above two leaves.</summary>
    public static NodeConstraints? Join(NodeConstraints? a, NodeConstraints? b) =>
        a is null || b is null ? null : new NodeConstraints(Math.Min(a.Lower, b.Lower), Math.Max(a.Upper, b.Upper), [], null);
}
