using System.Collections;
using System.Globalization;

namespace Ensembles.Trees.Export;

/// <summary>One split on the way of a row.</summary>
/// <param name="Node">The inner node.</param>
/// <param name="Value">The row's value of the feature: a number or the code of a category, NaN where it is missing.</param>
/// <param name="GoesLeft">Whether the row goes left.</param>
/// <param name="Condition">What the side that the row takes asks of the feature.</param>
public readonly record struct DecisionStep(int Node, double Value, bool GoesLeft, FeatureCondition Condition)
{
    /// <inheritdoc/>
    public override string ToString()
    {
        string value = double.IsNaN(Value) ? "missing"
            : Condition.Categories is null ? Value.ToString("R", CultureInfo.InvariantCulture)
            : Condition.Categories.TryGetCode(Value, out int code) ? TreeText.Name(Condition.Feature.Categories[code])
            : "unknown";
        return $"{TreeText.Name(Condition.Feature.Name)} = {value}: {(GoesLeft ? "left" : "right")}, {Condition}";
    }
}

/// <summary>The way of a row through a tree, from the root to its leaf.</summary>
public sealed class DecisionPath : IReadOnlyList<DecisionStep>
{
    private readonly DecisionStep[] _steps;

    private DecisionPath(DecisionStep[] steps, int leafNode)
    {
        _steps = steps;
        LeafNode = leafNode;
    }

    /// <summary>The number of the node where the row ends.</summary>
    public int LeafNode { get; }

    /// <summary>The number of splits passed.</summary>
    public int Count => _steps.Length;

    /// <summary>A split passed, the root's first.</summary>
    /// <param name="index">The depth of the split.</param>
    public DecisionStep this[int index] => _steps[index];

    /// <inheritdoc/>
    public IEnumerator<DecisionStep> GetEnumerator() => ((IEnumerable<DecisionStep>)_steps).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The splits, a line each.</summary>
    public override string ToString() => string.Join('\n', _steps);

    internal static DecisionPath Of(ITreeModel model, ReadOnlySpan<double> row)
    {
        Tree tree = model.Tree;
        var steps = new List<DecisionStep>();
        int node = 0;
        while (!tree.IsLeaf(node))
        {
            double value = row[tree.Feature(node)];
            bool left = tree.GoesLeft(node, value);
            steps.Add(new DecisionStep(node, value, left, FeatureCondition.Of(model, node, left)));
            node = left ? tree.Left(node) : tree.Right(node);
        }

        return new DecisionPath([.. steps], node);
    }
}
