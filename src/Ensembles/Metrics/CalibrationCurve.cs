using Ensembles.Numerics;

namespace Ensembles.Metrics;

/// <summary>The rows whose probability lies in a range.</summary>
/// <param name="Lower">The lower end of the range, excluded (included in the first bin).</param>
/// <param name="Upper">The upper end, included.</param>
/// <param name="MeanProbability">The mean of their probabilities.</param>
/// <param name="ObservedShare">The share of them that is of class 1.</param>
/// <param name="Weight">Their number, or the sum of their weights.</param>
public readonly record struct CalibrationBin(double Lower, double Upper, double MeanProbability, double ObservedShare, double Weight);

/// <summary>
/// The reliability diagram: what was observed beside what was predicted. Of calibrated probabilities the two are alike in each bin.
/// </summary>
public sealed class CalibrationCurve
{
    private CalibrationCurve(CalibrationBin[] bins)
    {
        Bins = Array.AsReadOnly(bins);
        double total = bins.Sum(bin => bin.Weight);
        ExpectedError = bins.Sum(bin => bin.Weight * Gap(bin)) / total;
        MaximumError = bins.Max(Gap);
    }

    /// <summary>The bins that have rows, by rising probability.</summary>
    public IReadOnlyList<CalibrationBin> Bins { get; }

    /// <summary>The mean distance of observed share and mean probability over the rows (expected calibration error).</summary>
    public double ExpectedError { get; }

    /// <summary>The greatest of these distances over the bins (maximum calibration error).</summary>
    public double MaximumError { get; }

    /// <summary>Computes the curve.</summary>
    /// <param name="labels">The true class of each row, 0 or 1.</param>
    /// <param name="probabilities">The probability of class 1 for each row.</param>
    /// <param name="bins">The number of bins, at least 1 (default 10).</param>
    /// <param name="strategy">How they are laid (default: of the same width).</param>
    /// <param name="weights">A weight for each row, or empty.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is less than one bin, or the strategy is none.</exception>
    /// <exception cref="ArgumentException">
    /// There are no rows, lengths differ, a label is not 0 or 1, a probability is outside 0 to 1 or NaN, or a weight is negative, not
    /// finite, or all are zero.
    /// </exception>
    public static CalibrationCurve Compute(
        ReadOnlySpan<int> labels,
        ReadOnlySpan<double> probabilities,
        int bins = 10,
        CalibrationBins strategy = CalibrationBins.Uniform,
        ReadOnlySpan<double> weights = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 1);
        MetricArguments.RequireBinary(labels, weights);
        MetricArguments.RequireLength(probabilities.Length, labels.Length);
        MetricArguments.RequireProbabilities(probabilities);
        double[] edges = strategy switch
        {
            CalibrationBins.Uniform => [.. Enumerable.Range(0, bins + 1).Select(b => (double)b / bins)],
            CalibrationBins.Quantile => QuantileEdges(probabilities, weights, bins),
            _ => throw new ArgumentOutOfRangeException(nameof(strategy), strategy, "The strategy must be Uniform or Quantile."),
        };

        var sums = new Sums[bins];
        for (int row = 0; row < labels.Length; row++)
        {
            ref Sums sum = ref sums[BinOf(edges, probabilities[row])];
            double weight = WeightedMean.WeightOf(weights, row);
            sum.Weight.Add(weight);
            sum.Probability.Add(weight * probabilities[row]);
            sum.Positive.Add(labels[row] == 1 ? weight : 0);
        }

        var filled = new List<CalibrationBin>();
        for (int b = 0; b < bins; b++)
        {
            double weight = sums[b].Weight.Total();
            if (weight > 0)
            {
                filled.Add(new CalibrationBin(
                    edges[b], edges[b + 1], sums[b].Probability.Total() / weight, sums[b].Positive.Total() / weight, weight));
            }
        }

        return new CalibrationCurve([.. filled]);
    }

    /// <summary>A line a bin, and the errors.</summary>
    public override string ToString() => Table().ToString();

    /// <summary>The same as a fragment of HTML, which notebooks show.</summary>
    public string ToHtml() => Table().ToHtml("calibration");

    private TextTable Table()
    {
        var table = new TextTable("probability", "mean", "observed", "rows")
        {
            Note = $"expected calibration error {TextTable.Number(ExpectedError)}, maximum {TextTable.Number(MaximumError)}",
        };
        foreach (CalibrationBin bin in Bins)
        {
            table.Add(
                $"{TextTable.Number(bin.Lower, "0.000")} to {TextTable.Number(bin.Upper, "0.000")}",
                TextTable.Number(bin.MeanProbability),
                TextTable.Number(bin.ObservedShare),
                TextTable.Number(bin.Weight, "0.###"));
        }

        return table;
    }

    private static double Gap(CalibrationBin bin) => Math.Abs(bin.ObservedShare - bin.MeanProbability);

    private static double[] QuantileEdges(ReadOnlySpan<double> probabilities, ReadOnlySpan<double> weights, int bins)
    {
        var quantile = new InterpolatedQuantile(probabilities, weights);
        return [.. Enumerable.Range(0, bins + 1).Select(b => quantile[(double)b / bins])];
    }

    /// <summary>The number of inner edges below a probability.</summary>
    private static int BinOf(double[] edges, double probability)
    {
        int low = 1;
        int high = edges.Length - 1;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (edges[middle] < probability)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low - 1;
    }

    private struct Sums
    {
        public OrderedSum Weight;
        public OrderedSum Probability;
        public OrderedSum Positive;
    }
}
