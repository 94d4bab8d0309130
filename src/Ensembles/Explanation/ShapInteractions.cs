using Ensembles.Data;

namespace Ensembles.Explanation;

/// <summary>
/// The SHAP interaction values of rows (Lundberg et al. 2020): the value of a feature parted into its own effect, on the diagonal, and
/// half of what it changes together with each other feature. A row of the matrix adds up to the Shapley value of its feature.
/// </summary>
public sealed class ShapInteractions
{
    private readonly double[] _values;

    internal ShapInteractions(FeatureTable rows, string[] outputNames, double[] baseValues, double[] values, ExplainedScale scale)
    {
        Rows = rows;
        OutputNames = Array.AsReadOnly(outputNames);
        BaseValues = Array.AsReadOnly(baseValues);
        FeatureNames = Array.AsReadOnly(rows.Schema.Select(feature => feature.Name).ToArray());
        Scale = scale;
        _values = values;
    }

    /// <summary>The rows, under the schema of the model.</summary>
    public FeatureTable Rows { get; }

    /// <summary>What the values add up to.</summary>
    public ExplainedScale Scale { get; }

    /// <summary>The names of the features, in the order of the values.</summary>
    public IReadOnlyList<string> FeatureNames { get; }

    /// <summary>What the outputs are called.</summary>
    public IReadOnlyList<string> OutputNames { get; }

    /// <summary>By output what is expected of a row of which nothing is known.</summary>
    public IReadOnlyList<double> BaseValues { get; }

    /// <summary>The number of rows.</summary>
    public int RowCount => Rows.RowCount;

    /// <summary>The number of features.</summary>
    public int FeatureCount => FeatureNames.Count;

    /// <summary>The number of outputs.</summary>
    public int OutputCount => OutputNames.Count;

    /// <summary>The interaction of two features in a row, or the own effect of one.</summary>
    /// <param name="row">The row, from 0.</param>
    /// <param name="first">A feature, from 0.</param>
    /// <param name="second">Another, or the same.</param>
    /// <param name="output">The output, from 0 (default).</param>
    public double this[int row, int first, int second, int output = 0]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(first);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(first, FeatureCount);
            ArgumentOutOfRangeException.ThrowIfNegative(second);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(second, FeatureCount);
            return Row(row, output)[(first * FeatureCount) + second];
        }
    }

    /// <summary>The matrix of a row: features × features, symmetric.</summary>
    /// <param name="row">The row, from 0.</param>
    /// <param name="output">The output, from 0 (default).</param>
    public ReadOnlySpan<double> Row(int row, int output = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, RowCount);
        ArgumentOutOfRangeException.ThrowIfNegative(output);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(output, OutputCount);
        int size = FeatureCount * FeatureCount;
        return _values.AsSpan(checked(((row * OutputCount) + output) * size), size);
    }

    /// <summary>
    /// By pair of features the mean over rows and outputs of the absolute value; off the diagonal of both halves of an interaction.
    /// </summary>
    /// <returns>Features × features, symmetric.</returns>
    public double[,] MeanAbsolute()
    {
        var means = new double[FeatureCount, FeatureCount];
        for (int r = 0; r < RowCount; r++)
        {
            for (int k = 0; k < OutputCount; k++)
            {
                ReadOnlySpan<double> matrix = Row(r, k);
                for (int i = 0; i < matrix.Length; i++)
                {
                    (int first, int second) = (i / FeatureCount, i % FeatureCount);
                    means[first, second] += (first == second ? 1 : 2) * Math.Abs(matrix[i]) / ((double)RowCount * OutputCount);
                }
            }
        }

        return means;
    }

    /// <summary>The pairs of features by their <see cref="MeanAbsolute"/>, the strongest first.</summary>
    public IReadOnlyList<(string First, string Second, double Strength)> Strongest()
    {
        double[,] means = MeanAbsolute();
        var pairs = new List<(string First, string Second, double Strength)>();
        for (int i = 0; i < FeatureCount; i++)
        {
            for (int j = i + 1; j < FeatureCount; j++)
            {
                pairs.Add((FeatureNames[i], FeatureNames[j], means[i, j]));
            }
        }

        return [.. pairs.OrderByDescending(pair => pair.Strength)];
    }
}
