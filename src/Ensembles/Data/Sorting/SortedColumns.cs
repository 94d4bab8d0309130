namespace Ensembles.Data.Sorting;

/// <summary>The exact view of a table: for each column its rows in the order of their values.</summary>
/// <param name="columns">One a column.</param>
internal sealed class SortedColumns(SortedColumn[] columns)
{
    public const int MissingRank = int.MaxValue;

    public int ColumnCount => columns.Length;

    /// <summary>The entries of a column, rising, never to be written.</summary>
    public ReadOnlySpan<long> Entries(int column) => columns[column].Entries;

    /// <summary>The distinct values of a column, rising: the value of each rank.</summary>
    public ReadOnlySpan<double> Values(int column) => columns[column].Values;

    /// <summary>The rank of each row of a column; made when first asked for, by any thread.</summary>
    public ReadOnlySpan<int> Ranks(int column) => columns[column].Ranks;

    public static long Entry(int rank, int row) => ((long)rank << 32) | (uint)row;

    public static int Row(long entry) => (int)entry;

    public static int Rank(long entry) => (int)(entry >> 32);
}
