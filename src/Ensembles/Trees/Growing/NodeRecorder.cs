using Ensembles.Trees.Criteria;

namespace Ensembles.Trees.Growing;

/// <summary>Where the rows of a leaf are in the partition, and what was left to it.</summary>
internal readonly record struct LeafRange(int Start, int Count, Gradients.NodeConstraints? Constraints);

/// <summary>Gives the nodes that a growth settles to the builder, with what they predict.</summary>
/// <param name="criterion">What a leaf predicts.</param>
/// <param name="builder">Receives the nodes.</param>
/// <param name="keepNodeValues">Whether inner nodes keep what they would predict.</param>
internal sealed class NodeRecorder(Criterion criterion, TreeBuilder builder, bool keepNodeValues)
{
    private readonly double[] _value = new double[criterion.ValueWidth];

    /// <summary>By leaf, in the order in which they were closed: where its rows are.</summary>
    public List<LeafRange> LeafRanges { get; } = [];

    /// <summary>Receives what a leaf predicts, where that is known without its rows.</summary>
    public Span<double> LeafValue => _value;

    /// <summary>What is known of the rows of a node.</summary>
    public NodeSummary Summarize(ReadOnlySpan<int> rows) => criterion.Summarize(rows);

    /// <summary>Whether the best split of a node gains enough.</summary>
    public bool IsEnough(in SplitCandidate split, GrowthLimits limits) => split.Exists && criterion.IsEnough(split, limits.MinGain);

    /// <summary>Adds a node that is split, and returns its number.</summary>
    public int AddInner(in GrowingNode node, ReadOnlySpan<int> rows) =>
        builder.AddInner(node, node.Split, keepNodeValues ? ValueOf(rows) : []);

    /// <summary>Adds a node that is not split.</summary>
    public void AddLeaf(in GrowingNode node, ReadOnlySpan<int> rows)
    {
        criterion.Value(rows, _value);
        AddLeaf(node);
    }

    /// <summary>The same where <see cref="LeafValue"/> holds what the node predicts.</summary>
    public void AddLeaf(in GrowingNode node)
    {
        builder.AddLeaf(node, _value);
        LeafRanges.Add(new LeafRange(node.Start, node.Count, node.Constraints));
    }

    private ReadOnlySpan<double> ValueOf(ReadOnlySpan<int> rows)
    {
        criterion.Value(rows, _value);
        return _value;
    }
}
