namespace Ensembles.Prediction.BitSlices;

/// <summary>
/// Finds the leaves of all rows of a block in one tree by operations on bits: whether a row reaches a node is a bit, and one operation
/// settles as many rows as a register has bits. No branch depends on the rows.
/// </summary>
internal static unsafe class SlicedKernel
{
    /// <summary>
    /// Writes for every node the rows that reach it. A row that reaches an inner node and whose bit is set in the node's test goes left.
    /// </summary>
    /// <param name="tests">For each inner node the number of its test.</param>
    /// <param name="children">For each inner node its left child, and in the high half its right; parents come before.</param>
    /// <param name="innerCount">The number of inner nodes.</param>
    /// <param name="passed">For each test the rows that pass it.</param>
    /// <param name="reached">For each node the rows that reach it, to be written.</param>
    public static void Reach<TBits>(uint* tests, uint* children, int innerCount, byte* passed, byte* reached)
        where TBits : struct, IRowBits<TBits>
    {
        TBits.Store(reached, TBits.All);
        for (nint node = 0; node < innerCount; node++)
        {
            TBits here = TBits.Load(reached + (node * TBits.Bytes));
            TBits left = TBits.Load(passed + (tests[node] * (nint)TBits.Bytes));
            uint pair = children[node];
            TBits.Store(reached + ((nint)(pair & 0xFFFF) * TBits.Bytes), TBits.And(here, left));
            TBits.Store(reached + ((nint)(pair >> 16) * TBits.Bytes), TBits.Except(here, left));
        }
    }

    /// <summary>
    /// Writes the numbers of the leaves as planes: plane i has bit i of the number of every row's leaf. The bits of the leaves are
    /// overwritten.
    /// </summary>
    /// <param name="leaves">For each leaf the rows that reach it, and room for three more.</param>
    /// <param name="leafCount">The number of leaves.</param>
    /// <param name="planes">Planes to write, a multiple of eight; those that the number of leaves does not need are cleared.</param>
    /// <param name="planeCount">The number of planes.</param>
    public static void Number<TBits>(byte* leaves, int leafCount, byte* planes, int planeCount)
        where TBits : struct, IRowBits<TBits>
    {
        int plane = 0;
        TBits none = TBits.Except(TBits.All, TBits.All);

        // Four neighbours differ in the two lowest bits of their number; together they are one of a quarter as many.
        for (int count = leafCount; count > 1; count = (count + 3) / 4)
        {
            byte* end = leaves + (count * TBits.Bytes);
            TBits.Store(end, none);
            TBits.Store(end + TBits.Bytes, none);
            TBits.Store(end + (2 * TBits.Bytes), none);
            TBits low = none;
            TBits high = none;
            byte* target = leaves;
            for (byte* four = leaves; four < end; four += 4 * TBits.Bytes, target += TBits.Bytes)
            {
                TBits second = TBits.Load(four + TBits.Bytes);
                TBits third = TBits.Load(four + (2 * TBits.Bytes));
                TBits fourth = TBits.Load(four + (3 * TBits.Bytes));
                TBits thirdOrFourth = TBits.Or(third, fourth);
                low = TBits.Or(low, TBits.Or(second, fourth));
                high = TBits.Or(high, thirdOrFourth);
                TBits.Store(target, TBits.Or(TBits.Or(TBits.Load(four), second), thirdOrFourth));
            }

            TBits.Store(planes + (plane * TBits.Bytes), low);
            TBits.Store(planes + ((plane + 1) * TBits.Bytes), high);
            plane += 2;
        }

        for (; plane < planeCount; plane++)
        {
            TBits.Store(planes + (plane * TBits.Bytes), none);
        }
    }
}
