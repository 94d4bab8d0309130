using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Ensembles.Data.Binning;
using Ensembles.Trees.Growing;

namespace Ensembles.Trees.Criteria;

/// <summary>Scores the thresholds between bins by a criterion of K class weights.</summary>
/// <typeparam name="TCriterion">The terms of the criterion.</typeparam>
/// <param name="labels">The class of each row of the table.</param>
/// <param name="weights">The weight of each row of the table.</param>
/// <param name="classCount">The number of classes K.</param>
/// <param name="criterion">The terms of the criterion.</param>
/// <param name="isExact">Whether sums of terms never need rounding, so that moving rows leaves no errors.</param>
internal sealed class ClassBinScan<TCriterion>(int[] labels, double[] weights, int classCount, TCriterion criterion, bool isExact) : BinScan
    where TCriterion : struct, IClassCriterion
{
    private readonly double[] _leftTerms = new double[Room];
    private readonly double[] _rightTerms = new double[Room];

    // Padded with classes without weight to whole vectors.
    private readonly double[] _node = new double[Stride(classCount)];
    private readonly double[] _left = new double[Stride(classCount)];
    private readonly double[] _right = new double[Stride(classCount)];
    private readonly double[] _bins = new double[BinnedTable.MaxBinsWithMissing * Stride(classCount)];
    private readonly int _stride = Stride(classCount);
    private int[] _labels = new int[BinGroups.MaxSorted];
    private double[] _weights = new double[BinGroups.MaxSorted];
    private double _terms;

    public override double NodeScore => criterion.Combine(_terms, NodeWeight);

    public override void Enter(ReadOnlySpan<int> rows, bool few)
    {
        if (_labels.Length < rows.Length)
        {
            _labels = new int[labels.Length];
            _weights = new double[labels.Length];
        }

        Array.Clear(_node);
        for (int i = 0; i < rows.Length; i++)
        {
            int row = rows[i];
            int label = labels[row];
            double weight = weights[row];
            _labels[i] = label;
            _weights[i] = weight;
            _node[label] += weight;
        }

        double total = 0;
        double terms = 0;
        foreach (double classWeight in _node.AsSpan(0, classCount))
        {
            total += classWeight;
            terms += criterion.Term(classWeight);
        }

        NodeWeight = total;
        _terms = terms;
    }

    public override void ScoreRows(BinGroups groups, int present, bool missingLeft)
    {
        Span<double> sums = _left;
        sums.Clear();
        _node.AsSpan().CopyTo(_right);
        var state = new State { RightTerms = _terms, AddUpBelow = isExact ? double.NegativeInfinity : NodeWeight / 2 };
        int rowCount = groups.RowEnds[present - 1];
        if (missingLeft)
        {
            foreach (byte row in groups.Order[rowCount..groups.RowEnds[present]])
            {
                Move(ref state, _labels[row], _weights[row]);
            }
        }

        ref byte order = ref MemoryMarshal.GetReference(groups.Order);
        ref byte endsBin = ref MemoryMarshal.GetReference(groups.EndsBin);
        nint place = 0;
        for (nint i = 0; i < rowCount; i++)
        {
            // What a bin comes to is written after each of its rows, the last of which leaves it: no branch to predict.
            nint row = Unsafe.Add(ref order, i);
            Move(ref state, _labels[row], _weights[row]);
            Keep(place, state);
            place += Unsafe.Add(ref endsBin, i);
        }

        Score(present);
    }

    public override void AddToBins(ReadOnlySpan<int> rows, ReadOnlySpan<byte> bins, int binCount, BinGroups groups, bool counted)
    {
        _bins.AsSpan(0, _stride * binCount).Clear();
        ref int label = ref MemoryMarshal.GetArrayDataReference(_labels);
        ref double weight = ref MemoryMarshal.GetArrayDataReference(_weights);
        ref double sums = ref MemoryMarshal.GetArrayDataReference(_bins);
        nint stride = _stride;
        for (int i = 0; i < rows.Length; i++)
        {
            Unsafe.Add(ref sums, (bins[rows[i]] * stride) + Unsafe.Add(ref label, i)) += Unsafe.Add(ref weight, i);
        }

        groups.TakeCounted(rows, bins, binCount);
    }

    public override void ScoreBins(BinGroups groups, int present, bool missingLeft)
    {
        if (TCriterion.IsSumOfSquares)
        {
            ScoreSquares(groups.Bins, present, missingLeft);
        }
        else
        {
            ScoreTerms(groups.Bins, present, missingLeft);
        }

        Score(present);
    }

    private void ScoreTerms(ReadOnlySpan<byte> bins, int present, bool missingLeft)
    {
        Array.Clear(_left);
        _node.AsSpan().CopyTo(_right);
        var state = new State { RightTerms = _terms, AddUpBelow = isExact ? double.NegativeInfinity : NodeWeight / 2 };
        if (missingLeft)
        {
            MoveBin(ref state, bins[present]);
        }

        for (int place = 0; place < present; place++)
        {
            MoveBin(ref state, bins[place]);
            Keep(place, state);
        }
    }

    /// <summary>All classes of a bin move at once, and the squares are added up anew: nothing is left of moves before.</summary>
    private void ScoreSquares(ReadOnlySpan<byte> bins, int present, bool missingLeft)
    {
        Array.Clear(_left);
        _node.AsSpan().CopyTo(_right);
        ref double left = ref MemoryMarshal.GetArrayDataReference(_left);
        ref double right = ref MemoryMarshal.GetArrayDataReference(_right);
        ref double sums = ref MemoryMarshal.GetArrayDataReference(_bins);
        for (int place = missingLeft ? -1 : 0; place < present; place++)
        {
            ref double bin = ref Unsafe.Add(ref sums, bins[place < 0 ? present : place] * (nint)_stride);
            Vector256<double> leftWeight = Vector256<double>.Zero;
            Vector256<double> leftSquares = Vector256<double>.Zero;
            Vector256<double> rightSquares = Vector256<double>.Zero;
            for (nuint k = 0; k < (nuint)_stride; k += (nuint)Vector256<double>.Count)
            {
                Vector256<double> moved = Vector256.LoadUnsafe(ref bin, k);
                Vector256<double> nowLeft = Vector256.LoadUnsafe(ref left, k) + moved;
                Vector256<double> nowRight = Vector256.LoadUnsafe(ref right, k) - moved;
                nowLeft.StoreUnsafe(ref left, k);
                nowRight.StoreUnsafe(ref right, k);
                leftWeight += nowLeft;
                leftSquares += nowLeft * nowLeft;
                rightSquares += nowRight * nowRight;
            }

            if (place >= 0)
            {
                LeftWeights[place] = Sum(leftWeight);
                _leftTerms[place] = Sum(leftSquares);
                _rightTerms[place] = Sum(rightSquares);
            }
        }
    }

    /// <summary>The sum of four numbers in an order that does not depend on the machine.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Sum(Vector256<double> vector)
    {
        Vector128<double> two = vector.GetLower() + vector.GetUpper();
        return two[0] + two[1];
    }

    private static int Stride(int classCount) => (classCount + Vector256<double>.Count - 1) & -Vector256<double>.Count;

    private void MoveBin(ref State state, int bin)
    {
        ReadOnlySpan<double> sums = _bins.AsSpan(bin * _stride, classCount);
        for (int k = 0; k < sums.Length; k++)
        {
            if (sums[k] != 0)
            {
                Move(ref state, k, sums[k]);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Move(ref State state, int label, double weight)
    {
        double left = _left[label];
        double right = _right[label];
        state.LeftTerms += criterion.Term(left + weight) - criterion.Term(left);
        state.RightTerms += criterion.Term(right - weight) - criterion.Term(right);
        _left[label] = left + weight;
        _right[label] = right - weight;
        state.LeftWeight += weight;
        if (NodeWeight - state.LeftWeight < state.AddUpBelow)
        {
            AddUpRightTerms(ref state);
        }
    }

    /// <summary>
    /// Every time that half of what lay right has moved, the terms of the rest are added up anew: what many moves left as rounding
    /// errors of large terms would be divided by the small weight of the last rows.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void AddUpRightTerms(ref State state)
    {
        double terms = 0;
        foreach (double classWeight in _right.AsSpan(0, classCount))
        {
            terms += criterion.Term(classWeight);
        }

        state.RightTerms = terms;
        state.AddUpBelow = (NodeWeight - state.LeftWeight) / 2;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Keep(nint place, in State state)
    {
        Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(LeftWeights), place) = state.LeftWeight;
        Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_leftTerms), place) = state.LeftTerms;
        Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_rightTerms), place) = state.RightTerms;
    }

    private void Score(int count)
    {
        if (!TCriterion.HasVectors)
        {
            for (int place = 0; place < count; place++)
            {
                double weight = LeftWeights[place];
                Scores[place] = criterion.Combine(_leftTerms[place], weight) + criterion.Combine(_rightTerms[place], NodeWeight - weight);
            }

            return;
        }

        ref double leftWeights = ref MemoryMarshal.GetArrayDataReference(LeftWeights);
        ref double leftTerms = ref MemoryMarshal.GetArrayDataReference(_leftTerms);
        ref double rightTerms = ref MemoryMarshal.GetArrayDataReference(_rightTerms);
        ref double scores = ref MemoryMarshal.GetArrayDataReference(Scores);
        Vector512<double> nodeWeight = Vector512.Create(NodeWeight);
        for (nuint place = 0; place < (nuint)count; place += (nuint)Vector512<double>.Count)
        {
            Vector512<double> weight = Vector512.LoadUnsafe(ref leftWeights, place);
            Vector512<double> left = criterion.Combine(Vector512.LoadUnsafe(ref leftTerms, place), weight);
            Vector512<double> right = criterion.Combine(Vector512.LoadUnsafe(ref rightTerms, place), nodeWeight - weight);
            (left + right).StoreUnsafe(ref scores, place);
        }
    }

    /// <summary>Where a scan is.</summary>
    private struct State
    {
        public double LeftWeight;
        public double LeftTerms;
        public double RightTerms;
        public double AddUpBelow;
    }
}
