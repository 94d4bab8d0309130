using System.Globalization;
using Ensembles.Data;
using Ensembles.Metrics;
using Ensembles.Numerics;

namespace Ensembles.Explanation;

/// <summary>
/// The Shapley values of rows: what each feature adds to what is expected of a row of which nothing is known. For every row and output
/// the values of all features and the base value add up to what the model says (local accuracy).
/// </summary>
public sealed class ShapValues
{
    private const int RowsOfText = 20;

    private readonly double[] _values;
    private readonly double[] _baseValues;

    internal ShapValues(FeatureTable rows, string[] outputNames, double[] baseValues, double[] values, ExplainedScale scale)
    {
        Rows = rows;
        OutputNames = Array.AsReadOnly(outputNames);
        BaseValues = Array.AsReadOnly(baseValues);
        FeatureNames = Array.AsReadOnly(rows.Schema.Select(feature => feature.Name).ToArray());
        Scale = scale;
        _values = values;
        _baseValues = baseValues;
    }

    /// <summary>The rows, under the schema of the model.</summary>
    public FeatureTable Rows { get; }

    /// <summary>What the values add up to.</summary>
    public ExplainedScale Scale { get; }

    /// <summary>The names of the features, in the order of the values.</summary>
    public IReadOnlyList<string> FeatureNames { get; }

    /// <summary>What the outputs are called: the classes, or of two classes with one score the second, or "value".</summary>
    public IReadOnlyList<string> OutputNames { get; }

    /// <summary>By output what is expected of a row of which nothing is known.</summary>
    public IReadOnlyList<double> BaseValues { get; }

    /// <summary>The number of rows.</summary>
    public int RowCount => Rows.RowCount;

    /// <summary>The number of features.</summary>
    public int FeatureCount => FeatureNames.Count;

    /// <summary>The number of outputs.</summary>
    public int OutputCount => OutputNames.Count;

    /// <summary>What a feature adds to an output of a row.</summary>
    /// <param name="row">The row, from 0.</param>
    /// <param name="feature">The feature, from 0.</param>
    /// <param name="output">The output, from 0 (default).</param>
    public double this[int row, int feature, int output = 0]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfNegative(feature);
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(feature, FeatureCount);
            return Row(row, output)[feature];
        }
    }

    /// <summary>What the features add to an output of a row, in the order of <see cref="FeatureNames"/>.</summary>
    /// <param name="row">The row, from 0.</param>
    /// <param name="output">The output, from 0 (default).</param>
    public ReadOnlySpan<double> Row(int row, int output = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, RowCount);
        CheckOutput(output);
        return _values.AsSpan(checked((row * OutputCount) + output) * FeatureCount, FeatureCount);
    }

    /// <summary>The base value and the values of all features added up: what the model says of a row, on <see cref="Scale"/>.</summary>
    /// <param name="row">The row, from 0.</param>
    /// <param name="output">The output, from 0 (default).</param>
    public double Sum(int row, int output = 0)
    {
        double sum = 0;
        foreach (double value in Row(row, output))
        {
            sum += value;
        }

        return _baseValues[output] + sum;
    }

    /// <summary>The values of an output.</summary>
    /// <param name="output">The output, from 0 (default).</param>
    /// <returns>Rows × features.</returns>
    public double[,] ToMatrix(int output = 0)
    {
        CheckOutput(output);
        var matrix = new double[RowCount, FeatureCount];
        for (int r = 0; r < RowCount; r++)
        {
            ReadOnlySpan<double> row = Row(r, output);
            for (int f = 0; f < row.Length; f++)
            {
                matrix[r, f] = row[f];
            }
        }

        return matrix;
    }

    /// <summary>By feature the mean over the rows of the absolute value for an output: SHAP importance, in the unit of the output.</summary>
    /// <param name="output">The output, from 0.</param>
    public double[] MeanAbsolute(int output)
    {
        CheckOutput(output);
        var means = new double[FeatureCount];
        for (int r = 0; r < RowCount; r++)
        {
            ReadOnlySpan<double> row = Row(r, output);
            for (int f = 0; f < row.Length; f++)
            {
                means[f] += Math.Abs(row[f]);
            }
        }

        for (int f = 0; f < means.Length; f++)
        {
            means[f] /= RowCount;
        }

        return means;
    }

    /// <summary>By feature the mean over the rows and outputs of the absolute value: SHAP importance, in the unit of the outputs.</summary>
    public double[] MeanAbsolute()
    {
        var means = new double[FeatureCount];
        for (int output = 0; output < OutputCount; output++)
        {
            double[] ofOutput = MeanAbsolute(output);
            for (int f = 0; f < means.Length; f++)
            {
                means[f] += ofOutput[f] / OutputCount;
            }
        }

        return means;
    }

    /// <summary>The features and their <see cref="MeanAbsolute()"/>, the greatest first; of equals in the order of the schema.</summary>
    public IReadOnlyList<(string Feature, double Importance)> Importances()
    {
        double[] means = MeanAbsolute();
        return [.. Enumerable.Range(0, FeatureCount).OrderByDescending(f => means[f]).Select(f => (FeatureNames[f], means[f]))];
    }

    /// <summary>A table of the most important features and their mean absolute values.</summary>
    public override string ToString() => Table().ToString();

    /// <summary>The same as a fragment of HTML, which notebooks show, with a bar a feature.</summary>
    public string ToHtml() => Table().ToHtml();

    private TextTable Table()
    {
        IReadOnlyList<(string Feature, double Importance)> importances = Importances();
        string outputs = OutputCount == 1 ? string.Empty : $" × {Counted.Text(OutputCount, "output", "outputs")}";
        string size = $"{Counted.Text(RowCount, "row", "rows")} × {Counted.Text(FeatureCount, "feature", "features")}{outputs}";
        int more = FeatureCount - RowsOfText;
        var table = new TextTable("feature", "mean |value|")
        {
            Title = $"SHAP values of {size}; base value {string.Join(", ", _baseValues.Select(Number))}",
            Note = more > 0 ? $"… {Counted.Text(more, "more feature", "more features")}" : null,
        };
        foreach ((string feature, double importance) in importances.Take(RowsOfText))
        {
            table.AddBar(importances[0].Importance > 0 ? importance / importances[0].Importance : 0, feature, Number(importance));
        }

        return table;
    }

    internal static string Number(double value) => value.ToString("G4", CultureInfo.InvariantCulture);

    private void CheckOutput(int output)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(output);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(output, OutputCount);
    }
}
