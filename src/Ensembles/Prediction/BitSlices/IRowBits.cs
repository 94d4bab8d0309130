namespace Ensembles.Prediction.BitSlices;

/// <summary>A bit for each row of a block, in one register; a kernel is written once and compiled for each width.</summary>
/// <typeparam name="TSelf">The type itself.</typeparam>
internal unsafe interface IRowBits<TSelf>
    where TSelf : struct, IRowBits<TSelf>
{
    /// <summary>The bytes of a register; eight times as many rows.</summary>
    static abstract int Bytes { get; }

    /// <summary>A bit for every row.</summary>
    static abstract TSelf All { get; }

    static abstract TSelf Load(byte* source);

    static abstract void Store(byte* target, TSelf bits);

    static abstract TSelf And(TSelf left, TSelf right);

    /// <summary>The bits of the left that the right has not.</summary>
    static abstract TSelf Except(TSelf left, TSelf right);

    static abstract TSelf Or(TSelf left, TSelf right);

    /// <summary>
    /// For each of some ranks, one after the other, the rows of a block whose rank is at most that.
    /// </summary>
    /// <param name="cells">The ranks of the rows, a byte each, as many as there are bits.</param>
    /// <param name="ranks">The ranks to compare with.</param>
    /// <param name="count">How many there are.</param>
    /// <param name="target">A register for each.</param>
    static abstract void CompareAtMost(byte* cells, byte* ranks, int count, byte* target);

    /// <summary>Makes of eight planes, each a bit a row, a byte a row: plane i has bit i.</summary>
    /// <param name="planes">Eight registers.</param>
    /// <param name="codes">A byte for each row.</param>
    static abstract void Transpose(byte* planes, byte* codes);
}
