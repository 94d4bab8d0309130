using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Ensembles.Trees.Criteria;

/// <summary>The best scores so far, one a lane, and the bins that they are at.</summary>
internal struct BestLanes
{
    private Vector512<double> _scores;
    private Vector512<long> _bins;

    public static BestLanes None => new() { _scores = Vector512.Create(double.NegativeInfinity) };

    /// <summary>Takes scores that are better and leave weight on both sides; bins come rising.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Improve(Vector512<double> scores, Vector512<double> leftWeights, Vector512<double> rightWeights, Vector512<long> bins)
    {
        Vector512<double> better = Vector512.GreaterThan(scores, _scores)
            & Vector512.GreaterThan(leftWeights, Vector512<double>.Zero)
            & Vector512.GreaterThan(rightWeights, Vector512<double>.Zero);
        Take(better, scores, bins);
    }

    /// <summary>Takes scores that are better, or as good at a lower bin, and leave weight on the right; there is some on the left.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void ImproveInAnyOrder(Vector512<double> scores, Vector512<double> rightWeights, Vector512<long> bins)
    {
        Vector512<double> better = Vector512.GreaterThan(scores, _scores)
            | (Vector512.Equals(scores, _scores) & Vector512.LessThan(bins, _bins).AsDouble());
        Take(better & Vector512.GreaterThan(rightWeights, Vector512<double>.Zero), scores, bins);
    }

    /// <summary>The score and the bin of each lane.</summary>
    public readonly void CopyTo(Span<double> scores, Span<long> bins)
    {
        _scores.CopyTo(scores);
        _bins.CopyTo(bins);
    }

    /// <summary>The best score of all lanes, or −∞.</summary>
    /// <param name="bin">Where it is: the least bin of equal scores.</param>
    public readonly double Least(out int bin)
    {
        double best = double.NegativeInfinity;
        long least = 0;
        for (int lane = 0; lane < Vector512<double>.Count; lane++)
        {
            double score = _scores[lane];
            bool isBetter = score > best || (score == best && _bins[lane] < least);
            least = isBetter ? _bins[lane] : least;
            best = isBetter ? score : best;
        }

        bin = (int)least;
        return best;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Take(Vector512<double> better, Vector512<double> scores, Vector512<long> bins)
    {
        _scores = Vector512.ConditionalSelect(better, scores, _scores);
        _bins = Vector512.ConditionalSelect(better.AsInt64(), bins, _bins);
    }
}
