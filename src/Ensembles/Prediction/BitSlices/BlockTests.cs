using Ensembles.Data;

namespace Ensembles.Prediction.BitSlices;

/// <summary>Makes all tests of a group of trees on a block of rows.</summary>
internal static unsafe class BlockTests
{
    /// <summary>Writes for each test the rows that pass it.</summary>
    /// <returns>Whether cells are missing; if not, the tests that missing cells pass are not written.</returns>
    public static bool Run<TBits>(SlicedGroup group, in RowSet rows, in Block block)
        where TBits : struct, IRowBits<TBits>
    {
        bool anyMissing = false;
        ReadOnlySpan<float> floats = default;
        ReadOnlySpan<double> doubles = default;
        int feature = -1;
        for (int c = 0; c < group.Columns.Length; c++)
        {
            ColumnTests column = group.Columns[c];
            if (column.Feature != feature)
            {
                feature = column.Feature;
                Read(rows, feature, block, out floats, out doubles);
            }

            var ranks = new Span<byte>(block.Ranks, 8 * TBits.Bytes);
            if (doubles.IsEmpty)
            {
                column.Rank(floats, ranks);
            }
            else
            {
                column.Rank(doubles, ranks);
            }

            fixed (byte* thresholds = column.Ranks)
            {
                TBits.CompareAtMost(block.Ranks, thresholds, column.Ranks.Length, block.Passed + (column.FirstTest * TBits.Bytes));
            }

            // A rank below that of missing cells is a number.
            byte greatest = (byte)(column.Missing - 1);
            TBits present = default;
            TBits.CompareAtMost(block.Ranks, &greatest, 1, block.Missing + (c * TBits.Bytes));
            present = TBits.Load(block.Missing + (c * TBits.Bytes));
            TBits.Store(block.Missing + (c * TBits.Bytes), TBits.Except(TBits.All, present));
            anyMissing |= ranks[..rows.Count].Contains(column.Missing);
        }

        for (int c = 0; c < group.Columns.Length && anyMissing; c++)
        {
            ColumnTests column = group.Columns[c];
            TBits missing = TBits.Load(block.Missing + (c * TBits.Bytes));
            byte* target = block.Passed + (column.FirstMissingLeft * TBits.Bytes);
            foreach (int source in column.MissingLeftSources)
            {
                TBits.Store(target, TBits.Or(TBits.Load(block.Passed + (source * TBits.Bytes)), missing));
                target += TBits.Bytes;
            }
        }

        foreach (CategoryTests category in group.Categories)
        {
            RunCategories<TBits>(category, rows, block);
        }

        return anyMissing;
    }

    private static void RunCategories<TBits>(CategoryTests category, in RowSet rows, in Block block)
        where TBits : struct, IRowBits<TBits>
    {
        int count = rows.Count;
        new Span<byte>(block.Categories, (category.CategoryCount + 1) * TBits.Bytes).Clear();
        var cells = new Span<double>(block.Cells, count);
        rows.CopyDoubles(category.Feature, cells);
        for (int r = 0; r < count; r++)
        {
            block.Categories[(category.CodeOf(cells[r]) * TBits.Bytes) + (r >> 3)] |= (byte)(1 << (r & 7));
        }

        byte* target = block.Passed + (category.FirstTest * TBits.Bytes);
        foreach (int[] members in category.Members)
        {
            TBits passed = TBits.Except(TBits.All, TBits.All);
            foreach (int code in members)
            {
                passed = TBits.Or(passed, TBits.Load(block.Categories + (code * TBits.Bytes)));
            }

            TBits.Store(target, passed);
            target += TBits.Bytes;
        }
    }

    private static void Read(
        scoped in RowSet rows, int feature, scoped in Block block, out ReadOnlySpan<float> floats, out ReadOnlySpan<double> doubles)
    {
        doubles = default;
        if (rows.TryGetFloats(feature, out floats))
        {
            return;
        }

        var copied = new Span<float>(block.Cells, rows.Count);
        if (rows.TryCopyFloats(feature, copied))
        {
            floats = copied;
            return;
        }

        var cells = new Span<double>(block.Cells, rows.Count);
        rows.CopyDoubles(feature, cells);
        doubles = cells;
    }
}
