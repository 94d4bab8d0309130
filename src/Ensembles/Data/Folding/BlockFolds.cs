namespace Ensembles.Data.Folding;

/// <summary>Folds of neighbouring rows; where they cannot be of one size, the first ones have a row more.</summary>
internal sealed class BlockFolds(int count) : FoldPlan
{
    private readonly int _count = CheckCount(count);

    /// <inheritdoc/>
    public override string ToString() => Text($"{_count} folds in order");

    internal override Fold[] Make(Dataset data)
    {
        CheckRows(data, _count);
        var assigned = new int[data.RowCount];
        (int size, int larger) = Math.DivRem(assigned.Length, _count);
        int row = 0;
        for (int k = 0; k < _count; k++)
        {
            int rows = size + (k < larger ? 1 : 0);
            assigned.AsSpan(row, rows).Fill(k);
            row += rows;
        }

        return Fold.FromAssigned(assigned, _count);
    }
}
