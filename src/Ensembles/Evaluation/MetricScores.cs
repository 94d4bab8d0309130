using System.Globalization;
using Ensembles.Metrics;
using Ensembles.Numerics;

namespace Ensembles.Evaluation;

/// <summary>The values of a metric on several test sets, and what they come to.</summary>
/// <typeparam name="TMetric">The kind of the metric.</typeparam>
public sealed class MetricScores<TMetric>
    where TMetric : Metric
{
    private readonly double[] _values;

    /// <param name="metric">The metric.</param>
    /// <param name="values">Its values; kept.</param>
    /// <param name="testRatio">The mean number of rows tested on, for each row learned from.</param>
    internal MetricScores(TMetric metric, double[] values, double testRatio)
    {
        Metric = metric;
        _values = values;
        TestRatio = testRatio;
        Mean = OrderedSum.Of(values) / values.Length;
        StandardDeviation = Math.Sqrt(OrderedSum.Of(Array.ConvertAll(values, v => (v - Mean) * (v - Mean))) / (values.Length - 1));
    }

    /// <summary>The metric.</summary>
    public TMetric Metric { get; }

    /// <summary>The values, in the order of the folds.</summary>
    public ReadOnlySpan<double> Values => _values;

    /// <summary>The number of values.</summary>
    public int Count => _values.Length;

    /// <summary>The mean of the values, each fold counting the same.</summary>
    public double Mean { get; }

    /// <summary>The standard deviation of the values, with n − 1; NaN of a single one.</summary>
    public double StandardDeviation { get; }

    /// <summary>
    /// The standard deviation by √n. The training sets of folds overlap, so it is too small for telling models apart:
    /// <see cref="CorrectedStandardError"/>.
    /// </summary>
    public double StandardError => StandardDeviation / Math.Sqrt(Count);

    /// <summary>
    /// The standard error that allows for overlapping training sets: s·√(1/n + n_test/n_train) (C. Nadeau and Y. Bengio: Inference for the
    /// Generalization Error, 2003).
    /// </summary>
    public double CorrectedStandardError => StandardDeviation * Math.Sqrt((1.0 / Count) + TestRatio);

    /// <summary>The mean number of rows tested on, for each row learned from.</summary>
    internal double TestRatio { get; }

    /// <summary>The values as an array that is never written.</summary>
    internal double[] ValueArray => _values;

    /// <summary>The mean and its standard error.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Metric.Name} {TextTable.Short(Mean)} ± {TextTable.Short(StandardError, 2)}");
}
