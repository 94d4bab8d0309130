using Ensembles.Data.Binning;
using Ensembles.Data.Sorting;

namespace Ensembles.Data;

/// <summary>
/// What learners derive from one column under one choice of rows, each made once. A view of some columns of a table holds the
/// objects of these columns, so that both find what either has made.
/// </summary>
internal sealed class DerivedColumn
{
    private readonly Lock _lock = new();
    private readonly Dictionary<int, BinnedColumn> _binned = [];
    private SortedColumn? _sorted;

    /// <summary>The rows in the order of their values.</summary>
    /// <param name="table">A table that has the column.</param>
    /// <param name="column">The column in that table.</param>
    /// <param name="wait">Whether to wait where another thread is at it; if not, null is returned.</param>
    public SortedColumn? Sorted(FeatureTable table, int column, bool wait)
    {
        if (!Enter(wait))
        {
            return null;
        }

        try
        {
            return _sorted ??= SortedColumn.Of(table.Column(column));
        }
        finally
        {
            _lock.Exit();
        }
    }

    /// <summary>The rows in at most <paramref name="maxBins"/> bins for values and one for missing values.</summary>
    /// <inheritdoc cref="Sorted"/>
    public BinnedColumn? Binned(FeatureTable table, int column, int maxBins, bool wait)
    {
        if (!Enter(wait))
        {
            return null;
        }

        try
        {
            if (!_binned.TryGetValue(maxBins, out BinnedColumn? binned))
            {
                binned = BinnedColumn.Of(table.ColumnData(column), table.RowMap, table.Schema[column], maxBins);
                _binned.Add(maxBins, binned);
            }

            return binned;
        }
        finally
        {
            _lock.Exit();
        }
    }

    private bool Enter(bool wait)
    {
        if (wait)
        {
            _lock.Enter();
            return true;
        }

        return _lock.TryEnter();
    }
}
