using System.Globalization;
using Ensembles.Data;
using Ensembles.Json;
using Ensembles.Trees;

namespace Ensembles.Persistence.Parts;

/// <summary>Trees and what training knew of them.</summary>
internal static class TreeJson
{
    /// <summary>Writes trees, each with its statistics.</summary>
    public static void WriteAll(JsonOutput json, IReadOnlyList<Tree> trees, IReadOnlyList<TreeStatistics> statistics)
    {
        int number = 0;
        json.Array("trees", trees, tree => Write(json, tree, statistics[number++]));
    }

    /// <summary>Reads trees, each with its statistics.</summary>
    public static (Tree[] Trees, TreeStatistics[] Statistics) ReadAll(JsonCursor json, FeatureSchema schema, int valueWidth)
    {
        var trees = new List<Tree>();
        var statistics = new List<TreeStatistics>();
        json.Property("trees");
        json.EnterArray();
        while (json.NextItem())
        {
            (Tree tree, TreeStatistics known) = Read(json, schema, valueWidth);
            trees.Add(tree);
            statistics.Add(known);
        }

        return ([.. trees], [.. statistics]);
    }

    /// <summary>Writes a tree as an object.</summary>
    public static void Write(JsonOutput json, Tree tree, TreeStatistics statistics)
    {
        int[] inner = [.. Enumerable.Range(0, tree.InnerCount)];
        json.Writer.WriteStartObject();
        json.Int32s("features", Array.ConvertAll(inner, tree.Feature));
        json.Doubles("thresholds", Array.ConvertAll(inner, tree.Threshold));
        json.Int32s("left", Array.ConvertAll(inner, tree.Left));
        json.Int32s("right", Array.ConvertAll(inner, tree.Right));
        json.Flags("missingLeft", Array.ConvertAll(inner, tree.DefaultLeft));
        int[] categorical = Array.FindAll(inner, node => tree.Categories(node) is not null);
        if (categorical.Length > 0)
        {
            json.Int32s("categoricalNodes", categorical);
            json.Line("categoriesLeft", writer =>
            {
                writer.WriteStartArray();
                foreach (int node in categorical)
                {
                    CategorySet set = tree.Categories(node)!;
                    writer.WriteStringValue(string.Create(set.CategoryCount, set, static (text, set) =>
                    {
                        for (int code = 0; code < text.Length; code++)
                        {
                            text[code] = set.Contains(code) ? '1' : '0';
                        }
                    }));
                }

                writer.WriteEndArray();
            });
        }

        json.Doubles("values", tree.LeafValues);
        WriteStatistics(json, tree, statistics);
        json.Writer.WriteEndObject();
    }

    /// <summary>Reads a tree.</summary>
    /// <param name="json">The text.</param>
    /// <param name="schema">The features.</param>
    /// <param name="valueWidth">The number of values of a leaf.</param>
    public static (Tree Tree, TreeStatistics Statistics) Read(JsonCursor json, FeatureSchema schema, int valueWidth)
    {
        json.EnterObject();
        json.Property("features");
        int[] features = json.Int32s(0, schema.Count - 1);
        int inner = features.Length;
        int nodes = checked((2 * inner) + 1);
        json.Property("thresholds");
        double[] thresholds = json.Doubles(inner);
        json.Property("left");
        int[] left = json.Int32s(inner, 1, nodes - 1);
        json.Property("right");
        int[] right = json.Int32s(inner, 1, nodes - 1);
        CheckShape(json, left, right);
        json.Property("missingLeft");
        bool[] missingLeft = json.Flags(inner);
        CategorySet?[] categories = ReadCategories(json, features, schema);
        json.Property("values");
        double[] values = json.Doubles((long)(inner + 1) * valueWidth);
        var tree = new Tree(features, thresholds, left, right, missingLeft, categories, values, valueWidth);
        TreeStatistics statistics = ReadStatistics(json, inner, nodes);
        json.LeaveObject();
        return (tree, statistics);
    }

    private static void WriteStatistics(JsonOutput json, Tree tree, TreeStatistics statistics)
    {
        int[] nodes = [.. Enumerable.Range(0, tree.NodeCount)];
        json.Doubles("gain", Array.ConvertAll(nodes[..tree.InnerCount], statistics.Gain));
        json.Doubles("cover", Array.ConvertAll(nodes, statistics.Cover));
        json.Int32s("rowCount", Array.ConvertAll(nodes, statistics.RowCount));
        json.Doubles("impurity", Array.ConvertAll(nodes, statistics.Impurity));
        if (statistics.ValueWidth > 0)
        {
            json.Doubles("nodeValues", [.. nodes.SelectMany(node => statistics.Value(node).ToArray())]);
        }
    }

    private static TreeStatistics ReadStatistics(JsonCursor json, int inner, int nodes)
    {
        json.Property("gain");
        double[] gain = json.Doubles(inner);
        json.Property("cover");
        double[] cover = json.Doubles(nodes);
        json.Property("rowCount");
        int[] rowCount = json.Int32s(nodes, 0, int.MaxValue);
        json.Property("impurity");
        double[] impurity = json.Doubles(nodes);
        double[] values = [];
        if (json.TryProperty("nodeValues"))
        {
            values = json.Doubles();
            if (values.Length == 0 || values.Length % nodes != 0)
            {
                throw json.Fail(string.Create(CultureInfo.InvariantCulture, $"there are {values.Length} values for {nodes} nodes."));
            }
        }

        return new TreeStatistics(cover, rowCount, impurity, gain, values, values.Length / nodes);
    }

    /// <summary>
    /// Every node but the root is the child of one node, whose number is less than its own: so there is no cycle, no two nodes share a
    /// child, and every way ends in a leaf.
    /// </summary>
    private static void CheckShape(JsonCursor json, int[] left, int[] right)
    {
        var isChild = new bool[(2 * left.Length) + 1];
        for (int node = 0; node < left.Length; node++)
        {
            foreach (int child in (ReadOnlySpan<int>)[left[node], right[node]])
            {
                if (child <= node || isChild[child])
                {
                    string fault = child <= node ? "does not come after it" : "is the child of another place";
                    throw json.Fail(string.Create(CultureInfo.InvariantCulture, $"node {node} has the child {child}, which {fault}."));
                }

                isChild[child] = true;
            }
        }
    }

    private static CategorySet?[] ReadCategories(JsonCursor json, int[] features, FeatureSchema schema)
    {
        var categories = new CategorySet?[features.Length];
        if (!json.TryProperty("categoricalNodes"))
        {
            return categories;
        }

        int[] nodes = json.Int32s(0, features.Length - 1);
        json.Property("categoriesLeft");
        json.EnterArray();
        int read = 0;
        while (json.NextItem())
        {
            if (read == nodes.Length)
            {
                throw json.Fail("there are more sets than categorical nodes.");
            }

            int node = nodes[read++];
            Feature feature = schema[features[node]];
            if (!feature.IsCategorical || categories[node] is not null)
            {
                throw json.Fail(string.Create(
                    CultureInfo.InvariantCulture, $"node {node} has two sets of categories, or its feature '{feature.Name}' has none."));
            }

            categories[node] = new CategorySet(feature.Categories.Count, json.Flags(feature.Categories.Count));
        }

        return read == nodes.Length ? categories : throw json.Fail("there are fewer sets than categorical nodes.");
    }
}
