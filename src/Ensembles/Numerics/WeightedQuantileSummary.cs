namespace Ensembles.Numerics;

/// <summary>
/// A few values of a weighted multiset and bounds of their ranks (Chen and Guestrin 2016, appendix A): for each value the least weight
/// that lies below it (r⁻), the greatest weight up to and with it (r⁺), and the least weight at it (ω). Summaries of parts can be merged
/// and made smaller, and their error stays known.
/// </summary>
internal sealed class WeightedQuantileSummary
{
    private readonly Entry[] _entries;

    private WeightedQuantileSummary(Entry[] entries)
    {
        _entries = entries;
    }

    /// <summary>A value and what is known of its rank.</summary>
    /// <param name="Value">The value.</param>
    /// <param name="Below">r⁻: the weight of smaller values is at least this.</param>
    /// <param name="UpTo">r⁺: the weight of values up to and with this one is at most this.</param>
    /// <param name="Weight">ω: the weight of this value is at least this.</param>
    internal readonly record struct Entry(double Value, double Below, double UpTo, double Weight)
    {
        /// <summary>The least rank of a value above this one.</summary>
        public double BelowNext => Below + Weight;

        /// <summary>The greatest rank of a value below this one.</summary>
        public double UpToPrevious => UpTo - Weight;

        /// <summary>Twice the middle of the bounds of the rank.</summary>
        public double Middle => Below + UpTo;
    }

    /// <summary>The summary of nothing.</summary>
    public static WeightedQuantileSummary Empty { get; } = new([]);

    /// <summary>The entries, their values rising.</summary>
    public ReadOnlySpan<Entry> Entries => _entries;

    /// <summary>The weight of all values.</summary>
    public double TotalWeight => _entries.Length == 0 ? 0 : _entries[^1].UpTo;

    /// <summary>The exact summary of values that do not fall.</summary>
    /// <param name="values">The values.</param>
    /// <param name="weights">Their weights, above 0.</param>
    public static WeightedQuantileSummary OfSorted(ReadOnlySpan<double> values, ReadOnlySpan<double> weights)
    {
        var entries = new List<Entry>(values.Length);
        double below = 0;
        for (int i = 0; i < values.Length;)
        {
            int first = i;
            double weight = 0;
            for (; i < values.Length && values[i] == values[first]; i++)
            {
                weight += weights[i];
            }

            entries.Add(new Entry(values[first], below, below + weight, weight));
            below += weight;
        }

        return new WeightedQuantileSummary([.. entries]);
    }

    /// <summary>The summary of the values of two; its error is no more than the larger one of theirs, of the whole weight.</summary>
    public static WeightedQuantileSummary Merge(WeightedQuantileSummary a, WeightedQuantileSummary b)
    {
        var entries = new List<Entry>(a._entries.Length + b._entries.Length);
        int i = 0;
        int j = 0;
        while (i < a._entries.Length || j < b._entries.Length)
        {
            bool takesA = j == b._entries.Length || (i < a._entries.Length && a._entries[i].Value <= b._entries[j].Value);
            bool takesB = i == a._entries.Length || (j < b._entries.Length && b._entries[j].Value <= a._entries[i].Value);
            Entry ofA = takesA ? a._entries[i] : a.Between(i, b._entries[j].Value);
            Entry ofB = takesB ? b._entries[j] : b.Between(j, a._entries[i].Value);
            entries.Add(new Entry(ofA.Value, ofA.Below + ofB.Below, ofA.UpTo + ofB.UpTo, ofA.Weight + ofB.Weight));
            i += takesA ? 1 : 0;
            j += takesB ? 1 : 0;
        }

        return new WeightedQuantileSummary([.. entries]);
    }

    /// <summary>A summary of at most b + 1 of the entries; its error is larger by no more than 1/b of the weight.</summary>
    /// <param name="b">At least 1.</param>
    public WeightedQuantileSummary Prune(int b)
    {
        if (_entries.Length <= b + 1)
        {
            return this;
        }

        var kept = new List<Entry>(b + 1);
        int last = -1;
        int place = 0;
        for (int k = 0; k <= b; k++)
        {
            place = Find(TotalWeight * k / b, place);
            if (place > last)
            {
                kept.Add(_entries[place]);
                last = place;
            }
        }

        return new WeightedQuantileSummary([.. kept]);
    }

    /// <summary>The greatest uncertainty of the rank of a value, whether it is an entry or lies between two of them.</summary>
    public double MaxError()
    {
        double error = 0;
        for (int i = 0; i < _entries.Length; i++)
        {
            error = Math.Max(error, _entries[i].UpTo - _entries[i].Below - _entries[i].Weight);
            error = i == 0 ? error : Math.Max(error, _entries[i].UpToPrevious - _entries[i - 1].BelowNext);
        }

        return error;
    }

    /// <summary>The value whose rank is nearest to a given one.</summary>
    public double Query(double rank) => _entries[Find(rank, 0)].Value;

    /// <summary>
    /// The last values of consecutive groups of about the same weight, but for the last group: the candidates of thresholds. They are the
    /// values at which the weight passed so far is nearest to a multiple of ε of the whole.
    /// </summary>
    /// <param name="epsilon">ε: the share of the weight of a group.</param>
    public double[] GroupEnds(double epsilon)
    {
        // Whole multiples of 1/3 are meant to meet 1.
        const double Slack = 1e-9;
        var ends = new List<double>();
        int place = 0;
        for (double k = 1; k * epsilon < 1 - Slack && place < _entries.Length - 1; k++)
        {
            double target = TotalWeight * k * epsilon;
            while (place + 1 < _entries.Length && Math.Abs(Passed(place + 1) - target) < Math.Abs(Passed(place) - target))
            {
                place++;
            }

            if (place < _entries.Length - 1 && (ends.Count == 0 || _entries[place].Value > ends[^1]))
            {
                ends.Add(_entries[place].Value);
            }

            if (place < _entries.Length - 1)
            {
                // The multiples before the middle to the next value are nearest to this one as well.
                k = Math.Max(k, Math.Floor((Passed(place) + Passed(place + 1)) / 2 / (TotalWeight * epsilon)) - 1);
            }
        }

        return [.. ends];
    }

    /// <summary>The middle of what is known of the weight up to and with an entry.</summary>
    private double Passed(int place) => (_entries[place].BelowNext + _entries[place].UpTo) / 2;

    /// <summary>What is known of a value between the entries before a place and at it.</summary>
    private Entry Between(int place, double value) => new(
        value,
        place == 0 ? 0 : _entries[place - 1].BelowNext,
        place == _entries.Length ? TotalWeight : _entries[place].UpToPrevious,
        0);

    /// <summary>The query function g of the appendix; ranks asked one after the other rise.</summary>
    private int Find(double rank, int from)
    {
        if (2 * rank < _entries[0].Middle)
        {
            return 0;
        }

        int i = from;
        while (i + 1 < _entries.Length && 2 * rank >= _entries[i + 1].Middle)
        {
            i++;
        }

        return i + 1 == _entries.Length || 2 * rank < _entries[i].BelowNext + _entries[i + 1].UpToPrevious ? i : i + 1;
    }
}
