using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Ensembles.Trees.Growing.Histograms;

/// <summary>
/// The gradient and hessian sums of the bins of one node: packed cells where the node has no more rows than a packed cell can hold, else
/// wide ones. The memory serves both, and comes from a pool.
/// </summary>
/// <param name="layout">Where the bins of the features lie.</param>
internal sealed class GradientHistogram(HistogramLayout layout)
{
    /// <summary>The most rows of a packed histogram.</summary>
    public const int MaxPackedRows = 1 << 16;

    // Divides the words of a feature.
    private const int WordsAtATime = 8;

    /// <summary>The cells, feature after feature; a wide cell is two words, the gradient first.</summary>
    public long[] Cells { get; } = GC.AllocateUninitializedArray<long>(2 * layout.CellCount, pinned: true);

    /// <summary>Whether a cell is one word.</summary>
    public bool IsPacked { get; private set; }

    /// <summary>The words that are in use.</summary>
    public Span<long> Used => Cells.AsSpan(0, (IsPacked ? 1 : 2) * layout.CellCount);

    /// <summary>Empties the histogram and says what its cells will be.</summary>
    public void Clear(bool packed)
    {
        IsPacked = packed;
        Used.Clear();
    }

    /// <summary>Adds a histogram; of wide cells only where these are wide as well.</summary>
    public void Add(GradientHistogram other)
    {
        ReadOnlySpan<long> others = other.Used;
        if (other.IsPacked == IsPacked)
        {
            ref long mine = ref MemoryMarshal.GetReference(Used);
            ref long theirs = ref MemoryMarshal.GetReference(others);
            for (nuint i = 0; i < (nuint)others.Length; i += WordsAtATime)
            {
                (Vector512.LoadUnsafe(ref mine, i) + Vector512.LoadUnsafe(ref theirs, i)).StoreUnsafe(ref mine, i);
            }

            return;
        }

        Span<long> cells = Used;
        for (int i = 0; i < others.Length; i++)
        {
            cells[2 * i] += others[i] >> 32;
            cells[(2 * i) + 1] += others[i] & 0xFFFFFFFFL;
        }
    }

    /// <summary>Adds to the cells of one feature.</summary>
    /// <param name="feature">The feature.</param>
    /// <param name="cells">The words of cells from the first bin on.</param>
    /// <param name="packed">Whether they are packed; they must be where the histogram is.</param>
    public void Add(int feature, ReadOnlySpan<long> cells, bool packed)
    {
        Span<long> mine = Cells.AsSpan((IsPacked ? 1 : 2) * layout.Offset(feature), (packed == IsPacked ? 1 : 2) * cells.Length);
        for (int i = 0; i < cells.Length; i++)
        {
            if (packed == IsPacked)
            {
                mine[i] += cells[i];
            }
            else
            {
                mine[2 * i] += cells[i] >> 32;
                mine[(2 * i) + 1] += cells[i] & 0xFFFFFFFFL;
            }
        }
    }

    /// <summary>Turns the histogram of a node into that of the child that is not given.</summary>
    /// <param name="child">The histogram of one child; packed where the node's is.</param>
    /// <param name="packed">Whether the other child's cells shall be packed.</param>
    public void SubtractToSibling(GradientHistogram child, bool packed)
    {
        Span<long> cells = Used;
        ReadOnlySpan<long> others = child.Used;
        if (IsPacked == child.IsPacked)
        {
            ref long mine = ref MemoryMarshal.GetReference(cells);
            ref long theirs = ref MemoryMarshal.GetReference(others);
            for (nuint i = 0; i < (nuint)others.Length; i += WordsAtATime)
            {
                (Vector512.LoadUnsafe(ref mine, i) - Vector512.LoadUnsafe(ref theirs, i)).StoreUnsafe(ref mine, i);
            }
        }
        else
        {
            for (int i = 0; i < others.Length; i++)
            {
                cells[2 * i] -= others[i] >> 32;
                cells[(2 * i) + 1] -= others[i] & 0xFFFFFFFFL;
            }
        }

        if (packed && !IsPacked)
        {
            for (int i = 0; i < cells.Length / 2; i++)
            {
                cells[i] = (cells[2 * i] << 32) + cells[(2 * i) + 1];
            }

            IsPacked = true;
        }
    }

    /// <summary>The words of the cells of a feature.</summary>
    public ReadOnlySpan<long> Feature(int feature)
    {
        int words = IsPacked ? 1 : 2;
        return Cells.AsSpan(words * layout.Offset(feature), words * layout.CellsOf(feature));
    }

    /// <summary>The sums of the cells of a feature.</summary>
    public BinSums Sums(int feature) => new(Feature(feature), IsPacked);
}

/// <summary>Lends histograms, so that a fit allocates only as many as it ever holds at once.</summary>
internal sealed class HistogramPool(HistogramLayout layout)
{
    private readonly Stack<GradientHistogram> _free = new();
    private readonly Lock _lock = new();

    public GradientHistogram Rent()
    {
        lock (_lock)
        {
            if (_free.TryPop(out GradientHistogram? histogram))
            {
                return histogram;
            }
        }

        return new GradientHistogram(layout);
    }

    public void Return(GradientHistogram histogram)
    {
        lock (_lock)
        {
            _free.Push(histogram);
        }
    }
}
