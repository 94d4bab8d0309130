using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Ensembles.Trees.Growing.Histograms;

/// <summary>
/// Scans the packed bins of a numeric feature for the best score G²/(H + λ) of both sides, eight bins at a time and in one pass: running
/// sums, scores with the missing rows right, and with them left. It finds what <see cref="GradientSplitSearch"/> finds bin by bin, by the
/// same operations in the same order.
/// </summary>
internal static class PackedSplitScan
{
    private const int Lanes = 8;

    /// <summary>Finds the best threshold.</summary>
    /// <param name="cells">The packed cells of the feature, 256.</param>
    /// <param name="bins">The number of bins of values.</param>
    /// <param name="missing">The packed sums of missing rows, 0 where there are none.</param>
    /// <param name="node">The sums of the node.</param>
    /// <param name="l2">λ.</param>
    /// <param name="minHessian">The least hessian of a child, in whole units, at least 1.</param>
    /// <param name="found">Receives a split that scores more than what it has.</param>
    public static void Find(
        ReadOnlySpan<long> cells,
        int bins,
        long missing,
        in GradientSplitSearch.NodeSums node,
        double l2,
        long minHessian,
        ref GradientSplitSearch.Found found)
    {
        var scan = new Scan(node, l2, minHessian);
        Vector512<long> missingSums = Vector512.Create(missing);

        // After the last bin only the missing rows lie right: a split where there are any, and none with these left.
        Vector512<long> last = Vector512.Create(missing == 0 ? bins - 1L : bins);
        Vector512<long> lastOfLeft = Vector512.Create(bins - 1L);
        Vector512<long> bin = Vector512.Create(0L, 1, 2, 3, 4, 5, 6, 7);
        Vector512<long> carry = Vector512<long>.Zero;
        var right = new Best(found.Score);
        var left = new Best(found.Score);
        for (int b = 0; b < bins; b += Lanes)
        {
            Vector512<long> sums = carry + RunningSums(Vector512.LoadUnsafe(in cells[b]));
            carry = Vector512.Shuffle(sums, Vector512.Create(7L));
            right.Take(scan.Scores(sums, out Vector512<long> allowed), allowed & Vector512.LessThan(bin, last), bin, sums);
            if (missing != 0)
            {
                Vector512<long> with = sums + missingSums;
                left.Take(scan.Scores(with, out allowed), allowed & Vector512.LessThan(bin, lastOfLeft), bin, with);
            }

            bin += Vector512.Create((long)Lanes);
        }

        right.Give(missingLeft: false, ref found);
        if (missing != 0)
        {
            left.Give(missingLeft: true, ref found);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<long> RunningSums(Vector512<long> cells)
    {
        // An index outside of the vector gives 0.
        cells += Vector512.Shuffle(cells, Vector512.Create(8L, 0, 1, 2, 3, 4, 5, 6));
        cells += Vector512.Shuffle(cells, Vector512.Create(8L, 8, 0, 1, 2, 3, 4, 5));
        return cells + Vector512.Shuffle(cells, Vector512.Create(8L, 8, 8, 8, 0, 1, 2, 3));
    }

    /// <summary>What all splits of a node have in common.</summary>
    internal readonly struct Scan(in GradientSplitSearch.NodeSums node, double l2, long minHessian)
    {
        private readonly Vector512<double> _gradientUnit = Vector512.Create(node.GradientUnit);
        private readonly Vector512<double> _hessianUnit = Vector512.Create(node.HessianUnit);
        private readonly Vector512<double> _l2 = Vector512.Create(l2);
        private readonly Vector512<long> _nodeGradient = Vector512.Create(node.Gradient);
        private readonly Vector512<long> _nodeHessian = Vector512.Create(node.Hessian);
        private readonly Vector512<long> _least = Vector512.Create(minHessian);

        /// <summary>The scores of eight splits by the packed sums that go left, and which of them are allowed.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<double> Scores(Vector512<long> left, out Vector512<long> allowed)
        {
            Vector512<long> leftHessian = left & Vector512.Create(0xFFFFFFFFL);
            allowed = Allowed(leftHessian);
            return Scores(left >> 32, leftHessian);
        }

        /// <summary>Which of eight splits leave enough on both sides.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<long> Allowed(Vector512<long> leftHessian) =>
            Vector512.GreaterThanOrEqual(leftHessian, _least) & Vector512.GreaterThanOrEqual(_nodeHessian - leftHessian, _least);

        /// <summary>The scores of eight splits by the sums that go left.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<double> Scores(Vector512<long> leftGradient, Vector512<long> leftHessian)
        {
            Vector512<double> gl = Vector512.ConvertToDouble(leftGradient) * _gradientUnit;
            Vector512<double> gr = Vector512.ConvertToDouble(_nodeGradient - leftGradient) * _gradientUnit;
            Vector512<double> hl = Vector512.ConvertToDouble(leftHessian) * _hessianUnit;
            Vector512<double> hr = Vector512.ConvertToDouble(_nodeHessian - leftHessian) * _hessianUnit;
            return (gl * gl / (hl + _l2)) + (gr * gr / (hr + _l2));
        }
    }

    /// <summary>The best split of every lane.</summary>
    private struct Best(double score)
    {
        private Vector512<double> _scores = Vector512.Create(score);
        private Vector512<long> _bins = Vector512.Create(-1L);
        private Vector512<long> _sums;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Take(Vector512<double> scores, Vector512<long> allowed, Vector512<long> bins, Vector512<long> sums)
        {
            Vector512<long> better = allowed & Vector512.GreaterThan(scores, _scores).AsInt64();
            _scores = Vector512.ConditionalSelect(better.AsDouble(), scores, _scores);
            _bins = Vector512.ConditionalSelect(better, bins, _bins);
            _sums = Vector512.ConditionalSelect(better, sums, _sums);
        }

        /// <summary>Of equal scores the lowest bin: within a lane the first one stayed, between lanes the least is taken.</summary>
        public readonly void Give(bool missingLeft, ref GradientSplitSearch.Found found)
        {
            // Most columns of a node have nothing better than one before them.
            if (Vector512.LessThanAll(_bins, Vector512<long>.Zero))
            {
                return;
            }

            int best = -1;
            for (int lane = 0; lane < Lanes; lane++)
            {
                if (_bins[lane] >= 0
                    && (best < 0 || _scores[lane] > _scores[best] || (_scores[lane] == _scores[best] && _bins[lane] < _bins[best])))
                {
                    best = lane;
                }
            }

            if (_scores[best] > found.Score)
            {
                found.LeftBins = null;
                found.Score = _scores[best];
                found.LastLeft = (int)_bins[best];
                found.MissingLeft = missingLeft;
                found.LeftGradient = _sums[best] >> 32;
                found.LeftHessian = _sums[best] & 0xFFFFFFFFL;
            }
        }
    }
}
