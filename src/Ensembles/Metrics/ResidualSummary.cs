namespace Ensembles.Metrics;

/// <summary>What is left of targets when the predictions are taken off: y − ŷ, summed up.</summary>
public sealed class ResidualSummary
{
    private ResidualSummary(ReadOnlySpan<double> targets, ReadOnlySpan<double> predictions, ReadOnlySpan<double> weights)
    {
        var residuals = new double[targets.Length];
        var mean = default(WeightedMean);
        for (int row = 0; row < residuals.Length; row++)
        {
            residuals[row] = targets[row] - predictions[row];
            double weight = WeightedMean.WeightOf(weights, row);
            mean.Add(residuals[row], weight);
            LargestRow = weight > 0 && (LargestRow < 0 || Math.Abs(residuals[row]) > Math.Abs(residuals[LargestRow])) ? row : LargestRow;
        }

        Mean = mean.Value();
        var square = default(WeightedMean);
        for (int row = 0; row < residuals.Length; row++)
        {
            square.Add((residuals[row] - Mean) * (residuals[row] - Mean), WeightedMean.WeightOf(weights, row));
        }

        StandardDeviation = Math.Sqrt(square.Value());
        var quantile = new InterpolatedQuantile(residuals, weights);
        Minimum = quantile[0];
        LowerQuartile = quantile[0.25];
        Median = quantile[0.5];
        UpperQuartile = quantile[0.75];
        Maximum = quantile[1];
        MeanAbsoluteError = Metrics.MeanAbsoluteError.Compute(targets, predictions, weights);
        RootMeanSquaredError = Metrics.RootMeanSquaredError.Compute(targets, predictions, weights);
        RSquared = Metrics.RSquared.Compute(targets, predictions, weights);
    }

    /// <summary>The mean residual: above 0 where predictions are too low.</summary>
    public double Mean { get; }

    /// <summary>The standard deviation of the residuals about their mean, divided by their number (or weight).</summary>
    public double StandardDeviation { get; }

    /// <summary>The least residual.</summary>
    public double Minimum { get; }

    /// <summary>The quantile of level ¼, between neighbours as R and NumPy have it by default.</summary>
    public double LowerQuartile { get; }

    /// <summary>The median.</summary>
    public double Median { get; }

    /// <summary>The quantile of level ¾.</summary>
    public double UpperQuartile { get; }

    /// <summary>The greatest residual.</summary>
    public double Maximum { get; }

    /// <summary>The row of the residual that is the farthest from 0; of equals the first.</summary>
    public int LargestRow { get; } = -1;

    /// <summary>The mean of the residuals' sizes.</summary>
    public double MeanAbsoluteError { get; }

    /// <summary>The root of the mean of their squares.</summary>
    public double RootMeanSquaredError { get; }

    /// <summary>The share of the variance of the targets that the predictions explain.</summary>
    public double RSquared { get; }

    /// <summary>Sums residuals up.</summary>
    /// <param name="targets">The true value of each row.</param>
    /// <param name="predictions">The predicted value of each row.</param>
    /// <param name="weights">A weight for each row, or empty.</param>
    /// <exception cref="ArgumentException">
    /// There are no rows, lengths differ, a value is not finite, or a weight is negative, not finite, or all are zero.
    /// </exception>
    public static ResidualSummary Compute(
        ReadOnlySpan<double> targets, ReadOnlySpan<double> predictions, ReadOnlySpan<double> weights = default)
    {
        MetricArguments.RequireRegression(targets, predictions, weights);
        return new ResidualSummary(targets, predictions, weights);
    }

    /// <summary>The quartiles, the mean and the errors.</summary>
    public override string ToString() => Table(title: null).ToString();

    /// <summary>The same as a fragment of HTML, which notebooks show.</summary>
    public string ToHtml() => Table(title: null).ToHtml("residuals");

    /// <summary>The table with a line above it.</summary>
    internal TextTable Table(string? title)
    {
        var table = new TextTable("residuals", "least", "¼", "median", "¾", "greatest", "mean", "std. dev.")
        {
            Title = title,
            Note = $"RMSE {TextTable.Short(RootMeanSquaredError)}, MAE {TextTable.Short(MeanAbsoluteError)}, "
                + $"R² {TextTable.Short(RSquared)}",
        };
        table.Add(
        [
            string.Empty,
            .. new[] { Minimum, LowerQuartile, Median, UpperQuartile, Maximum, Mean, StandardDeviation }.Select(v => TextTable.Short(v)),
        ]);
        return table;
    }
}
