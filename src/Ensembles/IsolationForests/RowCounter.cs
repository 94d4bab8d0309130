using Ensembles.Trees.Criteria;
using Ensembles.Trees.Growing;

namespace Ensembles.IsolationForests;

/// <summary>
/// Counts the rows on both sides of a split. Its score is the size of the larger side: that leaves the one feature that a node
/// draws as it is, and of the two sides for missing values prefers the larger.
/// </summary>
internal struct RowCounter : ISplitAccumulator<RowCounter>
{
    private double _count;
    private double _left;

    public static bool IsAdditive => true;

    public static bool OrderHoldsBestSplit => true;

    public readonly int SumWidth => 1;

    public readonly double NodeScore => 0;

    public readonly double LeftWeight => _left;

    public readonly double RightWeight => _count - _left;

    public readonly RowCounter Fork() => this;

    public void Enter(in GrowingNode node, ReadOnlySpan<int> rows)
    {
        _count = rows.Length;
        _left = 0;
    }

    public readonly void Take(int feature)
    {
        // Every feature is scored alike.
    }

    public void Reset() => _left = 0;

    public void Move(int row) => _left++;

    public int MoveUpTo(ReadOnlySpan<int> rows, ReadOnlySpan<double> cells, double threshold)
    {
        int moved = 0;
        foreach (double cell in cells)
        {
            moved += cell <= threshold ? 1 : 0;
        }

        _left += moved;
        return moved;
    }

    public void MoveSums(ReadOnlySpan<double> sums) => _left += sums[0];

    public readonly double Score() => Math.Max(LeftWeight, RightWeight);

    public readonly BinScan CreateBinScan() =>
        throw new InvalidOperationException("Isolation forests draw their thresholds.");

    public readonly void AddToBin(int row, Span<double> sums) => sums[0]++;

    /// <summary>All categories are alike: they keep the order of their codes.</summary>
    public readonly void OrderCategories(ReadOnlySpan<double> sums, Span<double> keys) => keys.Clear();
}
