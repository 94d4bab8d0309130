using Ensembles.Numerics;

namespace Ensembles.Metrics;

/// <summary>A weighted mean whose bits depend on the order of the rows alone. A mutable struct: keep it in a local.</summary>
internal struct WeightedMean
{
    private OrderedSum _sum;
    private OrderedSum _weight;

    /// <summary>The weight of a row: 1 where there are no weights.</summary>
    public static double WeightOf(ReadOnlySpan<double> weights, int row) => weights.IsEmpty ? 1 : weights[row];

    public void Add(double value, double weight)
    {
        _sum.Add(weight * value);
        _weight.Add(weight);
    }

    public readonly double Value() => _sum.Total() / _weight.Total();
}
