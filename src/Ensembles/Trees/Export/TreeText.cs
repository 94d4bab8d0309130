using System.Globalization;
using System.Text;
using Ensembles.Numerics;

namespace Ensembles.Trees.Export;

/// <summary>Words and numbers of trees, the same in every format; formats escape what they get from here.</summary>
internal static class TreeText
{
    // With more classes only the commonest of a node are named.
    private const int MaxClasses = 5;

    /// <summary>A tree in a line.</summary>
    public static string Summary(ITreeModel model) =>
        $"decision tree: {Counted.Text(model.Tree.LeafCount, "leaf", "leaves")}, depth {Whole(model.Tree.Depth)}, "
        + Counted.Text(model.Schema.Count, "feature", "features");

    /// <summary>A name as it is, or in quotes where it would run into its surroundings.</summary>
    public static string Name(string name)
    {
        bool plain = name.Length > 0 && !char.IsWhiteSpace(name[0]) && !char.IsWhiteSpace(name[^1])
            && !name.Any(c => char.IsControl(c) || c is ',' or '{' or '}' or '"' or '\u2028' or '\u2029');
        if (plain)
        {
            return name;
        }

        var quoted = new StringBuilder("\"");
        foreach (char c in name)
        {
            quoted.Append(c switch
            {
                '"' or '\\' => $"\\{c}",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                _ when char.IsControl(c) || c is '\u2028' or '\u2029' => $"\\u{((int)c).ToString("x4", CultureInfo.InvariantCulture)}",
                _ => c.ToString(),
            });
        }

        return quoted.Append('"').ToString();
    }

    /// <summary>A number in so many significant digits, without an exponent where it reads well without.</summary>
    public static string Number(double value, int digits)
    {
        string text = value.ToString("G" + Whole(digits), CultureInfo.InvariantCulture);
        return text.Contains('E', StringComparison.Ordinal) && Math.Abs(value) is >= 1 and < 1e15
            ? value.ToString("F0", CultureInfo.InvariantCulture)
            : text;
    }

    /// <summary>What a node predicts: a class and its share, or a number.</summary>
    public static string Prediction(ITreeModel model, int node, int digits)
    {
        ReadOnlySpan<double> values = Values(model, node);
        if (model.ClassNames.Count == 0)
        {
            return Number(values[0], digits);
        }

        int best = Learners.ClassificationModel.IndexOfMax(values);
        return $"{Name(model.ClassNames[best])} ({Number(values[best], digits)})";
    }

    /// <summary>What is known of a node, part by part.</summary>
    public static IEnumerable<string> Facts(ITreeModel model, in NodeVisit visit, TreeExportOptions options)
    {
        TreeStatistics statistics = model.Statistics;
        int node = visit.Node;
        int rows = statistics.RowCount(node);
        double cover = statistics.Cover(node);
        List<string> facts = [Counted.Text(rows, "row", "rows")];
        if (cover != rows)
        {
            facts.Add($"weight {Number(cover, options.Digits)}");
        }

        if (model.ImpurityName.Length > 0)
        {
            facts.Add($"{model.ImpurityName} {Number(statistics.Impurity(node), options.Digits)}");
        }

        ReadOnlySpan<double> values = Values(model, node);
        if (values.Length > 0)
        {
            facts.Add(model.ClassNames.Count == 0
                ? $"value {Number(values[0], options.Digits)}"
                : Shares(model.ClassNames, values, options.Digits));
        }

        if (visit.HiddenLeaves > 0)
        {
            facts.Add($"… {Counted.Text(visit.HiddenLeaves, "leaf", "leaves")} below");
        }

        return facts;
    }

    /// <summary>The split of an inner node, as a question that rows going left answer with yes.</summary>
    public static string Question(ITreeModel model, int node, TreeExportOptions options) =>
        FeatureCondition.Of(model, node, left: true).ToText(options.MaxCategories, showMissing: false);

    /// <summary>The answer that leads to a node from the one above it.</summary>
    public static string Answer(ITreeModel model, in NodeVisit visit, TreeExportOptions options) =>
        (visit.IsLeft ? "yes" : "no")
        + (options.ShowMissing && model.Tree.DefaultLeft(visit.Parent) == visit.IsLeft ? ", missing" : string.Empty);

    /// <summary>Empty where the values of inner nodes were not kept.</summary>
    public static ReadOnlySpan<double> Values(ITreeModel model, int node) => model.Tree.IsLeaf(node)
        ? model.Tree.LeafValue(node - model.Tree.InnerCount)
        : model.Statistics.Value(node);

    private static string Shares(IReadOnlyList<string> names, ReadOnlySpan<double> shares, int digits)
    {
        double[] all = shares.ToArray();
        IEnumerable<int> shown = Enumerable.Range(0, all.Length);
        if (all.Length > MaxClasses)
        {
            shown = shown.Where(k => all[k] > 0).OrderByDescending(k => all[k]).Take(MaxClasses);
        }

        string text = string.Join(", ", shown.Select(k => $"{Name(names[k])} {Number(all[k], digits)}"));
        return all.Count(share => share > 0) > MaxClasses ? text + ", …" : text;
    }

    private static string Whole(int number) => number.ToString(CultureInfo.InvariantCulture);
}
