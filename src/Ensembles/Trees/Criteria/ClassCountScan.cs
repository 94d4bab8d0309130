using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Ensembles.Data.Binning;
using Ensembles.Trees.Growing;

namespace Ensembles.Trees.Criteria;

/// <summary>
/// Scores the thresholds between bins by Gini's impurity of K classes whose weights are whole numbers, as the counts of a bootstrap are: their
/// sums are exact. With L the weights left of a threshold and c those of the node, the sum of squares at the right is Σc² − 2Σc·L + ΣL².
/// </summary>
/// <param name="words">The class of each row of the table in the high half, its weight in the low half.</param>
/// <param name="labels">The class of each row of the table.</param>
/// <param name="weights">The weight of each row of the table.</param>
/// <param name="classCount">The number of classes K.</param>
internal sealed class ClassCountScan(long[] words, int[] labels, double[] weights, int classCount)
    : ClassBinScan<GiniTerms>(labels, weights, classCount, default)
{
    /// <summary>The most classes: the sums of all bins of a feature stay in the innermost caches.</summary>
    public const int MaxClasses = 32;

    /// <summary>The greatest weight of all rows: squares of sums are exact.</summary>
    public const int MostWeight = 1 << 26;

    private const int LabelShift = 32;

    // By class and bin.
    private readonly int[] _sums = new int[classCount * Room];
    private readonly Vector256<int>[] _before = new Vector256<int>[classCount];
    private readonly int[] _classWeights = new int[classCount];

    // Small nodes: the places of the rows class by class, and what is needed of them in that order.
    private readonly int[] _order = new int[LaneSearch.MaxRows];
    private readonly byte[] _laneWeights = new byte[LaneSearch.MaxRows];
    private readonly (int End, int Weight)[] _runs = new (int End, int Weight)[classCount];
    private readonly ClassLaneScan _lanes = new();
    private int _runCount;

    private long[] _rows = new long[BinGroups.MaxFew];
    private int _rowCount;
    private double _squares;

    // Where it serves: null for many classes or heavy rows.
    private readonly ClassCountHistogram? _counts = CreateHistogram(weights, classCount);
    private int[] _terms = new int[BinGroups.MaxFew];
    private bool _counting;
    private bool _hasTerms;
    private bool _entered;

    public override double NodeScore => _squares / NodeWeight;

    public override bool IsExact => true;

    public override bool Summarizes => true;

    public override bool ScoresLanes => NodeWeight <= ClassLaneScan.MaxNodeWeight;

    /// <summary>Packs the rows; null where the weights are not whole numbers, or the sums too large.</summary>
    /// <param name="labels">The class of each row.</param>
    /// <param name="weights">The weight of each row.</param>
    /// <param name="memory">Memory for a word a row.</param>
    public static long[]? TryPack(ReadOnlySpan<int> labels, ReadOnlySpan<double> weights, ref long[]? memory)
    {
        double total = 0;
        foreach (double weight in weights)
        {
            if (weight != Math.Floor(weight))
            {
                return null;
            }

            total += weight;
        }

        if (!(total < MostWeight))
        {
            return null;
        }

        long[] words = memory ??= new long[labels.Length];
        for (int r = 0; r < words.Length; r++)
        {
            words[r] = ((long)labels[r] << LabelShift) + (long)weights[r];
        }

        return words;
    }

    /// <summary>Adds the weights of some rows to those of their classes.</summary>
    public static void AddUp(long[] words, ReadOnlySpan<int> rows, Span<double> classWeights)
    {
        foreach (int row in rows)
        {
            long word = words[row];
            classWeights[(int)(word >> LabelShift)] += (int)word;
        }
    }

    /// <summary>Scores of eight thresholds.</summary>
    /// <param name="weight">The weights left of them.</param>
    /// <param name="squares">The sums of squares of the weights of the classes left of them.</param>
    /// <param name="products">The sums of products of these with the weights of the classes in the node.</param>
    /// <param name="nodeWeight">The weight of the node.</param>
    /// <param name="nodeSquares">The sum of squares of the weights of its classes.</param>
    /// <param name="rightWeight">The weights right of the thresholds.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Score(
        Vector512<double> weight,
        Vector512<double> squares,
        Vector512<double> products,
        double nodeWeight,
        double nodeSquares,
        out Vector512<double> rightWeight)
    {
        rightWeight = Vector512.Create(nodeWeight) - weight;
        Vector512<double> right = Vector512.Create(nodeSquares) - products - products + squares;
        return (squares / weight) + (right / rightWeight);
    }

    public override double LeftWeight(ReadOnlySpan<ulong> cells, int shift, int last) => (int)LeftSum(cells, _rows, shift, last);

    public override void Enter(ReadOnlySpan<int> rows)
    {
        if (_rows.Length < rows.Length)
        {
            _rows = GC.AllocateUninitializedArray<long>(words.Length);
        }

        Array.Clear(_classWeights);
        for (int i = 0; i < rows.Length; i++)
        {
            long word = words[rows[i]];
            _rows[i] = word;
            _classWeights[(int)(word >> LabelShift)] += (int)word;
        }

        long total = 0;
        long squares = 0;
        foreach (int weight in _classWeights)
        {
            total += weight;
            squares += (long)weight * weight;
        }

        NodeWeight = total;
        _squares = squares;
        _rowCount = rows.Length;
        _runCount = 0;
        _entered = false;
        _counting = _counts is not null && total <= ClassCountHistogram.MaxNodeWeight;
        _hasTerms = false;
    }

    public override void EnterGroups(ReadOnlySpan<int> rows)
    {
        if (!_entered)
        {
            base.Enter(rows);
            _entered = true;
        }
    }

    public override NodeSummary Summarize() => ImpurityCriterion.GiniSummary<int>(_classWeights, NodeWeight, _rowCount);

    public override void Value(Span<double> value)
    {
        for (int k = 0; k < value.Length; k++)
        {
            value[k] = _classWeights[k] / NodeWeight;
        }
    }

    public override void AddToBins(ReadOnlySpan<int> rows, ReadOnlySpan<byte> bins, int binCount)
    {
        if (_counting)
        {
            _counts!.Add(rows, bins, Terms());
            return;
        }

        Clear(binCount);
        ref byte bin = ref MemoryMarshal.GetReference(bins);
        ref long row = ref MemoryMarshal.GetArrayDataReference(_rows);
        ref int sums = ref MemoryMarshal.GetArrayDataReference(_sums);
        for (int i = 0; i < rows.Length; i++)
        {
            long word = Unsafe.Add(ref row, i);
            Unsafe.Add(ref sums, ((nint)(word >> LabelShift) * Room) + Unsafe.Add(ref bin, rows[i])) += (int)word;
        }
    }

    public override void AddToBins(ref byte cell, int stride, int count, int binCount)
    {
        if (_counting)
        {
            _counts!.Add(ref cell, stride, Terms());
            return;
        }

        Clear(binCount);
        ref long row = ref MemoryMarshal.GetArrayDataReference(_rows);
        ref int sums = ref MemoryMarshal.GetArrayDataReference(_sums);
        for (int i = 0; i < count; i++)
        {
            long word = Unsafe.Add(ref row, i);
            Unsafe.Add(ref sums, ((nint)(word >> LabelShift) * Room) + cell) += (int)word;
            cell = ref Unsafe.Add(ref cell, stride);
        }
    }

    public override bool HasWeight(int bin)
    {
        if (_counting)
        {
            return _counts!.Has(bin);
        }

        int all = 0;
        for (int at = bin; at < _sums.Length; at += Room)
        {
            all |= _sums[at];
        }

        return all != 0;
    }

    public override double WeightUpTo(int bin) => _counting ? _counts!.BestLeftWeight : LeftWeights[bin];

    public override double BestBin(int binCount, out int bin)
    {
        if (_counting)
        {
            return _counts!.Best(NodeWeight, _squares, out bin);
        }

        ref int sums = ref MemoryMarshal.GetArrayDataReference(_sums);
        ref double leftWeights = ref MemoryMarshal.GetArrayDataReference(LeftWeights);
        Array.Clear(_before);
        BestLanes best = BestLanes.None;
        Vector512<long> place = Vector512.Create(0L, 1, 2, 3, 4, 5, 6, 7);
        for (nuint first = 0; first < (nuint)binCount; first += (nuint)Vector512<long>.Count)
        {
            Vector512<double> weight = Vector512<double>.Zero;
            Vector512<double> squares = Vector512<double>.Zero;
            Vector512<double> products = Vector512<double>.Zero;
            for (int k = 0; k < _before.Length; k++)
            {
                int classWeight = _classWeights[k];
                if (classWeight == 0)
                {
                    continue;
                }

                Vector256<int> counts = _before[k] + RunningSums(Vector256.LoadUnsafe(ref sums, first + (nuint)(k * Room)));
                _before[k] = Vector256.Shuffle(counts, Vector256.Create(7));
                Vector512<double> left = ToDouble(counts);
                weight += left;
                squares += left * left;
                products += left * Vector512.Create((double)classWeight);
            }

            weight.StoreUnsafe(ref leftWeights, first);
            best.Improve(Score(weight, squares, products, NodeWeight, _squares, out Vector512<double> rightWeight), weight, rightWeight, place);
            place += Vector512.Create((long)Vector512<long>.Count);
        }

        return best.Least(out bin);
    }

    public override void ScoreLanes(ReadOnlySpan<ulong> cells, Span<double> scores, Span<long> bins)
    {
        if (_runCount == 0)
        {
            OrderByClass();
        }

        _lanes
            .Best(cells, _order.AsSpan(0, _rowCount), _laneWeights, _runs.AsSpan(0, _runCount), NodeWeight, _squares)
            .CopyTo(scores, bins);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> ToDouble(Vector256<int> counts) => Avx512F.IsSupported
        ? Avx512F.ConvertToVector512Double(counts)
        : Vector512.ConvertToDouble(Vector512.Create(Vector256.WidenLower(counts), Vector256.WidenUpper(counts)));

    /// <summary>The sums of the lanes up to each.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> RunningSums(Vector256<int> counts)
    {
        // An index behind the last lane reads 0.
        counts += Vector256.Shuffle(counts, Vector256.Create(8, 0, 1, 2, 3, 4, 5, 6));
        counts += Vector256.Shuffle(counts, Vector256.Create(8, 8, 0, 1, 2, 3, 4, 5));
        return counts + Vector256.Shuffle(counts, Vector256.Create(8, 8, 8, 8, 0, 1, 2, 3));
    }

    private static ClassCountHistogram? CreateHistogram(double[] weights, int classCount)
    {
        double greatest = 0;
        foreach (double weight in weights)
        {
            greatest = Math.Max(greatest, weight);
        }

        return classCount <= ClassCountHistogram.MaxClasses && greatest <= ClassCountHistogram.MaxRowWeight
            ? new ClassCountHistogram(classCount, (int)greatest)
            : null;
    }

    private ReadOnlySpan<int> Terms()
    {
        if (!_hasTerms)
        {
            if (_terms.Length < _rowCount)
            {
                _terms = GC.AllocateUninitializedArray<int>(_rowCount);
            }

            for (int i = 0; i < _rowCount; i++)
            {
                long word = _rows[i];
                _terms[i] = _counts!.TermOf((int)(word >> LabelShift), (int)word);
            }

            _counts!.Enter(_classWeights);
            _hasTerms = true;
        }

        return _terms.AsSpan(0, _rowCount);
    }

    private void Clear(int binCount)
    {
        for (int k = 0; k < _before.Length; k++)
        {
            _sums.AsSpan(k * Room, (binCount + Vector256<int>.Count - 1) & -Vector256<int>.Count).Clear();
        }
    }

    private void OrderByClass()
    {
        Span<int> next = stackalloc int[MaxClasses];
        for (int i = 0; i < _rowCount; i++)
        {
            next[(int)(_rows[i] >> LabelShift)]++;
        }

        int end = 0;
        for (int k = 0; k < _classWeights.Length; k++)
        {
            int rows = next[k];
            next[k] = end;
            end += rows;
            _runs[_runCount] = (end, _classWeights[k]);
            _runCount += rows > 0 ? 1 : 0;
        }

        for (int i = 0; i < _rowCount; i++)
        {
            long word = _rows[i];
            int place = next[(int)(word >> LabelShift)]++;
            _order[place] = i;
            _laneWeights[place] = (byte)word;
        }
    }
}
