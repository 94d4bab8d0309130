using Ensembles.Numerics;

namespace Ensembles.Data.Sorting;

/// <summary>
/// The exact view of a table: for each column its rows in the order of their values. An entry packs the rank of the value
/// among the distinct values of the column (high half) and the row (low half), so that a scan reads one stream and compares
/// whole numbers; rows that miss the value stand last, with rank <see cref="MissingRank"/>.
/// </summary>
internal sealed class SortedColumns
{
    public const int MissingRank = int.MaxValue;

    private readonly long[][] _entries;
    private readonly double[][] _values;

    private SortedColumns(long[][] entries, double[][] values)
    {
        _entries = entries;
        _values = values;
    }

    public int ColumnCount => _entries.Length;

    /// <summary>The entries of a column, rising, never to be written.</summary>
    public ReadOnlySpan<long> Entries(int column) => _entries[column];

    /// <summary>The distinct values of a column, rising: the value of each rank.</summary>
    public ReadOnlySpan<double> Values(int column) => _values[column];

    public static int Row(long entry) => (int)entry;

    public static int Rank(long entry) => (int)(entry >> 32);

    public static SortedColumns Build(FeatureTable table, int threads, CancellationToken cancellationToken)
    {
        var entries = new long[table.ColumnCount][];
        var values = new double[table.ColumnCount][];
        ParallelWork.For(
            table.ColumnCount, threads, cancellationToken, c => (entries[c], values[c]) = Sort(table.Column(c)));
        return new SortedColumns(entries, values);
    }

    private static (long[] Entries, double[] Values) Sort(double[] cells)
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
                entries[i] = ((long)MissingRank << 32) | (uint)order[i];
                continue;
            }

            if (values.Count == 0 || value != values[^1])
            {
                values.Add(value);
            }

            entries[i] = ((long)(values.Count - 1) << 32) | (uint)order[i];
        }

        return (entries, [.. values]);
    }
}
