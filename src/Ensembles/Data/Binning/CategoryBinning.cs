namespace Ensembles.Data.Binning;

/// <summary>
/// Bins of a categorical column: one a category. Where there are more categories than bins, the commonest (of equals the first) keep
/// their own and the others share the last one.
/// </summary>
internal static class CategoryBinning
{
    public static BinnedColumn Bin(ColumnCells<int> codes, int categoryCount, int maxBins)
    {
        Span<int> buffer = new int[Math.Min(codes.Count, NumericBinning.BlockSize)];
        byte[] binOfCode = categoryCount <= maxBins ? OneEach(categoryCount) : CommonestApart(codes, categoryCount, maxBins, buffer);
        int binCount = Math.Min(categoryCount, maxBins);
        byte[] bins = GC.AllocateUninitializedArray<byte>(codes.Count);
        for (int first = 0; first < bins.Length; first += buffer.Length)
        {
            ReadOnlySpan<int> block = codes.Block(first, buffer);
            Span<byte> target = bins.AsSpan(first, block.Length);
            for (int i = 0; i < block.Length; i++)
            {
                target[i] = block[i] < 0 ? (byte)binCount : binOfCode[block[i]];
            }
        }

        return new BinnedColumn(bins, BinMapper.Categorical(binCount, binOfCode));
    }

    private static byte[] OneEach(int categoryCount)
    {
        var binOfCode = new byte[categoryCount];
        for (int code = 0; code < categoryCount; code++)
        {
            binOfCode[code] = (byte)code;
        }

        return binOfCode;
    }

    private static byte[] CommonestApart(ColumnCells<int> codes, int categoryCount, int maxBins, Span<int> buffer)
    {
        var counts = new int[categoryCount];
        for (int first = 0; first < codes.Count; first += buffer.Length)
        {
            foreach (int code in codes.Block(first, buffer))
            {
                if (code >= 0)
                {
                    counts[code]++;
                }
            }
        }

        int[] byCount = [.. Enumerable.Range(0, categoryCount).OrderByDescending(code => counts[code])];
        var binOfCode = new byte[categoryCount];
        for (int i = 0; i < byCount.Length; i++)
        {
            binOfCode[byCount[i]] = (byte)Math.Min(i, maxBins - 1);
        }

        return binOfCode;
    }
}
