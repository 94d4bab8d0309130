using Ensembles.Numerics;
using Ensembles.Trees;

namespace Ensembles.Tests.Prediction;

/// <summary>Rows where comparisons may go wrong: on thresholds, beside them, at the ends of the numbers, missing, of no category.</summary>
internal static class EdgeRows
{
    private static readonly double[] Ends =
    [
        double.NaN, double.PositiveInfinity, double.NegativeInfinity, 0, -0.0, double.Epsilon, -double.Epsilon, float.Epsilon, 1e-310,
        double.MaxValue, double.MinValue, float.MaxValue, float.MinValue, 1e39, -1e39, 0.5, 1.5, 2, 77, -1, 1e10,
    ];

    /// <param name="trees">The trees that the rows are for.</param>
    /// <param name="count">The number of rows.</param>
    /// <param name="features">The number of features.</param>
    /// <param name="missing">Whether cells may be missing.</param>
    /// <returns>Rows × features.</returns>
    public static double[] Draw(IReadOnlyList<Tree> trees, int count, int features, bool missing = true)
    {
        var random = new RandomStream((ulong)(count + trees.Count));
        List<double>[] thresholds = [.. Enumerable.Range(0, features).Select(_ => new List<double> { 0, 1 })];
        foreach (Tree tree in trees)
        {
            for (int node = 0; node < tree.InnerCount; node++)
            {
                // The last learner of a stack reads other features: what its members say.
                if (tree.Feature(node) < features)
                {
                    thresholds[tree.Feature(node)].Add(tree.Threshold(node));
                }
            }
        }

        var cells = new double[count * features];
        for (int i = 0; i < cells.Length; i++)
        {
            List<double> near = thresholds[i % features];
            double threshold = near[random.NextInt(near.Count)];
            cells[i] = random.NextInt(9) switch
            {
                0 => Ends[random.NextInt(Ends.Length)],
                1 => threshold,
                2 => double.BitIncrement(threshold),
                3 => double.BitDecrement(threshold),
                4 => (float)threshold,
                5 => float.BitIncrement((float)threshold),
                6 => float.BitDecrement((float)threshold),
                7 => random.NextInt(8),
                _ => random.NextGaussian(),
            };
            cells[i] = !missing && double.IsNaN(cells[i]) ? 3 : cells[i];
        }

        return cells;
    }
}
