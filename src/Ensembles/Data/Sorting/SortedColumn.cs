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
                entries[i] = ((long)SortedColumns.MissingRank << 32) | (uint)order[i];
                continue;
            }

            if (values.Count == 0 || value != values[^1])
            {
                values.Add(value);
            }

            entries[i] = ((long)(values.Count - 1) << 32) | (uint)order[i];
        }

        return new SortedColumn(entries, [.. values]);
    }
}
