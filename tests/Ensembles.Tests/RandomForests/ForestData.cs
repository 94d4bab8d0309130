using System.Globalization;
using Ensembles.Data;
using Ensembles.Numerics;
using Ensembles.Trees;

namespace Ensembles.Tests.RandomForests;

/// <summary>Small problems for the forests: two features matter, the third is noise with missing cells, the fourth a category.</summary>
internal static class ForestData
{
    public static FeatureTable Features(int rows, ulong seed)
    {
        var random = new RandomStream(seed);
        var columns = new double[3][];
        for (int c = 0; c < 3; c++)
        {
            columns[c] = new double[rows];
            for (int r = 0; r < rows; r++)
            {
                columns[c][r] = c == 2 && random.NextInt(8) == 0 ? double.NaN : random.NextDouble();
            }
        }

        var colours = new string?[rows];
        for (int r = 0; r < rows; r++)
        {
            colours[r] = random.NextInt(9) == 0 ? null : $"colour {random.NextInt(5)}";
        }

        return new FeatureTableBuilder()
            .Numeric("first", columns[0])
            .Numeric("second", columns[1])
            .Numeric("noise", columns[2])
            .Categorical("colour", colours)
            .Build();
    }

    public static ClassificationDataset Classes(int rows = 300, int classes = 3, ulong seed = 1, ReadOnlySpan<double> weights = default)
    {
        FeatureTable features = Features(rows, seed);
        var random = new RandomStream(seed + 1000);
        var labels = new int[rows];
        for (int r = 0; r < rows; r++)
        {
            double signal = features[r, 0] + (0.5 * features[r, 1]) + (0.1 * random.NextGaussian());
            labels[r] = Math.Clamp((int)(signal / 1.5 * classes), 0, classes - 1);
        }

        return ClassificationDataset.Create(features, labels, weights);
    }

    public static RegressionDataset Numbers(int rows = 300, ulong seed = 1, ReadOnlySpan<double> weights = default)
    {
        FeatureTable features = Features(rows, seed);
        var random = new RandomStream(seed + 1000);
        var targets = new double[rows];
        for (int r = 0; r < rows; r++)
        {
            targets[r] = (10 * features[r, 0]) + (5 * features[r, 1]) + (0.2 * random.NextGaussian());
        }

        return RegressionDataset.Create(features, targets, weights);
    }

    /// <summary>Weights from 0 to 3, some of them 0.</summary>
    public static double[] Weights(int rows, ulong seed)
    {
        var random = new RandomStream(seed);
        return [.. Enumerable.Range(0, rows).Select(_ => random.NextInt(7) / 2.0)];
    }

    /// <summary>All that a tree is made of, for comparisons to the last bit.</summary>
    public static string Describe(Tree tree, TreeStatistics statistics)
    {
        var nodes = new List<string>();
        for (int node = 0; node < tree.NodeCount; node++)
        {
            IEnumerable<object?> parts = [Bits(statistics.Cover(node)), statistics.RowCount(node), Bits(statistics.Impurity(node))];
            nodes.Add(string.Join(' ', parts.Concat(tree.IsLeaf(node)
                ? tree.LeafValue(node - tree.InnerCount).ToArray().Select(Bits)
                : [
                    tree.Feature(node),
                    Bits(tree.Threshold(node)),
                    tree.DefaultLeft(node),
                    tree.Left(node),
                    tree.Right(node),
                    Bits(statistics.Gain(node)),
                    tree.Categories(node),
                ])));
        }

        return string.Join('\n', nodes);
    }

    public static string Describe(IReadOnlyList<Tree> trees, IReadOnlyList<TreeStatistics> statistics) =>
        string.Join('\n', trees.Zip(statistics, Describe));

    private static string Bits(double value) => BitConverter.DoubleToInt64Bits(value).ToString("x", CultureInfo.InvariantCulture);
}
