using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Ensembles.Data.Binning;
using Ensembles.Numerics;
using Ensembles.Trees.Growing.Gradients;

namespace Ensembles.Trees.Growing.Histograms;

/// <summary>
/// Finds the best split of a feature from its bins. The sums left of each bin are running sums of whole numbers; the scores are computed
/// eight at a time, by the same operations in the same order as one at a time, so every machine finds the same split.
/// </summary>
internal sealed class GradientSplitSearch
{
    private const int Cells = BinnedTable.MaxBinsWithMissing;

    private readonly long[] _gradient = new long[Cells];
    private readonly long[] _hessian = new long[Cells];
    private readonly int[] _rows = new int[Cells];
    private readonly CategoryGroups _groups = new();
    private readonly int[] _order = new int[Cells];
    private readonly double[] _keys = new double[Cells];

    /// <summary>Memory for the sums of the bins of a column that shares a digit.</summary>
    public long[] Sums { get; } = new long[BinSums.MaxWords];

    /// <summary>Memory for the numbers of rows of these bins.</summary>
    public long[] Counts { get; } = new long[BinSums.MaxWords];

    /// <summary>What a node's sums are, in whole units, and what the units stand for.</summary>
    internal readonly record struct NodeSums(long Gradient, long Hessian, double GradientUnit, double HessianUnit)
    {
        public int RowCount { get; init; }

        /// <summary>The fewest rows of a child; rows are not counted where one is enough.</summary>
        public int LeastRows { get; init; }

        /// <summary>The least hessian of a category that is a group of its own.</summary>
        public long LeastOfCategory { get; init; }
    }

    /// <summary>A split found: after which bin, and the sums it sends left.</summary>
    internal struct Found
    {
        public double Score;
        public int LastLeft;
        public bool MissingLeft;
        public long LeftGradient;
        public long LeftHessian;

        /// <summary>Of a categorical split: by bin whether it goes left.</summary>
        public bool[]? LeftBins;
    }

    /// <summary>The best threshold of a numeric feature.</summary>
    /// <param name="sums">The sums of its bins.</param>
    /// <param name="counts">The same, with hessians that count rows, where a child must have more than one.</param>
    /// <param name="mapper">Its bins.</param>
    /// <param name="node">The sums of all rows of the node.</param>
    /// <param name="score">The objective at splits of this feature.</param>
    /// <param name="minHessian">The least hessian of a child, in whole units, at least 1.</param>
    /// <param name="found">The best split so far, or one of score −∞; receives the split that scores the most, where it scores more.</param>
    /// <returns>Whether there is one that scores more.</returns>
    public bool FindThreshold(
        BinSums sums, BinSums counts, BinMapper mapper, in NodeSums node, in SplitScore score, long minHessian, ref Found found)
    {
        double before = found.Score;
        int bins = mapper.BinCount;
        (long missingGradient, long missingHessian) = sums[mapper.MissingBin];
        if (score.IsPlain && sums.IsPacked && node.LeastRows <= 1)
        {
            PackedSplitScan.Find(sums.Words, bins, sums.Words[mapper.MissingBin], node, score.L2, minHessian, ref found);
            return found.Score > before;
        }

        AddUp(sums, bins);
        int missingRows = CountRows(node, counts, bins, mapper.MissingBin, isOrdered: false);

        // After the last bin only the missing rows lie right: a split where there are any. Values have no order with missing ones.
        int last = missingHessian > 0 && score.Direction == 0 ? bins : bins - 1;
        Scan(0, last, 0, 0, 0, node, score, minHessian, missingLeft: false, ref found);
        if (missingHessian > 0)
        {
            if (score.Direction != 0 && bins > 0)
            {
                Scan(bins - 1, bins, 0, 0, 0, node, score with { Direction = 0 }, minHessian, missingLeft: false, ref found);
            }

            Scan(0, bins - 1, missingGradient, missingHessian, missingRows, node, score, minHessian, missingLeft: true, ref found);
        }

        return found.Score > before;
    }

    /// <summary>
    /// The best set of categories: those of the splits of their order by G/(H + λ), which holds the best one where λ is 0 (Fisher 1958;
    /// Chen and Guestrin's objective is a weighted squared error then). Categories of too little hessian are one.
    /// </summary>
    /// <inheritdoc cref="FindThreshold"/>
    public bool FindSet(
        BinSums sums, BinSums counts, BinMapper mapper, in NodeSums node, in SplitScore score, long minHessian, ref Found found)
    {
        double before = found.Score;
        _groups.Gather(sums, mapper.BinCount, node.LeastOfCategory);
        int count = _groups.Count;
        for (int group = 0; group < count; group++)
        {
            (long gradient, long hessian) = _groups.Sums(group);
            _keys[group] = gradient * node.GradientUnit / ((hessian * node.HessianUnit) + score.L2);
        }

        RadixSort.SortIndices(_keys.AsSpan(0, count), _order.AsSpan(0, count));
        long gradientSum = 0;
        long hessianSum = 0;
        for (int i = 0; i < count; i++)
        {
            (long gradient, long hessian) = _groups.Sums(_order[i]);
            gradientSum += gradient;
            hessianSum += hessian;
            _gradient[i] = gradientSum;
            _hessian[i] = hessianSum;
        }

        (long missingGradient, long missingHessian) = sums[mapper.MissingBin];
        int missingRows = CountRows(node, counts, count, mapper.MissingBin, isOrdered: true);
        Scan(0, missingHessian > 0 ? count : count - 1, 0, 0, 0, node, score, minHessian, missingLeft: false, ref found);
        if (missingHessian > 0)
        {
            Scan(0, count - 1, missingGradient, missingHessian, missingRows, node, score, minHessian, missingLeft: true, ref found);
        }

        bool isBetter = found.Score > before;
        if (isBetter)
        {
            found.LeftBins = new bool[Cells];
            for (int i = 0; i <= found.LastLeft; i++)
            {
                foreach (int bin in _groups.Bins(_order[i]))
                {
                    found.LeftBins[bin] = true;
                }
            }
        }

        return isBetter;
    }

    /// <summary>The running sums over the bins of a feature.</summary>
    private void AddUp(BinSums sums, int bins)
    {
        long gradient = 0;
        long hessian = 0;
        if (sums.IsPacked)
        {
            ReadOnlySpan<long> cells = sums.Words;
            long sum = 0;
            for (int b = 0; b < bins; b++)
            {
                sum += cells[b];
                _gradient[b] = sum >> 32;
                _hessian[b] = sum & 0xFFFFFFFFL;
            }

            return;
        }

        ReadOnlySpan<long> wide = sums.Words;
        for (int b = 0; b < bins; b++)
        {
            gradient += wide[2 * b];
            hessian += wide[(2 * b) + 1];
            _gradient[b] = gradient;
            _hessian[b] = hessian;
        }
    }

    /// <summary>The running numbers of rows, where they matter; returns the number of rows without a value.</summary>
    private int CountRows(in NodeSums node, BinSums counts, int bins, int missingBin, bool isOrdered)
    {
        if (node.LeastRows <= 1)
        {
            return 0;
        }

        long rows = 0;
        for (int b = 0; b < bins; b++)
        {
            rows += isOrdered ? _groups.RowCount(_order[b], counts) : counts[b].Hessian;
            _rows[b] = (int)rows;
        }

        return (int)counts[missingBin].Hessian;
    }

    /// <summary>The splits that leave enough rows on both sides follow each other: from the first, to before the last.</summary>
    private void Narrow(in NodeSums node, int extraRows, ref int first, ref int last)
    {
        if (node.LeastRows <= 1)
        {
            return;
        }

        while (first < last && _rows[first] + extraRows < node.LeastRows)
        {
            first++;
        }

        while (last > first && node.RowCount - _rows[last - 1] - extraRows < node.LeastRows)
        {
            last--;
        }
    }

    private void Scan(
        int first,
        int count,
        long extraGradient,
        long extraHessian,
        int extraRows,
        in NodeSums node,
        in SplitScore score,
        long minHessian,
        bool missingLeft,
        ref Found found)
    {
        int best = -1;
        double bestScore = found.Score;
        int b = first;
        Narrow(node, extraRows, ref b, ref count);
        if (score.IsPlain)
        {
            b = ScanPlain(b, count, extraGradient, extraHessian, node, score.L2, minHessian, ref best, ref bestScore);
        }

        for (; b < count; b++)
        {
            long leftGradient = _gradient[b] + extraGradient;
            long leftHessian = _hessian[b] + extraHessian;
            long rightGradient = node.Gradient - leftGradient;
            long rightHessian = node.Hessian - leftHessian;
            if (leftHessian < minHessian || rightHessian < minHessian)
            {
                continue;
            }

            double candidate = score.Split(
                leftGradient * node.GradientUnit,
                leftHessian * node.HessianUnit,
                rightGradient * node.GradientUnit,
                rightHessian * node.HessianUnit);
            if (candidate > bestScore)
            {
                bestScore = candidate;
                best = b;
            }
        }

        if (best >= 0)
        {
            found.LeftBins = null;
            found.Score = bestScore;
            found.LastLeft = best;
            found.MissingLeft = missingLeft;
            found.LeftGradient = _gradient[best] + extraGradient;
            found.LeftHessian = _hessian[best] + extraHessian;
        }
    }

    /// <summary>Scores G²/(H + λ) of eight bins at a time; returns the first bin that is left.</summary>
    private int ScanPlain(
        int first, int count, long extraGradient, long extraHessian, in NodeSums node, double l2, long minHessian, ref int best, ref double bestScore)
    {
        const int Lanes = 8;
        if (count - first < Lanes)
        {
            return first;
        }

        Vector512<double> gradientUnit = Vector512.Create(node.GradientUnit);
        Vector512<double> hessianUnit = Vector512.Create(node.HessianUnit);
        Vector512<double> regularisation = Vector512.Create(l2);
        Vector512<long> nodeGradient = Vector512.Create(node.Gradient);
        Vector512<long> nodeHessian = Vector512.Create(node.Hessian);
        Vector512<long> least = Vector512.Create(minHessian);
        Vector512<double> bestScores = Vector512.Create(bestScore);
        Vector512<long> bestBins = Vector512.Create(-1L);
        Vector512<long> bins = Vector512.Create(0L, 1, 2, 3, 4, 5, 6, 7) + Vector512.Create((long)first);
        int b = first;
        for (; b + Lanes <= count; b += Lanes)
        {
            Vector512<long> leftGradient = Vector512.LoadUnsafe(ref _gradient[b]) + Vector512.Create(extraGradient);
            Vector512<long> leftHessian = Vector512.LoadUnsafe(ref _hessian[b]) + Vector512.Create(extraHessian);
            Vector512<long> rightHessian = nodeHessian - leftHessian;
            Vector512<double> gl = Vector512.ConvertToDouble(leftGradient) * gradientUnit;
            Vector512<double> gr = Vector512.ConvertToDouble(nodeGradient - leftGradient) * gradientUnit;
            Vector512<double> hl = Vector512.ConvertToDouble(leftHessian) * hessianUnit;
            Vector512<double> hr = Vector512.ConvertToDouble(rightHessian) * hessianUnit;
            Vector512<double> candidate = (gl * gl / (hl + regularisation)) + (gr * gr / (hr + regularisation));
            Vector512<long> better = Vector512.GreaterThanOrEqual(leftHessian, least)
                & Vector512.GreaterThanOrEqual(rightHessian, least)
                & Vector512.GreaterThan(candidate, bestScores).AsInt64();
            bestScores = Vector512.ConditionalSelect(better.AsDouble(), candidate, bestScores);
            bestBins = Vector512.ConditionalSelect(better, bins, bestBins);
            bins += Vector512.Create((long)Lanes);
        }

        // Of equal scores the lowest bin: within a lane the first one stayed, between lanes the least is taken.
        for (int lane = 0; lane < Lanes; lane++)
        {
            int bin = (int)bestBins[lane];
            double score = bestScores[lane];
            if (bin >= 0 && (score > bestScore || (score == bestScore && best >= 0 && bin < best)))
            {
                bestScore = score;
                best = bin;
            }
        }

        return b;
    }
}
