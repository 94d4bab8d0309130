using System.Globalization;
using System.Text.Json.Nodes;
using Ensembles.Data;
using Ensembles.Explanation;
using Ensembles.Plots.Specs;

namespace Ensembles.Plots;

public static partial class Plot
{
    private const int SwarmHeight = 30;

    /// <summary>The mean absolute SHAP values of the features, the greatest first.</summary>
    /// <param name="values">The values.</param>
    /// <param name="top">How many features to show, at least 1 (default 20); the subtitle says how many there are.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="top"/> is below 1.</exception>
    public static Chart Importances(ShapValues values, int top = 20)
    {
        ArgumentNullException.ThrowIfNull(values);
        return Importances(values.FeatureNames, values.MeanAbsolute(), errors: null, top) with
        {
            Title = "SHAP importances",
            Subtitle = Shown($"mean of |SHAP value| over {Spec.Whole(values.RowCount)} rows", values.FeatureCount, top),
        };
    }

    /// <summary>
    /// What the features add to the predictions of many rows (S. Lundberg et al. 2020): a line of points a feature, a point a row, with the
    /// colour of the value that the feature has there. Features stand in the order of their mean absolute values.
    /// </summary>
    /// <param name="values">The SHAP values.</param>
    /// <param name="output">The output, from 0 (default).</param>
    /// <param name="top">How many features to show, at least 1 (default 12).</param>
    /// <param name="mostPoints">How many points are drawn at most, at least 1 (default 3,000); the subtitle says so.</param>
    /// <param name="seed">Other seeds draw other rows.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such output, or a number is below 1.</exception>
    public static Chart ShapSummary(ShapValues values, int output = 0, int top = 12, int mostPoints = 3000, ulong seed = 0)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(mostPoints, 1);
        double[] means = values.MeanAbsolute(output);
        int[] features = [.. Enumerable.Range(0, values.FeatureCount).OrderByDescending(f => means[f]).Take(top)];
        int most = Math.Max(1, mostPoints / features.Length);
        int[] rows = Sample.Rows(values.RowCount, most, seed);
        return new Chart(chart => Swarm.Build(chart, values, output, features, rows))
        {
            Title = $"SHAP values{OfOutput(values, output)}",
            Subtitle = Sample.Notes(Shown(string.Empty, values.FeatureCount, top), Sample.Note(values.RowCount, most, "rows")),
            Height = features.Length * SwarmHeight,
        };
    }

    /// <summary>How the prediction of a row comes about: from the base value, feature after feature, to what the model says.</summary>
    /// <param name="values">The SHAP values.</param>
    /// <param name="row">The row, from 0.</param>
    /// <param name="output">The output, from 0 (default).</param>
    /// <param name="top">How many features have a bar of their own, at least 1 (default 10); the others share one.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row or output, or <paramref name="top"/> is below 1.</exception>
    public static Chart ShapWaterfall(ShapValues values, int row, int output = 0, int top = 10)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        Waterfall waterfall = Waterfall.Of(values, row, output, top);
        return new Chart(waterfall.Build)
        {
            Title = string.Create(CultureInfo.InvariantCulture, $"Row {row}: how the model comes to {Spec.Text(values.Sum(row, output))}"),
            Subtitle = $"from the base value {Spec.Text(values.BaseValues[output])}{OfOutput(values, output)}",
            Height = waterfall.Count * BarHeight,
        };
    }

    /// <summary>What a feature adds to the predictions by the value that it has: a point a row.</summary>
    /// <param name="values">The SHAP values.</param>
    /// <param name="feature">The name or the number of the feature.</param>
    /// <param name="colorBy">The name or the number of another feature whose value gives the colours; null for none.</param>
    /// <param name="output">The output, from 0 (default).</param>
    /// <param name="mostPoints">How many points are drawn at most, at least 1 (default 2,000); the subtitle says so.</param>
    /// <param name="seed">Other seeds draw other rows.</param>
    /// <exception cref="ArgumentException">There is no such feature.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such output, or <paramref name="mostPoints"/> is below 1.</exception>
    public static Chart ShapDependence(
        ShapValues values,
        FeatureReference feature,
        FeatureReference? colorBy = null,
        int output = 0,
        int mostPoints = 2000,
        ulong seed = 0)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentOutOfRangeException.ThrowIfLessThan(mostPoints, 1);
        int column = feature.Resolve(values.Rows.Schema, nameof(feature));
        int? color = colorBy?.Resolve(values.Rows.Schema, nameof(colorBy));
        int[] rows = Sample.Rows(values.RowCount, mostPoints, seed);
        double[] added = [.. rows.Select(row => values[row, column, output])];
        return new Chart(chart => Dependence.Build(chart, values.Rows, rows, added, column, color))
        {
            Title = $"What {values.FeatureNames[column]} adds{OfOutput(values, output)}",
            Subtitle = Sample.Note(values.RowCount, mostPoints, "rows"),
        };
    }

    private static string OfOutput(ShapValues values, int output) =>
        values.OutputNames[output] is "value" ? string.Empty : $" for {values.OutputNames[output]}{ScaleOf(values)}";

    private static string ScaleOf(ShapValues values) => values.Scale == ExplainedScale.Score ? " (score)" : string.Empty;
}
