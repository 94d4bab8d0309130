using System.Globalization;
using Ensembles.Data;
using Ensembles.Metrics;

namespace Ensembles.Explanation;

/// <summary>What a model says on average where one or two features have certain values, at the points of a grid.</summary>
public sealed class PartialDependence
{
    private readonly Feature[] _features;
    private readonly double[][] _grids;
    private readonly double[] _values;
    private readonly double[] _individual;

    /// <param name="features">One feature or two.</param>
    /// <param name="grids">Their points.</param>
    /// <param name="outputNames">What the outputs are called.</param>
    /// <param name="scale">What is said.</param>
    /// <param name="values">Points × outputs, the points of the second feature side by side.</param>
    /// <param name="individual">Points × rows × outputs, or empty.</param>
    internal PartialDependence(
        Feature[] features, double[][] grids, string[] outputNames, ExplainedScale scale, double[] values, double[] individual)
    {
        _features = features;
        _grids = grids;
        _values = values;
        _individual = individual;
        OutputNames = Array.AsReadOnly(outputNames);
        FeatureNames = Array.AsReadOnly(Array.ConvertAll(features, feature => feature.Name));
        Scale = scale;
    }

    /// <summary>The names of the features: one or two.</summary>
    public IReadOnlyList<string> FeatureNames { get; }

    /// <summary>What the outputs are called.</summary>
    public IReadOnlyList<string> OutputNames { get; }

    /// <summary>What the values are: predictions, or with the recursion the scores of a boosted classifier.</summary>
    public ExplainedScale Scale { get; }

    /// <summary>The number of rows whose own curves were kept; 0 where none were.</summary>
    public int RowCount => _individual.Length / _values.Length;

    /// <summary>Whether the points of a feature are categories.</summary>
    /// <param name="feature">0 for the first feature (default), 1 for the second.</param>
    public bool IsCategorical(int feature = 0) => _features[feature].IsCategorical;

    /// <summary>The points of a feature, rising: numbers, or the codes of categories.</summary>
    /// <param name="feature">0 for the first feature (default), 1 for the second.</param>
    public IReadOnlyList<double> Grid(int feature = 0) => Array.AsReadOnly(_grids[feature]);

    /// <summary>The points of a feature in words: numbers, or the names of categories.</summary>
    /// <param name="feature">0 for the first feature (default), 1 for the second.</param>
    public IReadOnlyList<string> Labels(int feature = 0) => Array.ConvertAll(_grids[feature], value => Label(_features[feature], value));

    /// <summary>The values at all points; of two features, the points of the second side by side.</summary>
    /// <param name="output">The output, from 0 (default).</param>
    public double[] Values(int output = 0)
    {
        CheckOutput(output);
        var values = new double[_values.Length / OutputNames.Count];
        for (int p = 0; p < values.Length; p++)
        {
            values[p] = _values[(p * OutputNames.Count) + output];
        }

        return values;
    }

    /// <summary>The values of two features.</summary>
    /// <param name="output">The output, from 0 (default).</param>
    /// <returns>Points of the first × points of the second.</returns>
    /// <exception cref="InvalidOperationException">There is one feature.</exception>
    public double[,] Matrix(int output = 0)
    {
        if (_grids.Length != 2)
        {
            throw new InvalidOperationException("A matrix needs two features.");
        }

        double[] values = Values(output);
        var matrix = new double[_grids[0].Length, _grids[1].Length];
        Buffer.BlockCopy(values, 0, matrix, 0, values.Length * sizeof(double));
        return matrix;
    }

    /// <summary>The curve of one row: what the model says of it with the features set to each point.</summary>
    /// <param name="row">The row of the table, from 0.</param>
    /// <param name="output">The output, from 0 (default).</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row; none at all without <see cref="PartialDependenceOptions.KeepIndividual"/>.</exception>
    public double[] Individual(int row, int output = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, RowCount);
        CheckOutput(output);
        var curve = new double[_values.Length / OutputNames.Count];
        for (int p = 0; p < curve.Length; p++)
        {
            curve[p] = _individual[(((p * RowCount) + row) * OutputNames.Count) + output];
        }

        return curve;
    }

    /// <summary>A table of the points and the values.</summary>
    public override string ToString() => Table().ToString();

    /// <summary>The same as a fragment of HTML, which notebooks show.</summary>
    public string ToHtml() => Table().ToHtml();

    private TextTable Table()
    {
        var table = new TextTable([.. FeatureNames, .. OutputNames])
        {
            Title = $"Partial dependence on {string.Join(" and ", FeatureNames)}",
        };
        for (int p = 0; p < _values.Length / OutputNames.Count; p++)
        {
            int point = p;
            table.Add(
            [
                Label(_features[0], _grids[0][_grids.Length == 1 ? p : p / _grids[1].Length]),
                .. _grids.Length == 1 ? Array.Empty<string>() : [Label(_features[1], _grids[1][p % _grids[1].Length])],
                .. OutputNames.Select((_, k) => ShapValues.Number(_values[(point * OutputNames.Count) + k])),
            ]);
        }

        return table;
    }

    private static string Label(Feature feature, double value) =>
        feature.IsCategorical ? feature.Categories[(int)value] : value.ToString("G6", CultureInfo.InvariantCulture);

    private void CheckOutput(int output)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(output);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(output, OutputNames.Count);
    }
}
