using System.Runtime.CompilerServices;
using Ensembles.Trees.Growing;

namespace Ensembles.Trees.Criteria;

/// <summary>The scan of every criterion of two sums: regression, two classes, Poisson counts.</summary>
/// <typeparam name="TCriterion">The score of a pair of sums.</typeparam>
/// <param name="pairs">For each row of the table its weight and its weighted target, side by side.</param>
/// <param name="packed">The same in words, where their sums are exact and the criterion has vectors; else null.</param>
/// <param name="criterion">The score of a pair of sums.</param>
internal struct PairAccumulator<TCriterion>(double[] pairs, PackedPairs? packed, TCriterion criterion) : ISplitAccumulator<PairAccumulator<TCriterion>>
    where TCriterion : struct, IPairCriterion
{
    private double _weight;
    private double _target;
    private double _leftWeight;
    private double _leftTarget;

    public static bool IsAdditive => true;

    public static bool OrderHoldsBestSplit => true;

    public readonly int SumWidth => 2;

    public readonly double NodeScore => criterion.Score(_weight, _target);

    public readonly double LeftWeight => _leftWeight;

    public readonly double RightWeight => _weight - _leftWeight;

    public readonly PairAccumulator<TCriterion> Fork() => this;

    public void Enter(in GrowingNode node, ReadOnlySpan<int> rows)
    {
        double weight = 0;
        double target = 0;
        foreach (int row in rows)
        {
            weight += pairs[2 * (nint)row];
            target += pairs[(2 * (nint)row) + 1];
        }

        _weight = weight;
        _target = target;
        Reset();
    }

    public readonly void Take(int feature)
    {
        // Every feature is scored alike.
    }

    public void Reset()
    {
        _leftWeight = 0;
        _leftTarget = 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Move(int row)
    {
        _leftWeight += pairs[2 * (nint)row];
        _leftTarget += pairs[(2 * (nint)row) + 1];
    }

    public int MoveUpTo(ReadOnlySpan<int> rows, ReadOnlySpan<double> cells, double threshold)
    {
        double weight = _leftWeight;
        double target = _leftTarget;
        int moved = 0;
        for (int i = 0; i < rows.Length; i++)
        {
            // A random threshold cannot be predicted: every row is added, times 1 or 0.
            int left = cells[i] <= threshold ? 1 : 0;
            double factor = left;
            int row = rows[i];
            weight += factor * pairs[2 * (nint)row];
            target += factor * pairs[(2 * (nint)row) + 1];
            moved += left;
        }

        _leftWeight = weight;
        _leftTarget = target;
        return moved;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void MoveSums(ReadOnlySpan<double> sums)
    {
        _leftWeight += sums[0];
        _leftTarget += sums[1];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly double Score() =>
        criterion.Score(_leftWeight, _leftTarget) + criterion.Score(_weight - _leftWeight, _target - _leftTarget);

    public readonly BinScan CreateBinScan() => packed is null
        ? new PairBinScan<TCriterion>(pairs, criterion)
        : new PackedBinScan<TCriterion>(packed, criterion);

    public readonly void AddToBin(int row, Span<double> sums)
    {
        sums[0] += pairs[2 * (nint)row];
        sums[1] += pairs[(2 * (nint)row) + 1];
    }

    /// <summary>Categories in the order of their mean target (Fisher 1958; Breiman et al. 1984, section 9.4).</summary>
    public readonly void OrderCategories(ReadOnlySpan<double> sums, Span<double> keys)
    {
        for (int c = 0; c < keys.Length; c++)
        {
            keys[c] = sums[(2 * c) + 1] / sums[2 * c];
        }
    }
}
