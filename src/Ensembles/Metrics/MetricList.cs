using System.Collections;
using System.Runtime.CompilerServices;

namespace Ensembles.Metrics;

/// <summary>Makes lists of metrics; the compiler calls it for <c>[a, b]</c>.</summary>
public static class MetricList
{
    /// <summary>A list of metrics.</summary>
    /// <typeparam name="TMetric">Their kind.</typeparam>
    /// <param name="metrics">The metrics, none of a name twice.</param>
    /// <exception cref="ArgumentException">A metric is null, or two have one name.</exception>
    public static MetricList<TMetric> Create<TMetric>(params ReadOnlySpan<TMetric> metrics)
        where TMetric : Metric => new([.. metrics]);
}

/// <summary>Metrics in an order, compared by value; written as <c>[ClassificationMetric.LogLoss, ClassificationMetric.Accuracy]</c>.</summary>
/// <typeparam name="TMetric">Their kind.</typeparam>
[CollectionBuilder(typeof(MetricList), nameof(MetricList.Create))]
public sealed class MetricList<TMetric> : IReadOnlyList<TMetric>, IEquatable<MetricList<TMetric>>
    where TMetric : Metric
{
    private readonly TMetric[] _metrics;

    internal MetricList(TMetric[] metrics)
    {
        _metrics = metrics;
        for (int i = 0; i < metrics.Length; i++)
        {
            if (metrics[i] is null)
            {
                throw new ArgumentException(MetricArguments.Text($"Metric {i} is null."), nameof(metrics));
            }

            if (Array.FindIndex(metrics, metric => string.Equals(metric?.Name, metrics[i].Name, StringComparison.Ordinal)) < i)
            {
                throw new ArgumentException($"Two metrics have the name '{metrics[i].Name}'.", nameof(metrics));
            }
        }
    }

    /// <summary>The number of metrics.</summary>
    public int Count => _metrics.Length;

    /// <summary>A metric.</summary>
    /// <param name="index">Its place, from 0.</param>
    public TMetric this[int index] => _metrics[index];

    /// <inheritdoc/>
    public IEnumerator<TMetric> GetEnumerator() => ((IEnumerable<TMetric>)_metrics).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Whether both have the same metrics in the same order.</summary>
    /// <param name="other">The other list.</param>
    public bool Equals(MetricList<TMetric>? other) => other is not null && _metrics.AsSpan().SequenceEqual(other._metrics);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as MetricList<TMetric>);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (TMetric metric in _metrics)
        {
            hash.Add(metric);
        }

        return hash.ToHashCode();
    }

    /// <summary>The names of the metrics.</summary>
    public override string ToString() => string.Join(", ", _metrics.Select(metric => metric.Name));
}
