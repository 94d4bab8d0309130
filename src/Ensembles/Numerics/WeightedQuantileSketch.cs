namespace Ensembles.Numerics;

/// <summary>
/// Summarises a stream of weighted values in little memory. Values are gathered to a buffer; full buffers become summaries, and two
/// summaries of one level are merged and pruned to one of the next, so that every value passes few prunings.
/// </summary>
internal sealed class WeightedQuantileSketch
{
    private readonly int _limit;
    private readonly double[] _values;
    private readonly double[] _weights;
    private readonly List<WeightedQuantileSummary?> _levels = [];
    private int _count;

    /// <param name="expectedCount">About as many values will come; with more of them the error grows.</param>
    /// <param name="epsilon">The greatest error of a rank, as a share of the weight; above 0.</param>
    public WeightedQuantileSketch(long expectedCount, double epsilon)
    {
        // L levels of prunings to b entries are off by at most L/b, and hold 2ᴸ·b values.
        int levels = 1;
        double limit = Math.Ceiling(levels / epsilon);
        while (limit * Math.ScaleB(1, levels) < expectedCount)
        {
            levels++;
            limit = Math.Ceiling(levels / epsilon);
        }

        _limit = (int)Math.Clamp(limit, 2, Math.Max(2, Math.Min(expectedCount, int.MaxValue)));
        _values = new double[_limit];
        _weights = new double[_limit];
    }

    /// <summary>Takes up a value.</summary>
    /// <param name="value">The value, not NaN.</param>
    /// <param name="weight">Its weight; values of weight 0 leave no trace.</param>
    public void Add(double value, double weight)
    {
        if (!(weight > 0))
        {
            return;
        }

        if (_count == _limit)
        {
            Carry(TakeBuffer());
        }

        _values[_count] = value;
        _weights[_count] = weight;
        _count++;
    }

    /// <summary>The summary of all values so far.</summary>
    public WeightedQuantileSummary Summarize()
    {
        Carry(TakeBuffer());
        WeightedQuantileSummary all = WeightedQuantileSummary.Empty;
        foreach (WeightedQuantileSummary? level in _levels)
        {
            all = level is null ? all : WeightedQuantileSummary.Merge(all, level);
        }

        return all;
    }

    private WeightedQuantileSummary TakeBuffer()
    {
        Span<double> values = _values.AsSpan(0, _count);
        Span<double> weights = _weights.AsSpan(0, _count);
        bool isSorted = true;
        for (int i = 1; i < values.Length; i++)
        {
            isSorted &= values[i] >= values[i - 1];
        }

        if (!isSorted)
        {
            values.Sort(weights);
        }

        _count = 0;
        return WeightedQuantileSummary.OfSorted(values, weights);
    }

    private void Carry(WeightedQuantileSummary summary)
    {
        if (summary.Entries.Length == 0)
        {
            return;
        }

        int level = 0;
        while (level < _levels.Count && _levels[level] is WeightedQuantileSummary other)
        {
            summary = WeightedQuantileSummary.Merge(other, summary).Prune(_limit);
            _levels[level] = null;
            level++;
        }

        if (level == _levels.Count)
        {
            _levels.Add(null);
        }

        _levels[level] = summary;
    }
}
