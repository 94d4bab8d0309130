using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Ensembles.Data.Binning;
using Ensembles.Trees.Growing;

namespace Ensembles.Trees.Criteria;

/// <summary>Scores the thresholds between bins by a criterion of two sums.</summary>
/// <typeparam name="TCriterion">The score of a pair of sums.</typeparam>
/// <param name="pairs">For each row of the table its weight and its weighted target, side by side.</param>
/// <param name="criterion">The score of a pair of sums.</param>
internal sealed class PairBinScan<TCriterion>(double[] pairs, TCriterion criterion) : BinScan
    where TCriterion : struct, IPairCriterion
{
    private readonly double[] _leftTargets = new double[Room];

    // Side by side like the pairs of the rows: by bin while many rows are added up, then by group.
    private readonly double[] _sums = new double[2 * BinnedTable.MaxBinsWithMissing];

    // The pairs of the rows of the node.
    private double[] _rows = new double[2 * BinGroups.MaxFew];
    private double _target;

    public override double NodeScore => criterion.Score(NodeWeight, _target);

    public override void Enter(ReadOnlySpan<int> rows)
    {
        if (_rows.Length < 2L * rows.Length)
        {
            _rows = GC.AllocateUninitializedArray<double>(pairs.Length);
        }

        ref double source = ref MemoryMarshal.GetArrayDataReference(pairs);
        ref double target = ref MemoryMarshal.GetArrayDataReference(_rows);
        Vector128<double> sum = Vector128<double>.Zero;
        for (int i = 0; i < rows.Length; i++)
        {
            Vector128<double> pair = Vector128.LoadUnsafe(ref source, 2 * (nuint)rows[i]);
            pair.StoreUnsafe(ref target, 2 * (nuint)i);
            sum += pair;
        }

        NodeWeight = sum[0];
        _target = sum[1];
    }

    public override void AddToGroups(ReadOnlySpan<byte> groupOfRow, int groupCount)
    {
        _sums.AsSpan(0, 2 * groupCount).Clear();
        ref double pair = ref MemoryMarshal.GetArrayDataReference(_rows);
        ref double sums = ref MemoryMarshal.GetArrayDataReference(_sums);
        for (int i = 0; i < groupOfRow.Length; i++)
        {
            ref double sum = ref Unsafe.Add(ref sums, 2 * (nint)groupOfRow[i]);
            (Vector128.LoadUnsafe(ref sum) + Vector128.LoadUnsafe(ref pair, 2 * (nuint)i)).StoreUnsafe(ref sum);
        }
    }

    public override void AddToBins(ReadOnlySpan<int> rows, ReadOnlySpan<byte> bins, int binCount, BinGroups groups, bool counted)
    {
        _sums.AsSpan(0, 2 * binCount).Clear();
        ref double pair = ref MemoryMarshal.GetArrayDataReference(_rows);
        ref double sums = ref MemoryMarshal.GetArrayDataReference(_sums);
        for (int i = 0; i < rows.Length; i++)
        {
            ref double sum = ref Unsafe.Add(ref sums, 2 * (nint)bins[rows[i]]);
            (Vector128.LoadUnsafe(ref sum) + Vector128.LoadUnsafe(ref pair, 2 * (nuint)i)).StoreUnsafe(ref sum);
        }

        if (counted)
        {
            groups.OfMany(rows, bins, binCount);
        }
        else
        {
            groups.OfWeights(_sums.AsSpan(0, 2 * binCount), 2);
        }

        nint group = 0;
        for (nint bin = 0; bin < binCount && groups.Count < binCount; bin++)
        {
            ref double sum = ref Unsafe.Add(ref sums, 2 * bin);
            bool taken = sum > 0;
            Vector128.LoadUnsafe(ref sum).StoreUnsafe(ref Unsafe.Add(ref sums, 2 * group));
            group += taken ? 1 : 0;
        }
    }

    public override void Score(int present, bool missingLeft)
    {
        ref double sums = ref MemoryMarshal.GetArrayDataReference(_sums);
        ref double leftWeights = ref MemoryMarshal.GetArrayDataReference(LeftWeights);
        ref double leftTargets = ref MemoryMarshal.GetArrayDataReference(_leftTargets);
        Vector128<double> left = missingLeft ? Vector128.LoadUnsafe(ref sums, 2 * (nuint)present) : Vector128<double>.Zero;
        for (nint group = 0; group < present; group++)
        {
            left += Vector128.LoadUnsafe(ref sums, 2 * (nuint)group);
            Unsafe.Add(ref leftWeights, group) = left[0];
            Unsafe.Add(ref leftTargets, group) = left[1];
        }

        if (!TCriterion.HasVectors)
        {
            for (int group = 0; group < present; group++)
            {
                double weight = LeftWeights[group];
                double target = _leftTargets[group];
                Scores[group] = criterion.Score(weight, target) + criterion.Score(NodeWeight - weight, _target - target);
            }

            return;
        }

        ref double scores = ref MemoryMarshal.GetArrayDataReference(Scores);
        Vector512<double> nodeWeight = Vector512.Create(NodeWeight);
        Vector512<double> nodeTarget = Vector512.Create(_target);
        for (nuint group = 0; group < (nuint)present; group += (nuint)Vector512<double>.Count)
        {
            Vector512<double> weight = Vector512.LoadUnsafe(ref leftWeights, group);
            Vector512<double> target = Vector512.LoadUnsafe(ref leftTargets, group);
            (criterion.Score(weight, target) + criterion.Score(nodeWeight - weight, nodeTarget - target)).StoreUnsafe(ref scores, group);
        }
    }

    protected override double ScoreFew(int present, bool missingLeft, int end, out int group)
    {
        ref double sums = ref MemoryMarshal.GetArrayDataReference(_sums);
        Vector128<double> left = missingLeft ? Vector128.LoadUnsafe(ref sums, 2 * (nuint)present) : Vector128<double>.Zero;
        double best = double.NegativeInfinity;
        group = 0;
        for (int g = 0; g < end; g++)
        {
            left += Vector128.LoadUnsafe(ref sums, 2 * (nuint)g);
            double weight = left[0];
            double target = left[1];
            double rightWeight = NodeWeight - weight;
            double score = criterion.Score(weight, target) + criterion.Score(rightWeight, _target - target);
            LeftWeights[g] = weight;
            Scores[g] = score;
            if (score > best && rightWeight > 0)
            {
                best = score;
                group = g;
            }
        }

        return best;
    }
}
