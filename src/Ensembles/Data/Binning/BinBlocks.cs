namespace Ensembles.Data.Binning;

/// <summary>
/// The unit of work on many rows. A block's rows fit 16-bit numbers, its packed gradient sums fit 32 bits, and its bins of a few dozen
/// columns fit the cache of a core.
/// </summary>
internal static class BinBlocks
{
    /// <summary>The rows of a block; the last one of a table may have fewer.</summary>
    public const int Size = 1 << 16;

    /// <summary>The number of blocks of a table.</summary>
    public static int Count(int rowCount) => (int)(((long)rowCount + Size - 1) / Size);

    /// <summary>The number of rows of a block.</summary>
    public static int RowsIn(int block, int rowCount) => Math.Min(Size, rowCount - (block * Size));
}
