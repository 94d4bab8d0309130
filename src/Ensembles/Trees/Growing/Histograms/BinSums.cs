using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Ensembles.Data.Binning;

namespace Ensembles.Trees.Growing.Histograms;

/// <summary>The gradient and hessian sums of the bins of one column, or of the values of one digit, in one node.</summary>
/// <param name="words">The cells, in order of the bins, of a column that of missing rows last; a wide cell is two words, the gradient first.</param>
/// <param name="isPacked">Whether a cell is one word, with the gradient in the high half.</param>
internal readonly ref struct BinSums(ReadOnlySpan<long> words, bool isPacked)
{
    /// <summary>The words that are needed to write the sums of any column.</summary>
    public const int MaxWords = 2 * BinnedTable.MaxBinsWithMissing;

    // The words of wide cells that are gradients.
    private static Vector512<long> Gradients => Vector512.Create(-1L, 0, -1, 0, -1, 0, -1, 0);

    /// <summary>The cells.</summary>
    public ReadOnlySpan<long> Words { get; } = words;

    /// <summary>Whether a cell is one word.</summary>
    public bool IsPacked { get; } = isPacked;

    /// <summary>The sums of one bin.</summary>
    public (long Gradient, long Hessian) this[int bin]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => IsPacked ? (Words[bin] >> 32, Words[bin] & 0xFFFFFFFFL) : (Words[2 * bin], Words[(2 * bin) + 1]);
    }

    /// <summary>
    /// Reads the sums of a column out of a histogram of digits. Where the column shares its digit, those of its usual bin are what the
    /// others leave of the node.
    /// </summary>
    /// <param name="histogram">The histogram.</param>
    /// <param name="digits">The digits.</param>
    /// <param name="binned">The columns.</param>
    /// <param name="column">The column.</param>
    /// <param name="gradient">The gradient sum of the node.</param>
    /// <param name="hessian">The hessian sum of the node.</param>
    /// <param name="scratch">Memory for <see cref="MaxWords"/> words.</param>
    public static BinSums Of(
        GradientHistogram histogram,
        ColumnDigits digits,
        BinnedTable binned,
        int column,
        long gradient,
        long hessian,
        Span<long> scratch)
    {
        ReadOnlySpan<long> cells = histogram.Feature(digits.DigitOf(column));
        ColumnDigits.Member member = digits.MemberOf(column);
        if (member.IsAlone)
        {
            return new BinSums(cells, histogram.IsPacked);
        }

        int words = histogram.IsPacked ? 1 : 2;
        int usual = words * member.UsualBin;
        ReadOnlySpan<long> others = cells.Slice(words * member.First, words * (member.Bins - 1));
        others[..usual].CopyTo(scratch);
        others[usual..].CopyTo(scratch[(usual + words)..]);

        // A column has no cell of its own for missing rows where it has none.
        scratch[(words * member.Bins)..(words * (binned.Mapper(column).MissingBin + 1))].Clear();
        Vector512<long> lanes = Vector512<long>.Zero;
        int i = 0;
        for (; i + Vector512<long>.Count <= others.Length; i += Vector512<long>.Count)
        {
            lanes += Vector512.Create(others[i..]);
        }

        if (histogram.IsPacked)
        {
            long rest = (gradient << 32) + hessian - Vector512.Sum(lanes);
            for (; i < others.Length; i++)
            {
                rest -= others[i];
            }

            scratch[usual] = rest;
            return new BinSums(scratch, isPacked: true);
        }

        gradient -= Vector512.Sum(Vector512.ConditionalSelect(Gradients, lanes, Vector512<long>.Zero));
        hessian -= Vector512.Sum(Vector512.ConditionalSelect(Gradients, Vector512<long>.Zero, lanes));
        for (; i < others.Length; i += 2)
        {
            gradient -= others[i];
            hessian -= others[i + 1];
        }

        (scratch[usual], scratch[usual + 1]) = (gradient, hessian);
        return new BinSums(scratch, isPacked: false);
    }
}
