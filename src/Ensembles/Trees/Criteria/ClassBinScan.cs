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
internal class ClassBinScan<TCriterion>(int[] labels, double[] weights, int classCount, TCriterion criterion) : BinScan
    where TCriterion : struct, IClassCriterion
{
    private readonly double[] _leftTerms = new double[Room];
    private readonly double[] _rightTerms = new double[Room];

    // Padded with classes without weight to whole vectors.
    private readonly int _stride = Stride(classCount);
    private readonly double[] _node = new double[Stride(classCount)];
    private readonly double[] _left = new double[Stride(classCount)];
    private readonly double[] _right = new double[Stride(classCount)];

    // By bin while many rows are added up, then by group.
    private readonly double[] _sums = new double[BinnedTable.MaxBinsWithMissing * Stride(classCount)];

    // The rows of the node.
    private int[] _labels = new int[BinGroups.MaxFew];
    private double[] _weights = new double[BinGroups.MaxFew];

    public override double NodeScore => criterion.Combine(AddUpTerms(_node), NodeWeight);

    public override void Enter(ReadOnlySpan<int> rows)
    {
        if (_labels.Length < rows.Length)
        {
            _labels = GC.AllocateUninitializedArray<int>(labels.Length);
            _weights = GC.AllocateUninitializedArray<double>(labels.Length);
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
        foreach (double classWeight in _node.AsSpan(0, classCount))
        {
            total += classWeight;
        }

        NodeWeight = total;
    }

    public override void AddToGroups(ReadOnlySpan<byte> groupOfRow, int groupCount)
    {
        _sums.AsSpan(0, _stride * groupCount).Clear();
        ref int label = ref MemoryMarshal.GetArrayDataReference(_labels);
        ref double weight = ref MemoryMarshal.GetArrayDataReference(_weights);
        ref double sums = ref MemoryMarshal.GetArrayDataReference(_sums);
        nint stride = _stride;
        for (int i = 0; i < groupOfRow.Length; i++)
        {
            Unsafe.Add(ref sums, (groupOfRow[i] * stride) + Unsafe.Add(ref label, i)) += Unsafe.Add(ref weight, i);
        }
    }

    public override void AddToBins(ReadOnlySpan<int> rows, ReadOnlySpan<byte> bins, int binCount, BinGroups groups, bool counted)
    {
        _sums.AsSpan(0, _stride * binCount).Clear();
        ref int label = ref MemoryMarshal.GetArrayDataReference(_labels);
        ref double weight = ref MemoryMarshal.GetArrayDataReference(_weights);
        ref double sums = ref MemoryMarshal.GetArrayDataReference(_sums);
        nint stride = _stride;
        for (int i = 0; i < rows.Length; i++)
        {
            Unsafe.Add(ref sums, (bins[rows[i]] * stride) + Unsafe.Add(ref label, i)) += Unsafe.Add(ref weight, i);
        }

        groups.OfMany(rows, bins, binCount);
        int group = 0;
        for (int bin = 0; bin < binCount && groups.Count < binCount; bin++)
        {
            if (groups.Has(bin))
            {
                _sums.AsSpan(bin * _stride, _stride).CopyTo(_sums.AsSpan(group * _stride));
                group++;
            }
        }
    }

    public override void Score(int present, bool missingLeft)
    {
        Move(present, missingLeft);
        if (!TCriterion.HasVectors)
        {
            for (int group = 0; group < present; group++)
            {
                Scores[group] = ScoreOf(group);
            }

            return;
        }

        ref double leftWeights = ref MemoryMarshal.GetArrayDataReference(LeftWeights);
        ref double leftTerms = ref MemoryMarshal.GetArrayDataReference(_leftTerms);
        ref double rightTerms = ref MemoryMarshal.GetArrayDataReference(_rightTerms);
        ref double scores = ref MemoryMarshal.GetArrayDataReference(Scores);
        Vector512<double> nodeWeight = Vector512.Create(NodeWeight);
        for (nuint group = 0; group < (nuint)present; group += (nuint)Vector512<double>.Count)
        {
            Vector512<double> weight = Vector512.LoadUnsafe(ref leftWeights, group);
            Vector512<double> left = criterion.Combine(Vector512.LoadUnsafe(ref leftTerms, group), weight);
            Vector512<double> right = criterion.Combine(Vector512.LoadUnsafe(ref rightTerms, group), nodeWeight - weight);
            (left + right).StoreUnsafe(ref scores, group);
        }
    }

    protected override double ScoreFew(int present, bool missingLeft, int end, out int group)
    {
        Move(present, missingLeft);
        double best = double.NegativeInfinity;
        group = 0;
        for (int g = 0; g < end; g++)
        {
            double score = ScoreOf(g);
            Scores[g] = score;
            if (score > best && NodeWeight - LeftWeights[g] > 0)
            {
                best = score;
                group = g;
            }
        }

        return best;
    }

    private static int Stride(int classCount) => (classCount + Vector256<double>.Count - 1) & -Vector256<double>.Count;

    /// <summary>The sum of four numbers in an order that does not depend on the machine.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Sum(Vector256<double> vector)
    {
        Vector128<double> two = vector.GetLower() + vector.GetUpper();
        return two[0] + two[1];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private double ScoreOf(int group)
    {
        double weight = LeftWeights[group];
        return criterion.Combine(_leftTerms[group], weight) + criterion.Combine(_rightTerms[group], NodeWeight - weight);
    }

    /// <summary>Moves group after group to the left and writes what each comes to.</summary>
    private void Move(int present, bool missingLeft)
    {
        Array.Clear(_left);
        _node.AsSpan().CopyTo(_right);
        if (TCriterion.IsSumOfSquares)
        {
            MoveSquares(present, missingLeft);
        }
        else
        {
            MoveTerms(present, missingLeft);
        }
    }

    /// <summary>
    /// Four classes move at once; the squares of all are added up anew, so that no error of earlier moves is left in them.
    /// </summary>
    private void MoveSquares(int present, bool missingLeft)
    {
        ref double left = ref MemoryMarshal.GetArrayDataReference(_left);
        ref double right = ref MemoryMarshal.GetArrayDataReference(_right);
        ref double sums = ref MemoryMarshal.GetArrayDataReference(_sums);
        for (int group = missingLeft ? -1 : 0; group < present; group++)
        {
            ref double moved = ref Unsafe.Add(ref sums, (group < 0 ? present : group) * (nint)_stride);
            Vector256<double> leftWeight = Vector256<double>.Zero;
            Vector256<double> leftSquares = Vector256<double>.Zero;
            Vector256<double> rightSquares = Vector256<double>.Zero;
            for (nuint k = 0; k < (nuint)_stride; k += (nuint)Vector256<double>.Count)
            {
                Vector256<double> weight = Vector256.LoadUnsafe(ref moved, k);
                Vector256<double> nowLeft = Vector256.LoadUnsafe(ref left, k) + weight;
                Vector256<double> nowRight = Vector256.LoadUnsafe(ref right, k) - weight;
                nowLeft.StoreUnsafe(ref left, k);
                nowRight.StoreUnsafe(ref right, k);
                leftWeight += nowLeft;
                leftSquares += nowLeft * nowLeft;
                rightSquares += nowRight * nowRight;
            }

            if (group >= 0)
            {
                LeftWeights[group] = Sum(leftWeight);
                _leftTerms[group] = Sum(leftSquares);
                _rightTerms[group] = Sum(rightSquares);
            }
        }
    }

    /// <summary>
    /// Only the terms of classes that move change. Every time that half of what lay right has moved, the terms of the rest are added up
    /// anew: what many moves left as rounding errors of large terms would be divided by the small weight of the last rows.
    /// </summary>
    private void MoveTerms(int present, bool missingLeft)
    {
        double leftWeight = 0;
        double leftTerms = 0;
        double rightTerms = AddUpTerms(_right);
        double addUpBelow = NodeWeight / 2;
        for (int group = missingLeft ? -1 : 0; group < present; group++)
        {
            ReadOnlySpan<double> moved = _sums.AsSpan((group < 0 ? present : group) * _stride, classCount);
            for (int k = 0; k < moved.Length; k++)
            {
                double weight = moved[k];
                if (weight == 0)
                {
                    continue;
                }

                double left = _left[k];
                double right = _right[k];
                leftTerms += criterion.Term(left + weight) - criterion.Term(left);
                rightTerms += criterion.Term(right - weight) - criterion.Term(right);
                _left[k] = left + weight;
                _right[k] = right - weight;
                leftWeight += weight;
            }

            if (NodeWeight - leftWeight < addUpBelow)
            {
                rightTerms = AddUpTerms(_right);
                addUpBelow = (NodeWeight - leftWeight) / 2;
            }

            if (group >= 0)
            {
                LeftWeights[group] = leftWeight;
                _leftTerms[group] = leftTerms;
                _rightTerms[group] = rightTerms;
            }
        }
    }

    private double AddUpTerms(double[] classWeights)
    {
        double terms = 0;
        foreach (double classWeight in classWeights.AsSpan(0, classCount))
        {
            terms += criterion.Term(classWeight);
        }

        return terms;
    }
}
