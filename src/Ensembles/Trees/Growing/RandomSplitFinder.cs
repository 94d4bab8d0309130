using System.Numerics;
using Ensembles.Data;
using Ensembles.Numerics;
using Ensembles.Trees.Criteria;

namespace Ensembles.Trees.Growing;

/// <summary>
/// Tries one random split for each feature: a threshold drawn evenly between the least and the greatest value of the node (Geurts,
/// Ernst and Wehenkel 2006), or a random cut of an order of its categories. Reads raw values, sorts nothing. Missing values try both
/// sides, as everywhere.
/// </summary>
internal sealed class RandomSplitFinder<TAccumulator> : SplitFinder
    where TAccumulator : struct, ISplitAccumulator<TAccumulator>
{
    // The most cells that are read ahead: they stay in the innermost cache.
    private const int CellsAhead = 2048;

    private readonly FeatureTable _table;
    private readonly GrowthLimits _limits;
    private readonly int[] _pool;
    private readonly double[] _cells;
    private readonly double[] _ahead = new double[CellsAhead];
    private readonly int[] _sourceRows;
    private readonly RandomCategorySets<TAccumulator>? _sets;
    private TAccumulator _accumulator;

    /// <param name="accumulator">The criterion and its targets.</param>
    /// <param name="table">The features.</param>
    /// <param name="limits">When a split is allowed.</param>
    /// <param name="weights">The weight of each row of the table.</param>
    /// <param name="rowCount">The most rows of a node.</param>
    public RandomSplitFinder(TAccumulator accumulator, FeatureTable table, GrowthLimits limits, double[] weights, int rowCount)
    {
        _table = table;
        _limits = limits;
        _accumulator = accumulator;
        _pool = new int[table.ColumnCount];
        _cells = new double[rowCount];
        _sourceRows = new int[rowCount];
        _sets = table.Schema.Any(feature => feature.IsCategorical)
            ? new RandomCategorySets<TAccumulator>(table.Schema, weights, limits.MinSamplesPerCategory)
            : null;
    }

    public override SplitCandidate Find(in GrowingNode node, ReadOnlySpan<int> rows)
    {
        _accumulator.Enter(node, rows);
        if (_sets is not null && node.Parent < 0 && _limits.MinSamplesPerCategory > 0)
        {
            OrderCategories(_sets, rows);
        }

        SplitCandidate best = SplitCandidate.None;
        ulong? tieKey = _limits.TieKey(node);
        var sampler = new FeatureSampler(_pool, _limits.FeaturesPerNode, node.Key);
        int ahead = ReadAhead(sampler.DrawWanted(), rows);
        bool varying = false;
        for (int tried = 0; sampler.TryNext(varying, out int feature); tried++)
        {
            ReadOnlySpan<double> cells = tried < ahead ? _ahead.AsSpan(tried * rows.Length, rows.Length) : Read(feature, rows);
            (double least, double greatest, int present) = Range(cells);
            if (present == 0 || (least == greatest && present == cells.Length))
            {
                continue;
            }

            varying = true;
            _accumulator.Take(feature);
            var random = new RandomStream(KeyedRandom.Mix(node.Key, 1 + (ulong)feature));
            SplitCandidate drawn = _table.Schema[feature].IsCategorical
                ? DrawSet(feature, rows, cells, present, ref random)
                : DrawThreshold(feature, least, greatest, ref random);
            Try(drawn, rows, cells, present, missingLeft: false, tieKey, ref best);
            if (present < cells.Length)
            {
                Try(drawn, rows, cells, present, missingLeft: true, tieKey, ref best);
            }
        }

        best.Gain = best.Score - _accumulator.NodeScore;
        return best;
    }

    public override void Mark(in GrowingNode node, ReadOnlySpan<int> rows, byte[] goesLeft)
    {
        SplitCandidate split = node.Split;
        ReadOnlySpan<double> cells = Read(split.Feature, rows);
        for (int i = 0; i < rows.Length; i++)
        {
            goesLeft[rows[i]] = GoesLeft(split, cells[i]) ? (byte)1 : (byte)0;
        }
    }

    public override void Split(in GrowingNode node, int leftCount, byte[] goesLeft)
    {
        // Nothing is kept by node.
    }

    private static bool GoesLeft(in SplitCandidate split, double cell) =>
        double.IsNaN(cell) ? split.DefaultLeft : split.Categories is null ? cell <= split.Threshold : split.Categories.Contains((int)cell);

    private static (double Least, double Greatest, int Present) Range(ReadOnlySpan<double> cells)
    {
        if (TryRangeOfPresent(cells, out double least, out double greatest))
        {
            return (least, greatest, cells.Length);
        }

        least = double.PositiveInfinity;
        greatest = double.NegativeInfinity;
        int present = 0;
        foreach (double cell in cells)
        {
            if (!double.IsNaN(cell))
            {
                least = Math.Min(least, cell);
                greatest = Math.Max(greatest, cell);
                present++;
            }
        }

        return (least, greatest, present);
    }

    /// <summary>The range of cells of which none is missing, several at a time; false where one is.</summary>
    private static bool TryRangeOfPresent(ReadOnlySpan<double> cells, out double least, out double greatest)
    {
        least = double.PositiveInfinity;
        greatest = double.NegativeInfinity;
        int i = 0;
        if (cells.Length >= Vector<double>.Count)
        {
            var low = new Vector<double>(cells);
            Vector<double> high = low;
            Vector<long> present = Vector.Equals(low, low);
            for (i = Vector<double>.Count; i <= cells.Length - Vector<double>.Count; i += Vector<double>.Count)
            {
                var some = new Vector<double>(cells[i..]);
                present &= Vector.Equals(some, some);
                low = Vector.Min(low, some);
                high = Vector.Max(high, some);
            }

            if (!Vector.EqualsAll(present, Vector<long>.AllBitsSet))
            {
                return false;
            }

            for (int lane = 0; lane < Vector<double>.Count; lane++)
            {
                least = Math.Min(least, low[lane]);
                greatest = Math.Max(greatest, high[lane]);
            }
        }

        for (; i < cells.Length; i++)
        {
            if (double.IsNaN(cells[i]))
            {
                return false;
            }

            least = Math.Min(least, cells[i]);
            greatest = Math.Max(greatest, cells[i]);
        }

        // A zero found as −0 on one machine and +0 on another would end in other bits of the threshold.
        least += 0.0;
        greatest += 0.0;
        return true;
    }

    /// <summary>A threshold in [least, greatest); where all present values are the same, they part from the missing ones.</summary>
    private static SplitCandidate DrawThreshold(int feature, double least, double greatest, ref RandomStream random)
    {
        double u = random.NextDouble();
        double threshold = double.IsFinite(greatest - least)
            ? least + (u * (greatest - least))
            : double.IsFinite(least) && double.IsFinite(greatest)
                ? ((1 - u) * least) + (u * greatest)

                // Between finite and infinite values an even draw almost surely parts the infinite ones from all others.
                : double.IsFinite(greatest) || (double.IsInfinity(least) && u < 0.5) ? least : double.MaxValue;
        threshold = threshold < greatest ? threshold : least;
        return new SplitCandidate { Feature = feature, Threshold = least == greatest ? double.PositiveInfinity : threshold };
    }

    private SplitCandidate DrawSet(
        int feature, ReadOnlySpan<int> rows, ReadOnlySpan<double> cells, int present, ref RandomStream random) => new()
        {
            Feature = feature,
            Categories = _sets!.Draw(_accumulator, feature, rows, cells, present, ref random),
        };

    private void OrderCategories(RandomCategorySets<TAccumulator> sets, ReadOnlySpan<int> rows)
    {
        for (int feature = 0; feature < _table.ColumnCount; feature++)
        {
            if (_table.Schema[feature].IsCategorical)
            {
                sets.Order(_accumulator, feature, rows, Read(feature, rows));
            }
        }
    }

    /// <summary>
    /// Reads the cells of a small node for as many features as there is room for, before anything is decided by them: then the processor waits
    /// for all of them at once, and not for one feature after the other.
    /// </summary>
    /// <returns>For how many of the features.</returns>
    private int ReadAhead(ReadOnlySpan<int> features, ReadOnlySpan<int> rows)
    {
        int count = Math.Min(features.Length, CellsAhead / rows.Length);
        if (count < 2)
        {
            return 0;
        }

        ReadOnlySpan<int> source = Source(rows);
        for (int i = 0; i < count; i++)
        {
            _table.ColumnData(features[i]).Gather(source, _ahead.AsSpan(i * rows.Length, rows.Length), stride: 1);
        }

        return count;
    }

    private ReadOnlySpan<double> Read(int feature, ReadOnlySpan<int> rows)
    {
        Span<double> cells = _cells.AsSpan(0, rows.Length);
        _table.ColumnData(feature).Gather(Source(rows), cells, stride: 1);
        return cells;
    }

    /// <summary>The rows of the columns that the rows of the table are.</summary>
    private ReadOnlySpan<int> Source(ReadOnlySpan<int> rows)
    {
        if (_table.RowMap is not int[] map)
        {
            return rows;
        }

        Span<int> mapped = _sourceRows.AsSpan(0, rows.Length);
        for (int i = 0; i < rows.Length; i++)
        {
            mapped[i] = map[rows[i]];
        }

        return mapped;
    }

    private void Try(
        SplitCandidate drawn,
        ReadOnlySpan<int> rows,
        ReadOnlySpan<double> cells,
        int present,
        bool missingLeft,
        ulong? tieKey,
        ref SplitCandidate best)
    {
        drawn.DefaultLeft = missingLeft;
        _accumulator.Reset();
        int left = 0;
        if (drawn.Categories is null)
        {
            left = _accumulator.MoveUpTo(rows, cells, drawn.Threshold);
        }

        for (int i = 0; i < rows.Length && (drawn.Categories is not null || missingLeft); i++)
        {
            bool wanted = double.IsNaN(cells[i]) ? missingLeft : drawn.Categories is not null && drawn.Categories.Contains((int)cells[i]);
            if (wanted)
            {
                _accumulator.Move(rows[i]);
                left++;
            }
        }

        int right = rows.Length - left;
        if (left == 0 || right == 0 || !_limits.Allows(left, right, _accumulator.LeftWeight, _accumulator.RightWeight))
        {
            return;
        }

        bool heavierLeft = SplitRules.DefaultLeft(_accumulator.LeftWeight, _accumulator.RightWeight);
        drawn.Score = _accumulator.Score();
        drawn.DefaultLeft = present == rows.Length ? heavierLeft : missingLeft;
        if (best.IsWorseThan(drawn, tieKey) || (missingLeft && heavierLeft && drawn.Feature == best.Feature && drawn.Score == best.Score))
        {
            best = drawn;
        }
    }
}
