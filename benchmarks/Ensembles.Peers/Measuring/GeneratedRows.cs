using Ensembles.Datasets;
using Ensembles.Numerics;

namespace Ensembles.Peers.Measuring;

/// <summary>
/// Rows of any number for measurements of speed: normal columns, every third of them exponentiated and so skewed, and a target that is a
/// sum of products, a step, a wave and a logarithm of nine of them. Row i is a function of the seed and i alone.
/// </summary>
internal static class GeneratedRows
{
    /// <summary>The least number of columns: the target reads the first nine.</summary>
    public const int LeastColumns = 9;

    // Test rows come from far behind, so a seed has the same for every number of training rows.
    private const int FirstTestRow = 1 << 30;

    /// <summary>By column, in turn, how many values the columns of few values have.</summary>
    private static readonly int[] LevelCounts = [2, 3, 5, 8, 12, 20, 50];

    /// <summary>Two classes: the score is the log-odds of the second.</summary>
    public static Problem TwoClasses(int train, int test, int columns, ulong seed) => Both(train, test, columns, seed, classes: 2);

    /// <summary>Two classes and columns of 2 to 50 values: the normal numbers cut into levels of equal width.</summary>
    public static Problem FewValues(int train, int test, int columns, ulong seed) =>
        Both(train, test, columns, seed, classes: 2, fewValues: true);

    /// <summary>A number: the score and normal noise.</summary>
    public static Problem Numbers(int train, int test, int columns, ulong seed) => Both(train, test, columns, seed, classes: 0);

    /// <summary>Ten classes in 28 columns: two clusters each, ten informative columns, eight combinations of them and ten of noise.</summary>
    public static Problem TenClasses(int train, int test, ulong seed)
    {
        var options = new HypercubeOptions { Classes = 10, Informative = 10, Redundant = 8, Repeated = 0, Noise = 10, ClustersPerClass = 2 };
        var all = Rows.Of(SyntheticData.Hypercube(train + test, options, seed));
        return new Problem(all.Slice(0, train), all.Slice(train, test));
    }

    /// <summary>Training rows alone.</summary>
    public static Rows TwoClasses(int rows, int columns, ulong seed) => Make(0, rows, columns, seed, 2, fewValues: false);

    private static Problem Both(int train, int test, int columns, ulong seed, int classes, bool fewValues = false) =>
        new(Make(0, train, columns, seed, classes, fewValues), Make(FirstTestRow, test, columns, seed, classes, fewValues));

    private static Rows Make(int first, int count, int columns, ulong seed, int classes, bool fewValues)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, LeastColumns);
        float[][] cells = [.. Enumerable.Range(0, columns).Select(_ => new float[count])];
        var target = new double[count];
        Span<float> head = stackalloc float[LeastColumns];
        for (int r = 0; r < count; r++)
        {
            var random = new RandomStream(KeyedRandom.Mix(seed, (ulong)(first + r)));
            for (int c = 0; c < columns; c++)
            {
                double normal = random.NextGaussian();
                float value = (float)(c % 3 == 0 ? DeterministicMath.Exp(normal) : normal);
                if (c < LeastColumns)
                {
                    head[c] = value;
                }

                cells[c][r] = fewValues ? Level(normal, LevelCounts[c % LevelCounts.Length]) : value;
            }

            double score = Score(head);
            target[r] = classes == 0
                ? score + (0.5 * random.NextGaussian())
                : DeterministicMath.Sigmoid(score) > random.NextDouble() ? 1 : 0;
        }

        return new Rows(cells, target, classes);
    }

    private static double Score(ReadOnlySpan<float> x) =>
        ((double)x[1] * x[2])
        + (x[4] > 0.3f ? 1 : -0.5)
        + DeterministicTrigonometry.SinPi(2 * x[5] / Math.PI)
        + (0.5 * DeterministicMath.Log((double)x[0] + x[3]))
        - (0.3 * x[7] * x[8]);

    private static float Level(double normal, int levels) => (float)Math.Clamp(Math.Floor((normal + 2.5) / 5 * levels), 0, levels - 1);
}
