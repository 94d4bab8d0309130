using System.Text.Json.Nodes;
using Ensembles.Metrics;
using Ensembles.Plots.Specs;

namespace Ensembles.Plots;

public static partial class Plot
{
    /// <summary>
    /// What predictions leave of the targets, y − ŷ, by what was predicted: a good model leaves a cloud about 0 without a shape.
    /// </summary>
    /// <param name="targets">The true value of each row.</param>
    /// <param name="predictions">The predicted value of each row.</param>
    /// <param name="mostPoints">How many rows are drawn at most, at least 1 (default 2,000); the subtitle says so.</param>
    /// <param name="seed">Other seeds draw other rows.</param>
    /// <exception cref="ArgumentException">There are no rows, or the lengths differ.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="mostPoints"/> is below 1.</exception>
    public static Chart Residuals(
        ReadOnlySpan<double> targets, ReadOnlySpan<double> predictions, int mostPoints = 2000, ulong seed = 0)
    {
        double[] predicted = predictions.ToArray();
        double[] residuals = targets.ToArray();
        CheckLengths(residuals.Length, predicted.Length, nameof(predictions));
        for (int i = 0; i < residuals.Length; i++)
        {
            residuals[i] -= predicted[i];
        }

        var body = new PointChart(predicted, residuals)
        {
            XTitle = "predicted",
            YTitle = "residual: actual − predicted",
            Most = mostPoints,
            Seed = seed,
            Reference = (predicted.Min(), 0, predicted.Max(), 0),
        };
        return new Chart(body.Build) { Title = "Residuals", Subtitle = Sample.Notes(Errors(targets, predictions), body.Note) };
    }

    /// <summary>What was by what was predicted: a good model leaves the points near the line where both are equal.</summary>
    /// <inheritdoc cref="Residuals(ReadOnlySpan{double}, ReadOnlySpan{double}, int, ulong)"/>
    public static Chart Predictions(
        ReadOnlySpan<double> targets, ReadOnlySpan<double> predictions, int mostPoints = 2000, ulong seed = 0)
    {
        double[] predicted = predictions.ToArray();
        double[] actual = targets.ToArray();
        CheckLengths(actual.Length, predicted.Length, nameof(predictions));
        double low = Math.Max(predicted.Min(), actual.Min());
        double high = Math.Min(predicted.Max(), actual.Max());
        var body = new PointChart(predicted, actual)
        {
            XTitle = "predicted",
            YTitle = "actual",
            Most = mostPoints,
            Seed = seed,
            Reference = (low, low, high, high),
        };
        return new Chart(body.Build)
        {
            Title = "Actual and predicted",
            Subtitle = Sample.Notes(Errors(targets, predictions), body.Note),
            Width = SquareSize,
            Height = SquareSize,
        };
    }

    private static string Errors(ReadOnlySpan<double> targets, ReadOnlySpan<double> predictions) =>
        $"RMSE {Spec.Text(RootMeanSquaredError.Compute(targets, predictions))}, R² {Spec.Text(RSquared.Compute(targets, predictions), 3)}";
}
