using Ensembles.Data;
using Ensembles.Explanation;
using Ensembles.Trees;

namespace Ensembles.Tests.Explanation;

/// <summary>Shapley values by their definition: all coalitions of all features, one after the other.</summary>
/// <param name="worth">What a row is worth where the features of a coalition, a bit each, are known: a number an output.</param>
/// <param name="features">The number of features.</param>
/// <param name="outputs">The number of outputs.</param>
internal sealed class PlainShapley(Func<double[], int, double[]> worth, int features, int outputs)
{
    /// <summary>Path-dependent: at a feature that is not known both ways are taken, by the covers of the children.</summary>
    public static PlainShapley PathDependent(TreeSum sum) => new(
        (row, known) =>
        {
            double[] values = [.. sum.BaseScores];
            foreach (TreeTerm term in sum.Terms)
            {
                Descend(term, 0, 1, row, known, values);
            }

            return values;
        },
        sum.Schema.Count,
        sum.OutputCount);

    /// <summary>Interventional: what is not known is taken from the rows of a background.</summary>
    public static PlainShapley Interventional(TreeSum sum, double[][] background) => new(
        (row, known) =>
        {
            var values = new double[sum.OutputCount];
            var said = new double[sum.OutputCount];
            foreach (double[] other in background)
            {
                double[] mixed = [.. row.Select((cell, f) => (known >> f & 1) == 1 ? cell : other[f])];
                sum.Predict(new RowSet(mixed, mixed.Length), said);
                for (int k = 0; k < said.Length; k++)
                {
                    values[k] += said[k] / background.Length;
                }
            }

            return values;
        },
        sum.Schema.Count,
        sum.OutputCount);

    /// <summary>What a row is worth where the features of a coalition, a bit each, are known.</summary>
    public double[] Worth(double[] row, int known) => worth(row, known);

    /// <summary>Outputs × features.</summary>
    public double[] Values(double[] row)
    {
        double[][] worths = Worths(row);
        var values = new double[outputs * features];
        for (int f = 0; f < features; f++)
        {
            for (int s = 0; s < worths.Length; s++)
            {
                if ((s >> f & 1) == 0)
                {
                    double weight = Weight(int.PopCount(s), features);
                    for (int k = 0; k < outputs; k++)
                    {
                        values[(k * features) + f] += weight * (worths[s | (1 << f)][k] - worths[s][k]);
                    }
                }
            }
        }

        return values;
    }

    /// <summary>Outputs × features × features, the diagonal as in Lundberg et al. (2020).</summary>
    public double[] Interactions(double[] row)
    {
        double[][] worths = Worths(row);
        double[] values = Values(row);
        var matrix = new double[outputs * features * features];
        for (int k = 0; k < outputs; k++)
        {
            for (int i = 0; i < features; i++)
            {
                double own = values[(k * features) + i];
                for (int j = 0; j < features; j++)
                {
                    if (i == j)
                    {
                        continue;
                    }

                    double pair = 0;
                    for (int s = 0; s < worths.Length; s++)
                    {
                        if ((s >> i & 1) == 0 && (s >> j & 1) == 0)
                        {
                            double change = worths[s | (1 << i) | (1 << j)][k] - worths[s | (1 << i)][k] - worths[s | (1 << j)][k] + worths[s][k];
                            pair += Weight(int.PopCount(s), features - 1) * change / 2;
                        }
                    }

                    matrix[(((k * features) + i) * features) + j] = pair;
                    own -= pair;
                }

                matrix[(((k * features) + i) * features) + i] = own;
            }
        }

        return matrix;
    }

    // s!·(n − s − 1)!/n!
    private static double Weight(int size, int count)
    {
        double weight = 1.0 / count;
        for (int i = 1; i <= size; i++)
        {
            weight *= (double)i / (count - i);
        }

        return weight;
    }

    private double[][] Worths(double[] row) => [.. Enumerable.Range(0, 1 << features).Select(known => worth(row, known))];

    private static void Descend(TreeTerm term, int node, double share, double[] row, int known, double[] values)
    {
        Tree tree = term.Part.Tree;
        if (tree.IsLeaf(node))
        {
            for (int k = 0; k < term.Part.Width; k++)
            {
                values[term.Part.Output + k] += share * term.Part.Values[((node - tree.InnerCount) * term.Part.Width) + k];
            }

            return;
        }

        int feature = tree.Feature(node);
        double covers = term.Statistics.Cover(tree.Left(node)) + term.Statistics.Cover(tree.Right(node));
        foreach (int child in (int[])[tree.Left(node), tree.Right(node)])
        {
            bool isTaken = tree.GoesLeft(node, row[feature]) == (child == tree.Left(node));
            double part = (known >> feature & 1) == 1 ? (isTaken ? 1 : 0) : term.Statistics.Cover(child) / covers;
            if (part > 0)
            {
                Descend(term, child, share * part, row, known, values);
            }
        }
    }
}
