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

    // Few rows: the weights and the weighted targets of the node, by place.
    private readonly double[] _weights = new double[BinGroups.MaxSorted];
    private readonly double[] _targets = new double[BinGroups.MaxSorted];

    // Many rows: both side by side, by place and by bin.
    private readonly double[] _bins = new double[2 * BinnedTable.MaxBinsWithMissing];
    private double[] _pairs = [];
    private double _target;

    public override double NodeScore => criterion.Score(NodeWeight, _target);

    public override void Enter(ReadOnlySpan<int> rows, bool few)
    {
        if (few)
        {
            EnterFew(rows);
        }
        else
        {
            EnterMany(rows);
        }
    }

    public override void ScoreRows(BinGroups groups, int present, bool missingLeft)
    {
        int rowCount = groups.RowEnds[present - 1];
        double weight = 0;
        double target = 0;
        if (missingLeft)
        {
            foreach (byte row in groups.Order[rowCount..groups.RowEnds[present]])
            {
                weight += _weights[row];
                target += _targets[row];
            }
        }

        ref byte order = ref MemoryMarshal.GetReference(groups.Order);
        ref byte endsBin = ref MemoryMarshal.GetReference(groups.EndsBin);
        ref double weights = ref MemoryMarshal.GetArrayDataReference(_weights);
        ref double targets = ref MemoryMarshal.GetArrayDataReference(_targets);
        ref double leftWeights = ref MemoryMarshal.GetArrayDataReference(LeftWeights);
        ref double leftTargets = ref MemoryMarshal.GetArrayDataReference(_leftTargets);
        nint place = 0;
        for (nint i = 0; i < rowCount; i++)
        {
            // The sums of a bin are written after each of its rows, the last of which leaves them: no branch to predict.
            nint row = Unsafe.Add(ref order, i);
            weight += Unsafe.Add(ref weights, row);
            target += Unsafe.Add(ref targets, row);
            Unsafe.Add(ref leftWeights, place) = weight;
            Unsafe.Add(ref leftTargets, place) = target;
            place += Unsafe.Add(ref endsBin, i);
        }

        Score(present);
    }

    public override void AddToBins(ReadOnlySpan<int> rows, ReadOnlySpan<byte> bins, int binCount, BinGroups groups, bool counted)
    {
        _bins.AsSpan(0, 2 * binCount).Clear();
        ref double pair = ref MemoryMarshal.GetArrayDataReference(_pairs);
        ref double sums = ref MemoryMarshal.GetArrayDataReference(_bins);
        for (int i = 0; i < rows.Length; i++)
        {
            ref double sum = ref Unsafe.Add(ref sums, 2 * (nint)bins[rows[i]]);
            (Vector128.LoadUnsafe(ref sum) + Vector128.LoadUnsafe(ref pair, 2 * (nuint)i)).StoreUnsafe(ref sum);
        }

        if (counted)
        {
            groups.TakeCounted(rows, bins, binCount);
        }
        else
        {
            // Rows have weight.
            groups.TakeWeighted(_bins.AsSpan(0, 2 * binCount), 2);
        }
    }

    public override void ScoreBins(BinGroups groups, int present, bool missingLeft)
    {
        ReadOnlySpan<byte> bins = groups.Bins;
        double weight = missingLeft ? _bins[2 * bins[present]] : 0;
        double target = missingLeft ? _bins[(2 * bins[present]) + 1] : 0;
        for (int place = 0; place < present; place++)
        {
            int bin = bins[place];
            weight += _bins[2 * bin];
            target += _bins[(2 * bin) + 1];
            LeftWeights[place] = weight;
            _leftTargets[place] = target;
        }

        Score(present);
    }

    private void Score(int count)
    {
        if (!TCriterion.HasVectors)
        {
            for (int place = 0; place < count; place++)
            {
                double weight = LeftWeights[place];
                double target = _leftTargets[place];
                Scores[place] = criterion.Score(weight, target) + criterion.Score(NodeWeight - weight, _target - target);
            }

            return;
        }

        ref double leftWeights = ref MemoryMarshal.GetArrayDataReference(LeftWeights);
        ref double leftTargets = ref MemoryMarshal.GetArrayDataReference(_leftTargets);
        ref double scores = ref MemoryMarshal.GetArrayDataReference(Scores);
        Vector512<double> nodeWeight = Vector512.Create(NodeWeight);
        Vector512<double> nodeTarget = Vector512.Create(_target);
        for (nuint place = 0; place < (nuint)count; place += (nuint)Vector512<double>.Count)
        {
            Vector512<double> weight = Vector512.LoadUnsafe(ref leftWeights, place);
            Vector512<double> target = Vector512.LoadUnsafe(ref leftTargets, place);
            (criterion.Score(weight, target) + criterion.Score(nodeWeight - weight, nodeTarget - target)).StoreUnsafe(ref scores, place);
        }
    }

    private void EnterFew(ReadOnlySpan<int> rows)
    {
        double weight = 0;
        double target = 0;
        for (int i = 0; i < rows.Length; i++)
        {
            nint row = rows[i];
            double rowWeight = pairs[2 * row];
            double rowTarget = pairs[(2 * row) + 1];
            _weights[i] = rowWeight;
            _targets[i] = rowTarget;
            weight += rowWeight;
            target += rowTarget;
        }

        NodeWeight = weight;
        _target = target;
    }

    private void EnterMany(ReadOnlySpan<int> rows)
    {
        if (_pairs.Length < 2L * rows.Length)
        {
            _pairs = GC.AllocateUninitializedArray<double>(pairs.Length);
        }

        ref double source = ref MemoryMarshal.GetArrayDataReference(pairs);
        ref double target = ref MemoryMarshal.GetArrayDataReference(_pairs);
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
}
