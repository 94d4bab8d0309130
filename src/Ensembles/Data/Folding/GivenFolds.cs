using Ensembles.Numerics;

namespace Ensembles.Data.Folding;

/// <summary>Folds that the caller made.</summary>
internal sealed class GivenFolds : FoldPlan
{
    private readonly Fold[] _folds;
    private readonly int _maxRow;

    public GivenFolds((int[] Train, int[] Test)[] folds)
    {
        if (folds.Length == 0)
        {
            throw new ArgumentException("There is no fold.", nameof(folds));
        }

        _folds = new Fold[folds.Length];
        for (int k = 0; k < folds.Length; k++)
        {
            (int[] train, int[] test) = folds[k];
            if (train is null || test is null || train.Length == 0 || test.Length == 0)
            {
                throw new ArgumentException(Text($"Fold {k}: there must be rows to learn from and rows to test on."), nameof(folds));
            }

            int negative = Math.Min(train.Min(), test.Min());
            if (negative < 0)
            {
                throw new ArgumentException(Text($"Fold {k}: {negative} is no row."), nameof(folds));
            }

            int[] both = [.. train.Intersect(test).Take(1)];
            if (both.Length > 0)
            {
                throw new ArgumentException(Text($"Fold {k}: row {both[0]} is learned from and tested on."), nameof(folds));
            }

            _folds[k] = new Fold([.. train], [.. test]);
            _maxRow = Math.Max(_maxRow, Math.Max(train.Max(), test.Max()));
        }
    }

    /// <inheritdoc/>
    public override string ToString() => Text($"{Counted.Text(_folds.Length, "fold", "folds")} as given");

    internal override Fold[] Make(Dataset data) => _maxRow < data.RowCount
        ? [.. _folds]
        : throw new ArgumentException(Text($"A fold has row {_maxRow}, but the data have {data.RowCount} rows."), nameof(data));
}
