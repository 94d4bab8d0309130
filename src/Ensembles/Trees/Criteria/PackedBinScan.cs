using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Ensembles.Data.Binning;
using Ensembles.Trees.Growing;

namespace Ensembles.Trees.Criteria;

/// <summary>Scores the thresholds between bins by a criterion of two sums, both in one word.</summary>
/// <typeparam name="TCriterion">The score of a pair of sums, which has vectors.</typeparam>
/// <param name="pairs">The pairs of the rows of the table.</param>
/// <param name="criterion">The score of a pair of sums.</param>
internal sealed class PackedBinScan<TCriterion>(PackedPairs pairs, TCriterion criterion) : BinScan
    where TCriterion : struct, IPairCriterion
{
    // Up to so many rows a bin, the bins without rows are dropped.
    private const double MostRowsABin = 1.25;

    // Thresholds of small nodes whose sums are made together.
    private const int Block = 4;

    // By bin while rows are added up, or by group.
    private readonly long[] _sums = new long[Room];
    private readonly long[] _left = new long[Room];

    // The bins that have rows, and their sums.
    private readonly long[] _groups = new long[Room];
    private readonly long[] _groupBins = new long[Room];

    // The bins of small nodes, eight features a row.
    private readonly long[] _bins = new long[(LaneSearch.MaxRows + Block) * LaneSearch.Lanes];

    // The words of the rows of the node.
    private long[] _rows = new long[BinGroups.MaxFew];
    private int _rowCount;
    private double _target;
    private long _bestLeft;

    public override double NodeScore => criterion.Score(NodeWeight, _target);

    public override bool IsExact => true;

    public override bool ScoresLanes => true;

    public override double LeftWeight(ReadOnlySpan<ulong> cells, int shift, int last) =>
        pairs.Weight(LeftSum(cells, _rows, shift, last));

    public override void Enter(ReadOnlySpan<int> rows)
    {
        if (_rows.Length < rows.Length)
        {
            _rows = GC.AllocateUninitializedArray<long>(pairs.Words.Length);
        }

        ref long source = ref MemoryMarshal.GetArrayDataReference(pairs.Words);
        ref long target = ref MemoryMarshal.GetArrayDataReference(_rows);
        long sum = 0;
        for (int i = 0; i < rows.Length; i++)
        {
            long word = Unsafe.Add(ref source, rows[i]);
            Unsafe.Add(ref target, i) = word;
            sum += word;
        }

        _rowCount = rows.Length;
        NodeWeight = pairs.Weight(sum);
        _target = pairs.Target(sum);
    }

    public override void AddToGroups(ReadOnlySpan<byte> groupOfRow, int groupCount)
    {
        _sums.AsSpan(0, groupCount).Clear();
        ref long row = ref MemoryMarshal.GetArrayDataReference(_rows);
        ref long sums = ref MemoryMarshal.GetArrayDataReference(_sums);
        for (int i = 0; i < groupOfRow.Length; i++)
        {
            Unsafe.Add(ref sums, (nint)groupOfRow[i]) += Unsafe.Add(ref row, i);
        }
    }

    public override void AddToBins(ReadOnlySpan<int> rows, ReadOnlySpan<byte> bins, int binCount, BinGroups groups, bool counted)
    {
        AddToBins(rows, bins, binCount);
        groups.OfMany(rows, bins, binCount);
        int group = 0;
        for (int bin = 0; bin < binCount && groups.Count < binCount; bin++)
        {
            _sums[group] = _sums[bin];
            group += groups.Has(bin) ? 1 : 0;
        }
    }

    public override void Score(int present, bool missingLeft)
    {
        long left = missingLeft ? _sums[present] : 0;
        for (int group = 0; group < present; group++)
        {
            left += _sums[group];
            _left[group] = left;
        }

        ref long words = ref MemoryMarshal.GetArrayDataReference(_left);
        ref double weights = ref MemoryMarshal.GetArrayDataReference(LeftWeights);
        ref double scores = ref MemoryMarshal.GetArrayDataReference(Scores);
        for (nuint group = 0; group < (nuint)present; group += (nuint)Vector512<double>.Count)
        {
            Vector512<double> score = Score(Vector512.LoadUnsafe(ref words, group), out Vector512<double> weight, out _);
            weight.StoreUnsafe(ref weights, group);
            score.StoreUnsafe(ref scores, group);
        }
    }

    public override void AddToBins(ReadOnlySpan<int> rows, ReadOnlySpan<byte> bins, int binCount)
    {
        _sums.AsSpan(0, RoundUp(binCount)).Clear();
        ref byte bin = ref MemoryMarshal.GetReference(bins);
        ref long row = ref MemoryMarshal.GetArrayDataReference(_rows);
        ref long sums = ref MemoryMarshal.GetArrayDataReference(_sums);
        for (int i = 0; i < rows.Length; i++)
        {
            Unsafe.Add(ref sums, (nint)Unsafe.Add(ref bin, rows[i])) += Unsafe.Add(ref row, i);
        }
    }

    public override void AddToBins(ref byte cell, int stride, int count, int binCount)
    {
        _sums.AsSpan(0, RoundUp(binCount)).Clear();
        ref long row = ref MemoryMarshal.GetArrayDataReference(_rows);
        ref long sums = ref MemoryMarshal.GetArrayDataReference(_sums);
        for (nint i = 0; i < count; i++)
        {
            Unsafe.Add(ref sums, (nint)cell) += Unsafe.Add(ref row, i);
            cell = ref Unsafe.Add(ref cell, stride);
        }
    }

    public override bool HasWeight(int bin) => _sums[bin] != 0;

    public override double WeightUpTo(int bin) => pairs.Weight(_bestLeft);

    /// <summary>
    /// A bin without rows scores as the one before it, so the first that has the best score has rows, or nothing lies left of it. Where
    /// many have none and these can be dropped at once, it takes less to score the others alone.
    /// </summary>
    public override double BestBin(int binCount, out int bin)
    {
        if (!Avx512F.IsSupported || _rowCount > binCount * MostRowsABin)
        {
            double best = Best(_sums, binCount, out bin);
            _bestLeft = _left[bin];
            return best;
        }

        int groups = DropEmptyBins(binCount);
        double score = Best(_groups, groups, out int group);
        bin = (int)_groupBins[group];
        _bestLeft = _left[group];
        return score;
    }

    public override void ScoreLanes(ReadOnlySpan<ulong> cells, Span<double> scores, Span<long> bins)
    {
        ref long bin = ref MemoryMarshal.GetArrayDataReference(_bins);
        int padded = (cells.Length + Block - 1) & -Block;
        for (int i = 0; i < padded; i++)
        {
            // What is left of the last block are copies of the last row: they move nothing and change no score.
            Widen(cells[Math.Min(i, cells.Length - 1)]).StoreUnsafe(ref bin, (nuint)(i * LaneSearch.Lanes));
        }

        ref long row = ref MemoryMarshal.GetArrayDataReference(_rows);
        BestLanes best = BestLanes.None;
        for (int last = 0; last < padded; last += Block)
        {
            nuint start = (nuint)(last * LaneSearch.Lanes);
            Vector512<long> last0 = Vector512.LoadUnsafe(ref bin, start);
            Vector512<long> last1 = Vector512.LoadUnsafe(ref bin, start + LaneSearch.Lanes);
            Vector512<long> last2 = Vector512.LoadUnsafe(ref bin, start + (2 * LaneSearch.Lanes));
            Vector512<long> last3 = Vector512.LoadUnsafe(ref bin, start + (3 * LaneSearch.Lanes));
            Vector512<long> left0 = Vector512<long>.Zero;
            Vector512<long> left1 = Vector512<long>.Zero;
            Vector512<long> left2 = Vector512<long>.Zero;
            Vector512<long> left3 = Vector512<long>.Zero;
            for (int i = 0; i < cells.Length; i++)
            {
                Vector512<long> ofRow = Vector512.LoadUnsafe(ref bin, (nuint)(i * LaneSearch.Lanes));
                var word = Vector512.Create(Unsafe.Add(ref row, i));
                left0 = Vector512.ConditionalSelect(Vector512.LessThanOrEqual(ofRow, last0), left0 + word, left0);
                left1 = Vector512.ConditionalSelect(Vector512.LessThanOrEqual(ofRow, last1), left1 + word, left1);
                left2 = Vector512.ConditionalSelect(Vector512.LessThanOrEqual(ofRow, last2), left2 + word, left2);
                left3 = Vector512.ConditionalSelect(Vector512.LessThanOrEqual(ofRow, last3), left3 + word, left3);
            }

            Improve(ref best, left0, last0);
            Improve(ref best, left1, last1);
            Improve(ref best, left2, last2);
            Improve(ref best, left3, last3);
        }

        best.CopyTo(scores, bins);
    }

    protected override double ScoreFew(int present, bool missingLeft, int end, out int group)
    {
        Score(present, missingLeft);
        double best = double.NegativeInfinity;
        group = 0;
        for (int g = 0; g < end; g++)
        {
            double score = Scores[g];
            if (score > best && NodeWeight - LeftWeights[g] > 0)
            {
                best = score;
                group = g;
            }
        }

        return best;
    }

    private static int RoundUp(int bins) => (bins + Vector512<long>.Count - 1) & -Vector512<long>.Count;

    /// <summary>The sums of the lanes up to each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<long> RunningSums(Vector512<long> words)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            // An index behind the last lane reads 0.
            words += Vector512.Shuffle(words, Vector512.Create(8L, 0, 1, 2, 3, 4, 5, 6));
            words += Vector512.Shuffle(words, Vector512.Create(8L, 8, 0, 1, 2, 3, 4, 5));
            return words + Vector512.Shuffle(words, Vector512.Create(8L, 8, 8, 8, 0, 1, 2, 3));
        }

        long sum = 0;
        for (int lane = 0; lane < Vector512<long>.Count; lane++)
        {
            sum += words[lane];
            words = words.WithElement(lane, sum);
        }

        return words;
    }

    /// <summary>The best threshold between neighbouring sums.</summary>
    private double Best(long[] words, int count, out int place)
    {
        ref long sums = ref MemoryMarshal.GetArrayDataReference(words);
        ref long lefts = ref MemoryMarshal.GetArrayDataReference(_left);
        BestLanes best = BestLanes.None;
        Vector512<long> places = Vector512<long>.Indices;
        Vector512<long> before = Vector512<long>.Zero;
        for (nuint first = 0; first < (nuint)count; first += (nuint)Vector512<long>.Count)
        {
            Vector512<long> left = before + RunningSums(Vector512.LoadUnsafe(ref sums, first));
            left.StoreUnsafe(ref lefts, first);
            before = Vector512.Shuffle(left, Vector512.Create(7L));
            Vector512<double> score = Score(left, out Vector512<double> weight, out Vector512<double> rightWeight);
            best.Improve(score, weight, rightWeight, places);
            places += Vector512.Create((long)Vector512<long>.Count);
        }

        return best.Least(out place);
    }

    /// <summary>Lists the bins that have rows with their sums, and zeros to a whole vector behind them; returns their number.</summary>
    private int DropEmptyBins(int binCount)
    {
        ref long sums = ref MemoryMarshal.GetArrayDataReference(_sums);
        ref long groups = ref MemoryMarshal.GetArrayDataReference(_groups);
        ref long bins = ref MemoryMarshal.GetArrayDataReference(_groupBins);
        Vector512<long> numbers = Vector512<long>.Indices;
        nuint count = 0;
        for (nuint first = 0; first < (nuint)binCount; first += (nuint)Vector512<long>.Count)
        {
            Vector512<long> some = Vector512.LoadUnsafe(ref sums, first);
            Vector512<long> present = ~Vector512.Equals(some, Vector512<long>.Zero);
            Avx512F.Compress(Vector512<long>.Zero, present, some).StoreUnsafe(ref groups, count);
            Avx512F.Compress(Vector512<long>.Zero, present, numbers).StoreUnsafe(ref bins, count);
            numbers += Vector512.Create((long)Vector512<long>.Count);
            count += (nuint)BitOperations.PopCount(present.ExtractMostSignificantBits());
        }

        // What is behind the last one moves nothing.
        Vector512<long>.Zero.StoreUnsafe(ref groups, count);
        return (int)count;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector512<double> Score(Vector512<long> left, out Vector512<double> weight, out Vector512<double> rightWeight)
    {
        (weight, Vector512<double> target) = pairs.Unpack(left);
        rightWeight = Vector512.Create(NodeWeight) - weight;
        return criterion.Score(weight, target) + criterion.Score(rightWeight, Vector512.Create(_target) - target);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Improve(ref BestLanes best, Vector512<long> left, Vector512<long> last)
    {
        Vector512<double> score = Score(left, out _, out Vector512<double> rightWeight);
        best.ImproveInAnyOrder(score, rightWeight, last);
    }
}
