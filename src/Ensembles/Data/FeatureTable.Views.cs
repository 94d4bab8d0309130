using Ensembles.Data.Binning;
using Ensembles.Data.Sorting;

namespace Ensembles.Data;

// What learners derive from a table: made on first use, once, shared by all who use the same table.
public sealed partial class FeatureTable
{
    private readonly Lock _derivedLock = new();
    private readonly Dictionary<int, BinnedTable> _binned = [];
    private SortedColumns? _sorted;

    /// <summary>The columns in sorted order.</summary>
    internal SortedColumns Sorted(int threads, CancellationToken cancellationToken)
    {
        lock (_derivedLock)
        {
            return _sorted ??= SortedColumns.Build(this, threads, cancellationToken);
        }
    }

    /// <summary>The columns in bins: at most <paramref name="maxBins"/> for values, from 2 to 255, and one for missing values.</summary>
    internal BinnedTable Binned(int maxBins, int threads, CancellationToken cancellationToken)
    {
        lock (_derivedLock)
        {
            if (!_binned.TryGetValue(maxBins, out BinnedTable? binned))
            {
                binned = BinnedTable.Build(this, maxBins, threads, cancellationToken);
                _binned.Add(maxBins, binned);
            }

            return binned;
        }
    }
}
