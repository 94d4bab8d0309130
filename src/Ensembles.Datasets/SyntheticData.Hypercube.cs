using System.Globalization;
using Ensembles.Data;
using Ensembles.Numerics;

namespace Ensembles.Datasets;

public static partial class SyntheticData
{
    /// <summary>
    /// Normal clusters around vertices of a hypercube, each with random correlations of its own, hidden among features that combine,
    /// repeat or only disturb: the scheme of the Madelon data. Columns are named after what they are (informative0, redundant0,
    /// repeated0, noise0 …), classes "0", "1" ….
    /// </summary>
    /// <remarks>I. Guyon: Design of experiments of the NIPS 2003 variable selection benchmark (2003).</remarks>
    /// <param name="rows">The number of rows, at least 1.</param>
    /// <param name="options">The shape of the problem; null for the defaults.</param>
    /// <param name="seed">Other seeds give other vertices, correlations and rows.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number of rows is below 1.</exception>
    /// <exception cref="ArgumentException">The hypercube has fewer vertices than there are clusters.</exception>
    public static ClassificationDataset Hypercube(int rows, HypercubeOptions? options = null, ulong seed = 0)
    {
        options ??= new HypercubeOptions();
        var plan = new HypercubePlan(options, seed);
        float[][] x = NewColumns(rows, options.Features);
        var labels = new int[rows];
        var normal = new double[options.Informative];
        var cells = new double[options.Features];
        for (int r = 0; r < rows; r++)
        {
            RandomStream random = RowStream(Design.Hypercube, seed, r);
            int cluster = random.NextInt(options.Classes * options.ClustersPerClass);
            bool flip = random.NextDouble() < options.Flipped;
            int other = random.NextInt(options.Classes);
            labels[r] = flip ? other : cluster % options.Classes;
            foreach (ref double z in normal.AsSpan())
            {
                z = random.NextGaussian();
            }

            plan.FillSignal(cluster, normal, cells);
            foreach (ref double cell in cells.AsSpan(cells.Length - options.Noise))
            {
                cell = random.NextGaussian();
            }

            for (int c = 0; c < cells.Length; c++)
            {
                x[plan.Places[c]][r] = (float)cells[c];
            }
        }

        var classes = new ClassLabels(Enumerable.Range(0, options.Classes).Select(k => k.ToString(CultureInfo.InvariantCulture)));
        return ClassificationDataset.FromIndices(Table(x, plan.Names), classes, labels);
    }

    /// <summary>What all rows of one hypercube problem have in common.</summary>
    private sealed class HypercubePlan
    {
        // More vertices than this differ in their first dimensions already.
        private const int MostVertexBits = 30;

        private readonly HypercubeOptions _options;
        private readonly double[][] _centres;
        private readonly double[][] _correlations;
        private readonly double[] _combinations;
        private readonly int[] _repeats;

        public HypercubePlan(HypercubeOptions options, ulong seed)
        {
            _options = options;
            int dimensions = options.Informative;
            int vertexBits = Math.Min(dimensions, MostVertexBits);
            long clusters = (long)options.Classes * options.ClustersPerClass;
            if (clusters > 1 << vertexBits)
            {
                throw new ArgumentException(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{options.Classes} classes of {options.ClustersPerClass} clusters need {clusters} vertices, "
                        + $"but a hypercube of {dimensions} informative features has {1 << vertexBits}."),
                    nameof(options));
            }

            RandomStream random = SharedStream(Design.Hypercube, seed);
            var vertices = new int[clusters];
            random.SampleWithoutReplacement(1 << vertexBits, vertices);
            _centres = new double[clusters][];
            _correlations = new double[clusters][];
            for (int k = 0; k < clusters; k++)
            {
                _centres[k] = new double[dimensions];
                for (int d = 0; d < dimensions; d++)
                {
                    bool far = d < vertexBits ? (vertices[k] >> d & 1) == 1 : random.NextInt(2) == 1;
                    _centres[k][d] = far ? options.ClassSeparation : -options.ClassSeparation;
                }

                _correlations[k] = NextSymmetricUniforms(ref random, dimensions * dimensions);
            }

            _combinations = NextSymmetricUniforms(ref random, options.Redundant * dimensions);
            _repeats = new int[options.Repeated];
            foreach (ref int repeat in _repeats.AsSpan())
            {
                repeat = random.NextInt(options.Informative + options.Redundant);
            }

            Places = [.. Enumerable.Range(0, options.Features)];
            if (options.ShuffleColumns)
            {
                random.Shuffle(Places.AsSpan());
            }

            Names = new string[options.Features];
            Name("informative", options.Informative, 0);
            Name("redundant", options.Redundant, options.Informative);
            Name("repeated", options.Repeated, options.Informative + options.Redundant);
            Name("noise", options.Noise, options.Features - options.Noise);
        }

        /// <summary>For each feature, in the order informative, redundant, repeated, noise, its column.</summary>
        public int[] Places { get; }

        /// <summary>The name of each column.</summary>
        public string[] Names { get; }

        /// <summary>Writes the informative, redundant and repeated features of a row of a cluster.</summary>
        /// <param name="cluster">The cluster of the row.</param>
        /// <param name="normal">One standard normal number for each informative feature.</param>
        /// <param name="cells">The features of the row; those of noise are left alone.</param>
        public void FillSignal(int cluster, ReadOnlySpan<double> normal, Span<double> cells)
        {
            int dimensions = _options.Informative;
            for (int d = 0; d < dimensions; d++)
            {
                cells[d] = Dot(normal, _correlations[cluster].AsSpan(d * dimensions, dimensions)) + _centres[cluster][d];
            }

            for (int i = 0; i < _options.Redundant; i++)
            {
                cells[dimensions + i] = Dot(cells[..dimensions], _combinations.AsSpan(i * dimensions, dimensions));
            }

            for (int i = 0; i < _repeats.Length; i++)
            {
                cells[dimensions + _options.Redundant + i] = cells[_repeats[i]];
            }
        }

        private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
        {
            double sum = 0;
            for (int i = 0; i < a.Length; i++)
            {
                sum += a[i] * b[i];
            }

            return sum;
        }

        private static double[] NextSymmetricUniforms(ref RandomStream random, int count)
        {
            var numbers = new double[count];
            foreach (ref double number in numbers.AsSpan())
            {
                number = (2 * random.NextDouble()) - 1;
            }

            return numbers;
        }

        private void Name(string kind, int count, int first)
        {
            for (int i = 0; i < count; i++)
            {
                Names[Places[first + i]] = string.Create(CultureInfo.InvariantCulture, $"{kind}{i}");
            }
        }
    }
}
