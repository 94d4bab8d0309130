using System.Globalization;
using Ensembles.Trees.Export;

namespace Ensembles.Trees;

/// <summary>What can be said of any single tree: drawings, rules, and the way of a row.</summary>
public static class TreeModelExtensions
{
    /// <summary>The tree as indented text, a line a node.</summary>
    /// <param name="model">The tree.</param>
    /// <param name="options">How; null for <see cref="TreeExportOptions.Default"/>.</param>
    public static string ToText(this ITreeModel model, TreeExportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        return TextExport.Write(model, options ?? TreeExportOptions.Default);
    }

    /// <summary>The tree in the language of Graphviz: <c>dot -Tsvg</c> draws it.</summary>
    /// <param name="model">The tree.</param>
    /// <param name="options">How; null for <see cref="TreeExportOptions.Default"/>.</param>
    public static string ToDot(this ITreeModel model, TreeExportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        return DotExport.Write(model, options ?? TreeExportOptions.Default);
    }

    /// <summary>
    /// The tree as a Mermaid flowchart, which Markdown viewers draw. They refuse some hundreds of nodes:
    /// <see cref="TreeExportOptions.MaxDepth"/> keeps it small.
    /// </summary>
    /// <param name="model">The tree.</param>
    /// <param name="options">How; null for <see cref="TreeExportOptions.Default"/>.</param>
    public static string ToMermaid(this ITreeModel model, TreeExportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        return MermaidExport.Write(model, options ?? TreeExportOptions.Default);
    }

    /// <summary>The way of a row from the root to its leaf.</summary>
    /// <param name="model">The tree.</param>
    /// <param name="row">The features in the order of the schema: a category as its code, NaN where missing.</param>
    /// <exception cref="ArgumentException">The row has another width than the tree reads.</exception>
    public static DecisionPath DecisionPath(this ITreeModel model, ReadOnlySpan<double> row)
    {
        CheckWidth(model, row.Length);
        return Export.DecisionPath.Of(model, row);
    }

    /// <inheritdoc cref="DecisionPath(ITreeModel, ReadOnlySpan{double})"/>
    public static DecisionPath DecisionPath(this ITreeModel model, ReadOnlySpan<float> row) => model.DecisionPath(Widen(row));

    /// <summary>The rule that a row follows: the conditions on its way, one a feature, and what they lead to.</summary>
    /// <param name="model">The tree.</param>
    /// <param name="row">The features in the order of the schema: a category as its code, NaN where missing.</param>
    /// <exception cref="ArgumentException">The row has another width than the tree reads.</exception>
    public static TreeRule Rule(this ITreeModel model, ReadOnlySpan<double> row) => TreeRule.Of(model, model.DecisionPath(row));

    /// <inheritdoc cref="Rule(ITreeModel, ReadOnlySpan{double})"/>
    public static TreeRule Rule(this ITreeModel model, ReadOnlySpan<float> row) => model.Rule(Widen(row));

    /// <summary>The rules of all leaves, from left to right: every row satisfies exactly one of them.</summary>
    /// <param name="model">The tree.</param>
    public static IReadOnlyList<TreeRule> Rules(this ITreeModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return TreeRule.All(model);
    }

    private static void CheckWidth(ITreeModel model, int width)
    {
        ArgumentNullException.ThrowIfNull(model);
        if (width != model.Schema.Count)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"The tree reads rows of {model.Schema.Count} features, not {width}."), "row");
        }
    }

    private static double[] Widen(ReadOnlySpan<float> row)
    {
        var cells = new double[row.Length];
        for (int i = 0; i < cells.Length; i++)
        {
            cells[i] = row[i];
        }

        return cells;
    }
}
