using Ensembles.Numerics;

namespace Ensembles.Data.Folding;

/// <summary>Test sets at the end of the rows, one after the other, and before each what to learn from.</summary>
internal sealed class TimeSeriesFolds : FoldPlan
{
    private readonly int _count;
    private readonly int? _testRows;
    private readonly int _gap;
    private readonly int? _maxTrainRows;

    public TimeSeriesFolds(int count, int? testRows, int gap, int? maxTrainRows)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(testRows ?? 1, 1, nameof(testRows));
        ArgumentOutOfRangeException.ThrowIfNegative(gap);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxTrainRows ?? 1, 1, nameof(maxTrainRows));
        _count = CheckCount(count, 1);
        _testRows = testRows;
        _gap = gap;
        _maxTrainRows = maxTrainRows;
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        string test = _testRows is int rows ? Text($", {Counted.Text(rows, "row", "rows")} to test on") : string.Empty;
        string gap = _gap > 0 ? Text($", gap {_gap}") : string.Empty;
        string train = _maxTrainRows is int most ? Text($", at most {Counted.Text(most, "row", "rows")} to learn from") : string.Empty;
        return Text($"{_count} folds in time{test}{gap}{train}");
    }

    internal override Fold[] Make(Dataset data)
    {
        int testRows = _testRows ?? (data.RowCount / (_count + 1));
        long firstTest = data.RowCount - ((long)_count * testRows);
        if (testRows == 0 || firstTest - _gap < 1)
        {
            throw new ArgumentException(Text($"{this}: {data.RowCount} rows are too few."), nameof(data));
        }

        var folds = new Fold[_count];
        for (int k = 0; k < _count; k++)
        {
            int test = (int)firstTest + (k * testRows);
            int end = test - _gap;
            int begin = _maxTrainRows is int most ? Math.Max(0, end - most) : 0;
            folds[k] = new Fold([.. Enumerable.Range(begin, end - begin)], [.. Enumerable.Range(test, testRows)]);
        }

        return folds;
    }
}
