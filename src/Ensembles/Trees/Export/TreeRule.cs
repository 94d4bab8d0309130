namespace Ensembles.Trees.Export;

/// <summary>
/// A leaf as a rule: what is asked of each feature on the way to it, all splits of a feature in one condition, and what the leaf
/// predicts. The rows of the leaf are exactly those that satisfy it.
/// </summary>
public sealed class TreeRule
{
    private readonly string _prediction;

    private TreeRule(ITreeModel model, int leafNode, FeatureCondition[] conditions)
    {
        LeafNode = leafNode;
        Conditions = Array.AsReadOnly(conditions);
        RowCount = model.Statistics.RowCount(leafNode);
        Cover = model.Statistics.Cover(leafNode);
        _prediction = TreeText.Prediction(model, leafNode, TreeExportOptions.Default.Digits);
    }

    /// <summary>The number of the leaf's node.</summary>
    public int LeafNode { get; }

    /// <summary>The conditions, one a feature, in the order in which the way meets the features.</summary>
    public IReadOnlyList<FeatureCondition> Conditions { get; }

    /// <summary>The number of training rows of weight above 0 that satisfied the rule.</summary>
    public int RowCount { get; }

    /// <summary>The weight of these rows.</summary>
    public double Cover { get; }

    /// <summary>Whether a row satisfies the rule.</summary>
    /// <param name="row">The features in the order of the schema: a category as its code, NaN where missing.</param>
    public bool IsSatisfiedBy(ReadOnlySpan<double> row)
    {
        foreach (FeatureCondition condition in Conditions)
        {
            if (!condition.IsSatisfiedBy(row[condition.Column]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// The rule in words, such as "age &lt;= 37.5 and (city in {Berlin, Rome} or missing) => yes (0.9)": conditions that a missing
    /// value satisfies as well say so.
    /// </summary>
    public override string ToString() => ToString(showMissing: true);

    /// <summary>The rule in words.</summary>
    /// <param name="showMissing">Whether conditions that a missing value satisfies as well say so: no need where none is missing.</param>
    public string ToString(bool showMissing) => $"{ConditionsInWords(showMissing)} => {_prediction}";

    /// <summary>The conditions in words.</summary>
    internal string ConditionsInWords(bool showMissing) => Conditions.Count == 0
        ? "always"
        : string.Join(" and ", Conditions.Select(condition => InWords(condition, showMissing)));

    internal static TreeRule Of(ITreeModel model, DecisionPath path)
    {
        FeatureCondition[] conditions = [];
        foreach (DecisionStep step in path)
        {
            conditions = Add(conditions, step.Condition);
        }

        return new TreeRule(model, path.LeafNode, conditions);
    }

    /// <summary>Walks the tree once, with the conditions of each node that waits.</summary>
    internal static TreeRule[] All(ITreeModel model)
    {
        Tree tree = model.Tree;
        var rules = new List<TreeRule>(tree.LeafCount);
        var open = new Stack<(int Node, FeatureCondition[] Conditions)>();
        open.Push((0, []));
        while (open.TryPop(out (int Node, FeatureCondition[] Conditions) at))
        {
            if (tree.IsLeaf(at.Node))
            {
                rules.Add(new TreeRule(model, at.Node, at.Conditions));
                continue;
            }

            open.Push((tree.Right(at.Node), Add(at.Conditions, FeatureCondition.Of(model, at.Node, left: false))));
            open.Push((tree.Left(at.Node), Add(at.Conditions, FeatureCondition.Of(model, at.Node, left: true))));
        }

        return [.. rules];
    }

    private static FeatureCondition[] Add(FeatureCondition[] conditions, FeatureCondition condition)
    {
        int place = Array.FindIndex(conditions, known => known.Column == condition.Column);
        if (place < 0)
        {
            return [.. conditions, condition];
        }

        var merged = (FeatureCondition[])conditions.Clone();
        merged[place] = merged[place].And(condition);
        return merged;
    }

    private static string InWords(FeatureCondition condition, bool showMissing)
    {
        string plain = condition.ToText(int.MaxValue, showMissing: false);
        string text = condition.ToText(int.MaxValue, showMissing);
        return string.Equals(text, plain, StringComparison.Ordinal) ? text : $"({text})";
    }
}
