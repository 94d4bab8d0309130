namespace Ensembles.Metrics;

/// <summary>
/// Quantiles between neighbouring values: the first value is the quantile of level 0, the last that of level 1, and each is as far from its
/// neighbour as the mean of their weights says. Without weights these are the quantiles of type 7 (R. Hyndman and Y. Fan: Sample Quantiles
/// in Statistical Packages, 1996), the default of NumPy and R.
/// </summary>
internal sealed class InterpolatedQuantile
{
    private readonly double[] _sorted;
    private readonly double[]? _places;

    /// <param name="values">At least one of weight above 0.</param>
    /// <param name="weights">A weight for each, or empty.</param>
    public InterpolatedQuantile(ReadOnlySpan<double> values, ReadOnlySpan<double> weights)
    {
        _sorted = values.ToArray();
        if (weights.IsEmpty)
        {
            Array.Sort(_sorted);
            return;
        }

        double[] kept = weights.ToArray();
        Array.Sort(_sorted, kept);
        int[] present = [.. Enumerable.Range(0, kept.Length).Where(i => kept[i] > 0)];
        _sorted = Array.ConvertAll(present, i => _sorted[i]);
        kept = Array.ConvertAll(present, i => kept[i]);
        _places = new double[kept.Length];
        for (int i = 1; i < kept.Length; i++)
        {
            _places[i] = _places[i - 1] + ((kept[i - 1] + kept[i]) / 2);
        }
    }

    /// <summary>The quantile of a level from 0 to 1.</summary>
    public double this[double level]
    {
        get
        {
            if (_sorted.Length == 1)
            {
                return _sorted[0];
            }

            int below;
            double share;
            if (_places is null)
            {
                double place = level * (_sorted.Length - 1);
                below = Math.Min((int)place, _sorted.Length - 2);
                share = place - below;
            }
            else
            {
                double place = level * _places[^1];
                int found = Array.BinarySearch(_places, place);
                below = Math.Clamp(found >= 0 ? found : ~found - 1, 0, _sorted.Length - 2);
                share = (place - _places[below]) / (_places[below + 1] - _places[below]);
            }

            // From the nearer end, so that level 1 gives the last value itself.
            double step = _sorted[below + 1] - _sorted[below];
            return share < 0.5 ? _sorted[below] + (step * share) : _sorted[below + 1] - (step * (1 - share));
        }
    }
}
