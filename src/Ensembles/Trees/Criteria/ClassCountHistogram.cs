using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Ensembles.Data.Binning;

namespace Ensembles.Trees.Criteria;

/// <summary>
/// The weights of all classes by bin of a feature, side by side: 16 bits a class, and behind them, 32 bits each, the weight of the bin and
/// the sum Σ w·c of its rows, w the weight of a row and c that of its class in the node. So a row is one addition of a vector that is looked
/// up by its class and weight, and the weights of all classes left of a threshold are one addition more. Only bins that have rows are read.
/// </summary>
internal sealed unsafe class ClassCountHistogram
{
    /// <summary>The most classes.</summary>
    public const int MaxClasses = (2 * ShortsPerVector) - TailShorts;

    /// <summary>The greatest weight of a row.</summary>
    public const int MaxRowWeight = WeightsPerClass - 1;

    /// <summary>The greatest weight of a node: its square fits 31 bits.</summary>
    public const int MaxNodeWeight = short.MaxValue;

    // The vectors are looked up by class and weight.
    private const int WeightsPerClass = 16;

    // 256 bits.
    private const int IntsPerVector = 8;
    private const int ShortsPerVector = 16;

    // The weight and the sum of products.
    private const int TailInts = 2;
    private const int TailShorts = 4;

    private const int Alignment = 64;
    private const int Bins = BinnedTable.MaxBinsWithMissing;
    private const int PerMask = 64;
    private const int Lanes = 8;
    private const byte Present = byte.MaxValue;

    private readonly int _vectors;
    private readonly int _classCount;
    private readonly int _greatestRowWeight;

    // All of it lies in one array that does not move.
    private readonly byte[] _memory;
    private readonly int* _bins;
    private readonly int* _terms;
    private readonly byte* _present;
    private readonly byte* _groups;

    // By group: the sums of squares of the classes left of the threshold after it in four parts, and the last two numbers of the sums.
    private readonly int* _squares;
    private readonly long* _tails;

    private bool _isClear = true;
    private long _bestTail;

    /// <param name="classCount">The number of classes.</param>
    /// <param name="greatestRowWeight">The greatest weight of a row.</param>
    public ClassCountHistogram(int classCount, int greatestRowWeight)
    {
        _classCount = classCount;
        _greatestRowWeight = greatestRowWeight;
        _vectors = classCount + TailShorts <= ShortsPerVector ? 1 : 2;
        int binBytes = Bins * RowInts * sizeof(int);
        int termBytes = classCount * WeightsPerClass * RowInts * sizeof(int);
        int groupRoom = Bins + PerMask;
        _memory = GC.AllocateArray<byte>(
            Alignment + binBytes + termBytes + Bins + groupRoom + (groupRoom * (sizeof(Vector128<int>) + sizeof(long))), pinned: true);
        nint start = Marshal.UnsafeAddrOfPinnedArrayElement(_memory, 0);
        _bins = (int*)((start + Alignment - 1) & -Alignment);
        _terms = _bins + (Bins * RowInts);
        _present = (byte*)(_terms + (classCount * WeightsPerClass * RowInts));
        _groups = _present + Bins;
        _squares = (int*)(_groups + groupRoom);
        _tails = (long*)(_squares + (groupRoom * Vector128<int>.Count));
        for (int k = 0; k < classCount; k++)
        {
            for (int weight = 1; weight <= greatestRowWeight; weight++)
            {
                int* term = _terms + TermOf(k, weight);
                ((short*)term)[k] = (short)weight;
                term[RowInts - TailInts + (BitConverter.IsLittleEndian ? 0 : 1)] = weight;
            }
        }
    }

    /// <summary>The weight left of the threshold that was found last.</summary>
    public double BestLeftWeight => (int)_bestTail;

    private int RowInts => _vectors * IntsPerVector;

    /// <summary>Where the terms of a row are.</summary>
    public int TermOf(int label, int weight) => ((label * WeightsPerClass) + weight) * RowInts;

    /// <summary>Takes up a node.</summary>
    /// <param name="classWeights">The weight of each class.</param>
    public void Enter(ReadOnlySpan<int> classWeights)
    {
        for (int k = 0; k < _classCount; k++)
        {
            int classWeight = classWeights[k];
            int* product = _terms + TermOf(k, 0) + RowInts - TailInts + (BitConverter.IsLittleEndian ? 1 : 0);
            int sum = 0;
            for (int weight = 1; weight <= _greatestRowWeight && classWeight > 0; weight++)
            {
                sum += classWeight;
                product += RowInts;
                *product = sum;
            }
        }
    }

    /// <summary>Adds up the rows of the node by bin.</summary>
    /// <param name="cell">The bin of the first row.</param>
    /// <param name="stride">The distance to the next.</param>
    /// <param name="terms">By row, where its terms are.</param>
    public void Add(ref byte cell, int stride, ReadOnlySpan<int> terms)
    {
        Clear();
        if (_vectors == 1)
        {
            Add<One>(ref cell, stride, terms);
        }
        else
        {
            Add<Two>(ref cell, stride, terms);
        }
    }

    /// <summary>The same where the cells are those of a column.</summary>
    /// <param name="rows">The rows of the node.</param>
    /// <param name="bins">The bin of each row of the table.</param>
    /// <param name="terms">By row of the node, where its terms are.</param>
    public void Add(ReadOnlySpan<int> rows, ReadOnlySpan<byte> bins, ReadOnlySpan<int> terms)
    {
        Clear();
        if (_vectors == 1)
        {
            Add<One>(rows, bins, terms);
        }
        else
        {
            Add<Two>(rows, bins, terms);
        }
    }

    /// <summary>Whether a bin has rows.</summary>
    public bool Has(int bin) => _present[bin] != 0;

    /// <summary>Finds the best threshold, and empties the bins.</summary>
    /// <param name="nodeWeight">The weight of the node.</param>
    /// <param name="nodeSquares">The sum of the squares of the weights of its classes.</param>
    /// <param name="bin">The last bin that goes left: of thresholds of equal score the lowest.</param>
    /// <returns>Its score, or −∞ where the feature does not vary.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public double Best(double nodeWeight, double nodeSquares, out int bin)
    {
        int groups = ListGroups();
        if (_vectors == 1)
        {
            AddUp<One>(groups);
        }
        else
        {
            AddUp<Two>(groups);
        }

        _isClear = true;

        // Behind the last group nothing is right, and that is no threshold.
        Vector512.Create(_tails[groups - 1]).Store(_tails + groups);
        BestLanes best = BestLanes.None;
        Vector512<long> place = Vector512.Create(0L, 1, 2, 3, 4, 5, 6, 7);
        for (int group = 0; group < groups; group += Lanes)
        {
            Vector512<long> tails = Vector512.Load(_tails + group);
            Vector512<double> weight = Vector512.ConvertToDouble(tails & Vector512.Create((long)uint.MaxValue));
            Vector512<double> products = Vector512.ConvertToDouble(tails >>> (8 * sizeof(int)));
            Vector512<double> squares = SumsOfFour(_squares + (group * Vector128<int>.Count));
            Vector512<double> score = ClassCountScan.Score(weight, squares, products, nodeWeight, nodeSquares, out Vector512<double> rightWeight);
            best.Improve(score, weight, rightWeight, place);
            place += Vector512.Create((long)Lanes);
        }

        double greatest = best.Least(out int bestGroup);
        bin = _groups[bestGroup];
        _bestTail = _tails[bestGroup];
        return greatest;
    }

    private static Vector512<double> SumsOfFour(int* numbers)
    {
        if (Avx512F.IsSupported)
        {
            var first = Vector512.Load(numbers);
            var second = Vector512.Load(numbers + Vector512<int>.Count);
            Vector512<int> halves = Avx512F.UnpackLow(first, second) + Avx512F.UnpackHigh(first, second);
            Vector512<int> sums = halves + Avx512F.Shuffle(halves, 0b_00_00_11_10);
            Vector512<int> rising = Vector512.Shuffle(sums, Vector512.Create(0, 4, 8, 12, 1, 5, 9, 13, 0, 0, 0, 0, 0, 0, 0, 0));
            return Avx512F.ConvertToVector512Double(rising.GetLower());
        }

        Vector512<double> each = Vector512<double>.Zero;
        for (int i = 0; i < Lanes; i++)
        {
            each = each.WithElement(i, Vector128.Sum(Vector128.Load(numbers + (i * Vector128<int>.Count))));
        }

        return each;
    }

    /// <summary>The sums of neighbouring products; without that instruction, of others: only their total matters.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Squares(Vector256<int> classes)
    {
        Vector256<short> weights = classes.AsInt16();
        if (Avx2.IsSupported)
        {
            return Avx2.MultiplyAddAdjacent(weights, weights);
        }

        (Vector256<int> lower, Vector256<int> upper) = Vector256.Widen(weights);
        return (lower * lower) + (upper * upper);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Add<TCount>(ref byte cell, int stride, ReadOnlySpan<int> terms)
        where TCount : struct, IVectorCount
    {
        int* bins = _bins;
        int* all = _terms;
        byte* present = _present;
        foreach (int term in terms)
        {
            int bin = cell;
            Add<TCount>(bins + (bin * TCount.Value * IntsPerVector), all + term);
            present[bin] = Present;
            cell = ref Unsafe.Add(ref cell, stride);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Add<TCount>(ReadOnlySpan<int> rows, ReadOnlySpan<byte> bins, ReadOnlySpan<int> terms)
        where TCount : struct, IVectorCount
    {
        ref byte cell = ref MemoryMarshal.GetReference(bins);
        for (int i = 0; i < rows.Length; i++)
        {
            int bin = Unsafe.Add(ref cell, rows[i]);
            Add<TCount>(_bins + (bin * TCount.Value * IntsPerVector), _terms + terms[i]);
            _present[bin] = Present;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add<TCount>(int* bin, int* term)
        where TCount : struct, IVectorCount
    {
        (Vector256.Load(bin) + Vector256.Load(term)).Store(bin);
        if (TCount.Value == 2)
        {
            int* next = bin + IntsPerVector;
            (Vector256.Load(next) + Vector256.Load(term + IntsPerVector)).Store(next);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void AddUp<TCount>(int groups)
        where TCount : struct, IVectorCount
    {
        int* bins = _bins;
        byte* numbers = _groups;
        int* squares = _squares;
        long* tails = _tails;
        Vector256<int> classes = Vector256.Create(-1, -1, -1, -1, -1, -1, 0, 0);
        Vector256<int> left = Vector256<int>.Zero;
        Vector256<int> last = Vector256<int>.Zero;
        for (int group = 0; group < groups; group++)
        {
            int* bin = bins + (numbers[group] * TCount.Value * IntsPerVector);
            Vector256<int> terms = Vector256<int>.Zero;
            if (TCount.Value == 2)
            {
                left += Vector256.Load(bin);
                Vector256<int>.Zero.Store(bin);
                terms = Squares(left);
                bin += IntsPerVector;
            }

            last += Vector256.Load(bin);
            Vector256<int>.Zero.Store(bin);
            terms += Squares(last & classes);
            (terms.GetLower() + terms.GetUpper()).Store(squares + (group * Vector128<int>.Count));
            tails[group] = last.AsInt64().GetElement(3);
        }
    }

    /// <summary>Lists the bins that have rows, and returns their number.</summary>
    private int ListGroups()
    {
        byte* list = _groups;
        for (int first = 0; first < Bins; first += PerMask)
        {
            Vector512<byte> present = Vector512.Load(_present + first);
            ulong mask = present.ExtractMostSignificantBits();
            if (Avx512Vbmi2.IsSupported)
            {
                Vector512<byte> numbers = Vector512<byte>.Indices + Vector512.Create((byte)first);
                Avx512Vbmi2.Compress(Vector512<byte>.Zero, present, numbers).Store(list);
                list += BitOperations.PopCount(mask);
                continue;
            }

            for (; mask != 0; mask &= mask - 1)
            {
                *list++ = (byte)(first + BitOperations.TrailingZeroCount(mask));
            }
        }

        return (int)(list - _groups);
    }

    private void Clear()
    {
        if (!_isClear)
        {
            new Span<int>(_bins, Bins * RowInts).Clear();
        }

        new Span<byte>(_present, Bins).Clear();
        _isClear = false;
    }

    /// <summary>The number of vectors of a row.</summary>
    private interface IVectorCount
    {
        static abstract int Value { get; }
    }

    private readonly struct One : IVectorCount
    {
        public static int Value => 1;
    }

    private readonly struct Two : IVectorCount
    {
        public static int Value => 2;
    }
}
