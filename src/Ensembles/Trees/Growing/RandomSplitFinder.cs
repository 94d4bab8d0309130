using System.Numerics;
using Ensembles.Data;
using Ensembles.Numerics;
using Ensembles.Trees.Criteria;

namespace Ensembles.Trees.Growing;

/// <summary>
/// Tries one random split for each feature: a threshold drawn evenly between the least and the greatest value of the node, or
/// a random set of its categories (Geurts, Ernst and Wehenkel 2006). Reads raw values, sorts nothing. Missing values try both
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
    private ulong[] _present = [];
    private TAccumulator _accumulator;

    public RandomSplitFinder(TAccumulator accumulator, FeatureTable table, GrowthLimits limits, int rowCount)
    {
        _table = table;
        _limits = limits;
        _accumulator = accumulator;
        _pool = new int[table.ColumnCount];
        _cells = new double[rowCount];
        _sourceRows = new int[rowCount];
    }

    public override SplitCandidate Find(in GrowingNode node, ReadOnlySpan<int> rows)
    {
        _accumulator.Enter(node, rows);
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
                ? DrawSet(feature, cells, ref random)
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

    /// <summary>
    /// A set that has each category of the node with probability ½, but not all and not none of them; categories that the
    /// node has not are drawn the same way.
    /// </summary>
    private SplitCandidate DrawSet(int feature, ReadOnlySpan<double> cells, ref RandomStream random)
    {
        // Sixty-four categories at a time: a column may have thousands of them, and most nodes few rows.
        int categoryCount = _table.Schema[feature].Categories.Count;
        var members = new ulong[(categoryCount + 63) / 64];
        if (_present.Length < members.Length)
        {
            _present = new ulong[members.Length];
        }

        Span<ulong> present = _present.AsSpan(0, members.Length);
        present.Clear();
        foreach (double cell in cells)
        {
            if (!double.IsNaN(cell))
            {
                present[(int)cell >> 6] |= 1UL << ((int)cell & 63);
            }
        }

        int presentCount = 0;
        int inSet = 0;
        for (int w = 0; w < members.Length; w++)
        {
            members[w] = random.NextUInt64();
            presentCount += BitOperations.PopCount(present[w]);
            inSet += BitOperations.PopCount(present[w] & members[w]);
        }

        if (presentCount == 1)
        {
            // The only category parts from the missing values.
            present.CopyTo(members);
        }
        else if (inSet == 0 || inSet == presentCount)
        {
            // All or none: the draw is mended at one category of the node, itself drawn.
            int picked = CodeAt(present, random.NextInt(presentCount));
            members[picked >> 6] ^= 1UL << (picked & 63);
        }

        return new SplitCandidate { Feature = feature, Categories = new CategorySet(categoryCount, members) };
    }

    /// <summary>The code of the n-th bit that is set, from 0.</summary>
    private static int CodeAt(ReadOnlySpan<ulong> bits, int n)
    {
        int word = 0;
        for (int count = BitOperations.PopCount(bits[0]); n >= count; count = BitOperations.PopCount(bits[word]))
        {
            n -= count;
            word++;
        }

        ulong rest = bits[word];
        for (; n > 0; n--)
        {
            rest &= rest - 1;
        }

        return (word << 6) + BitOperations.TrailingZeroCount(rest);
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
