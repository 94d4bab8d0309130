using Ensembles.Data.Binning;
using Ensembles.Data.Sorting;
using Ensembles.Numerics;

namespace Ensembles.Data;

// What learners derive from a table: made column by column on first use, once, and shared by all who use the same columns
// and rows.
public sealed partial class FeatureTable
{
    private readonly DerivedColumn[] _derived;
    private readonly Lock _binnedLock = new();
    private readonly Dictionary<int, BinnedTable> _binned = [];
    private SortedColumns? _sorted;

    /// <summary>The columns in sorted order.</summary>
    internal SortedColumns Sorted(int threads, CancellationToken cancellationToken) =>
        _sorted ??= new SortedColumns(Derive((c, wait) => _derived[c].Sorted(this, c, wait), threads, cancellationToken));

    /// <summary>The columns in bins: at most <paramref name="maxBins"/> for values, from 2 to 255, and one for missing values.</summary>
    internal BinnedTable Binned(int maxBins, int threads, CancellationToken cancellationToken)
    {
        lock (_binnedLock)
        {
            if (_binned.TryGetValue(maxBins, out BinnedTable? known))
            {
                return known;
            }
        }

        var made = new BinnedTable(Derive((c, wait) => _derived[c].Binned(this, c, maxBins, wait), threads, cancellationToken));
        lock (_binnedLock)
        {
            return _binned.TryAdd(maxBins, made) ? made : _binned[maxBins];
        }
    }

    /// <summary>
    /// Makes something of every column. Where many fits start at once on one table, each leaves the columns that others are
    /// making to them and takes the next, so that all share the work; what is still being made is waited for at the end.
    /// </summary>
    private TColumn[] Derive<TColumn>(Func<int, bool, TColumn?> make, int threads, CancellationToken cancellationToken)
        where TColumn : class
    {
        var columns = new TColumn?[ColumnCount];
        ParallelWork.For(columns.Length, threads, cancellationToken, c => columns[c] = make(c, false));
        return [.. columns.Select((column, c) => column ?? make(c, true)!)];
    }
}
