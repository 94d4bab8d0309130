using System.Globalization;
using Ensembles.Prediction;
using Ensembles.Trees;

namespace Ensembles.CodeGeneration;

/// <summary>Writes each tree as a method of nested conditions that returns what its leaf adds, or the place of its values.</summary>
internal static class TreeConditions
{
    /// <summary>Writes a class whose method Add adds the values of the leaves of a row to its sums.</summary>
    /// <param name="code">Where to.</param>
    /// <param name="name">The name of the class.</param>
    /// <param name="trees">The trees.</param>
    /// <param name="categories">Where sets of categories are kept.</param>
    public static void Write(CodeWriter code, string name, ReadOnlySpan<EnsembleTree> trees, CategoryTable categories)
    {
        code.Open($"private static class {name}");
        code.Open("public static void Add(ReadOnlySpan<double> row, Span<double> sums)");
        bool hasTable = false;
        for (int t = 0; t < trees.Length; t++)
        {
            EnsembleTree tree = trees[t];
            if (tree.Width == 1)
            {
                code.Lines(Invariant($"sums[{tree.Output}] += Tree{t}(row);"));
                continue;
            }

            hasTable = true;
            code.Lines(Invariant($"AddValues(Values{t}.Slice(Tree{t}(row) * {tree.Width}, {tree.Width}), sums);"));
        }

        code.Close();
        for (int t = 0; t < trees.Length; t++)
        {
            EnsembleTree tree = trees[t];
            code.Lines();
            code.Open(Invariant($"private static {(tree.Width == 1 ? "double" : "int")} Tree{t}(ReadOnlySpan<double> row)"));
            WriteNode(code, tree, 0, categories);
            code.Close();
            if (tree.Width > 1)
            {
                code.Lines();
                code.Constants("double", Invariant($"Values{t}"), tree.Values.Select(CodeWriter.Number));
            }
        }

        if (hasTable)
        {
            code.Lines(
                """
                private static void AddValues(ReadOnlySpan<double> values, Span<double> sums)
                {
                    for (int k = 0; k < values.Length; k++)
                    {
                        sums[k] += values[k];
                    }
                }
                """);
        }

        code.Close();
        code.Lines();
    }

    private static void WriteNode(CodeWriter code, in EnsembleTree part, int node, CategoryTable categories)
    {
        Tree tree = part.Tree;
        if (tree.IsLeaf(node))
        {
            int leaf = node - tree.InnerCount;
            code.Lines($"return {(part.Width == 1 ? CodeWriter.Number(part.Values[leaf]) : Invariant($"{leaf}"))};");
            return;
        }

        code.Open($"if ({Condition(tree, node, categories)})");
        WriteNode(code, part, tree.Left(node), categories);
        code.Close();
        code.Lines();
        WriteNode(code, part, tree.Right(node), categories);
    }

    // A comparison with NaN is false: so what is missing goes right by x <= t, and left by !(x > t).
    private static string Condition(Tree tree, int node, CategoryTable categories)
    {
        int feature = tree.Feature(node);
        if (tree.Categories(node) is { } set)
        {
            string otherwise = tree.DefaultLeft(node) ? "true" : "false";
            return Invariant($"IsIn(row[{feature}], {set.CategoryCount}, {categories.Place(set)}, {otherwise})");
        }

        string threshold = CodeWriter.Number(tree.Threshold(node));
        return tree.DefaultLeft(node) ? Invariant($"!(row[{feature}] > {threshold})") : Invariant($"row[{feature}] <= {threshold}");
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
