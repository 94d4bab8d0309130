namespace Ensembles.Numerics;

/// <summary>
/// The unit of work where each row stands for itself: finer than a block, so that a table of a block or two keeps several workers busy.
/// </summary>
internal static class RowPieces
{
    /// <summary>The rows of a piece; the last one of a table may have fewer.</summary>
    public const int Size = 1 << 13;

    /// <summary>The number of pieces of a table.</summary>
    public static int Count(int rowCount) => (int)(((long)rowCount + Size - 1) / Size);

    /// <summary>The number of rows of a piece.</summary>
    public static int RowsIn(int piece, int rowCount) => Math.Min(Size, rowCount - (piece * Size));
}
