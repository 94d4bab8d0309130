using Ensembles.Numerics;

namespace Ensembles.Data.Sorting;

/// <summary>
/// The rows of one column in the order of their values. An entry packs the rank of the value among the distinct values of the
/// column (high half) and the row (low half), so that a scan reads one stream and compares whole numbers; rows that miss the
/// value stand last, with rank <see cref="SortedColumns.MissingRank"/>.
/// </summary>
/// <param name="Entries">One entry a row, rising, never to be written.</param>
/// <param name="Values">The distinct values, rising: the value of each rank.</param>
internal sealed record SortedColumn(long[] Entries, double[] Values)
{
    private int[]? _ranks;

    /// <summary>The rank of each row.</summary>
    public int[] Ranks => _ranks ??= RanksOf(Entries);

    public static SortedColumn Of(double[] cells)
    {
        var order = new int[cells.Length];
        RadixSort.SortIndices(cells, order);
        var entries = new long[cells.Length];
        var values = new List<double>();
        for (int i = 0; i < order.Length; i++)
        {
            double value = cells[order[i]];
            if (double.IsNaN(value))
            {
                entries[i] = SortedColumns.Entry(SortedColumns.MissingRank, order[i]);
                continue;
            }

            if (values.Count == 0 || value != values[^1])
            {
                values.Add(value);
            }

            entries[i] = SortedColumns.Entry(values.Count - 1, order[i]);
        }

        return new SortedColumn(entries, [.. values]);
    }

    private static int[] RanksOf(long[] entries)
    {
        var ranks = new int[entries.Length];
        foreach (long entry in entries)
        {
            ranks[SortedColumns.Row(entry)] = SortedColumns.Rank(entry);
        }

        return ranks;
    }
}
