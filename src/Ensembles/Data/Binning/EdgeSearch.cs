using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Ensembles.Data.Binning;

/// <summary>
/// Finds the bins of many cells: the number of edges that are not above the cell, and a bin of their own for missing cells. All ways to
/// do it compare the same numbers, so they agree in every bit.
/// </summary>
internal sealed class EdgeSearch<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Room for the edges of 256 bins, and one unused place; a side is sixteen.
    private const int Slots = 256;
    private const int Side = 16;

    // Rising, then NaN, which no cell is at or above.
    private readonly T[] _edges = new T[Slots];

    // The last of each sixteen edges.
    private readonly T[] _pivots = new T[Side];

    // The edges as a search tree without links: the children of node e are 2e and 2e + 1, the root is 1.
    private readonly T[] _tree = new T[Slots];

    private readonly byte _missingBin;

    /// <param name="starts">The least value of each bin, rising, at most 255; what is below the first falls into its bin too.</param>
    public EdgeSearch(ReadOnlySpan<T> starts)
    {
        _missingBin = (byte)starts.Length;
        _edges.AsSpan().Fill(T.NaN);
        if (starts.Length > 1)
        {
            starts[1..].CopyTo(_edges);
        }

        for (int i = 0; i < Side; i++)
        {
            _pivots[i] = _edges[(i * Side) + Side - 1];
        }

        // A level of k nodes holds every (256 / k)-th edge from the middle of the first such stretch on.
        for (int level = 1; level < Slots; level *= 2)
        {
            int stretch = Slots / level;
            for (int i = 0; i < level; i++)
            {
                _tree[level + i] = _edges[(i * stretch) + (stretch / 2) - 1];
            }
        }
    }

    /// <summary>Writes the bin of each cell.</summary>
    public void Find(ReadOnlySpan<T> cells, Span<byte> bins, SearchPath path)
    {
        bins = bins[..cells.Length];
        if (path == SearchPath.Vector512 && typeof(T) == typeof(float))
        {
            int whole = cells.Length & ~(Vector512<float>.Count - 1);
            FindInRegisters(MemoryMarshal.Cast<T, float>(cells[..whole]), bins);
            FindInTree(cells[whole..], bins[whole..]);
        }
        else if (path == SearchPath.Portable)
        {
            FindInTree(cells, bins);
        }
        else
        {
            FindByCounting(cells, bins);
        }
    }

    /// <summary>One cell after the other down the tree, without branches.</summary>
    private void FindInTree(ReadOnlySpan<T> cells, Span<byte> bins)
    {
        ref T tree = ref MemoryMarshal.GetArrayDataReference(_tree);
        for (int i = 0; i < cells.Length; i++)
        {
            T cell = cells[i];
            int node = 1;
            while (node < Slots)
            {
                // The comparison is taken as a number: a conditional would be compiled to a jump that nothing can foresee.
                node = (2 * node) + Unsafe.BitCast<bool, byte>(cell >= Unsafe.Add(ref tree, node));
            }

            bins[i] = T.IsNaN(cell) ? _missingBin : (byte)node;
        }
    }

    /// <summary>A cell is compared with sixteen pivots at once, then with the sixteen edges between two of them.</summary>
    private void FindByCounting(ReadOnlySpan<T> cells, Span<byte> bins)
    {
        ref T pivots = ref MemoryMarshal.GetArrayDataReference(_pivots);
        ref T edges = ref MemoryMarshal.GetArrayDataReference(_edges);
        for (int i = 0; i < cells.Length; i++)
        {
            T cell = cells[i];
            Vector256<T> all = Vector256.Create(cell);
            int bin = Side * CountAtMost(all, ref pivots);
            bin += CountAtMost(all, ref Unsafe.Add(ref edges, bin));
            bins[i] = T.IsNaN(cell) ? _missingBin : (byte)bin;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int CountAtMost(Vector256<T> cell, ref T sixteen)
    {
        uint bits = 0;
        for (int i = 0; i < Side; i += Vector256<T>.Count)
        {
            Vector256<T> atMost = Vector256.GreaterThanOrEqual(cell, Vector256.LoadUnsafe(ref sixteen, (nuint)i));
            bits |= atMost.ExtractMostSignificantBits() << i;
        }

        return BitOperations.PopCount(bits);
    }

    /// <summary>
    /// Sixteen cells at once down the tree, which lies in sixteen registers: a level is a permutation of one or two registers by the
    /// nodes reached, up to four of them where a level fills eight registers. Needs AVX-512; whole vectors only.
    /// </summary>
    private void FindInRegisters(ReadOnlySpan<float> cells, Span<byte> bins)
    {
        ReadOnlySpan<Vector512<float>> tree = MemoryMarshal.Cast<T, Vector512<float>>(_tree);
        Vector512<float> t0 = tree[0], t1 = tree[1], t2 = tree[2], t3 = tree[3], t4 = tree[4], t5 = tree[5], t6 = tree[6], t7 = tree[7];
        Vector512<float> t8 = tree[8], t9 = tree[9], t10 = tree[10], t11 = tree[11];
        Vector512<float> t12 = tree[12], t13 = tree[13], t14 = tree[14], t15 = tree[15];
        Vector512<float> root = Vector512.Create(t0[1]);
        Vector512<int> missing = Vector512.Create((int)_missingBin);
        ref float source = ref MemoryMarshal.GetReference(cells);
        ref byte target = ref MemoryMarshal.GetReference(bins);
        for (int i = 0; i < cells.Length; i += Vector512<float>.Count)
        {
            Vector512<float> cell = Vector512.LoadUnsafe(ref source, (nuint)i);
            Vector512<int> node = Step(Vector512<int>.One, cell, root);
            node = Step(node, cell, Avx512F.PermuteVar16x32(t0, node));
            node = Step(node, cell, Avx512F.PermuteVar16x32(t0, node));
            node = Step(node, cell, Avx512F.PermuteVar16x32(t0, node));
            node = Step(node, cell, Avx512F.PermuteVar16x32(t1, node));
            node = Step(node, cell, Avx512F.PermuteVar16x32x2(t2, node, t3));

            Vector512<int> right = Vector512.GreaterThan(node, Vector512.Create(95));
            node = Step(node, cell, Vector512.ConditionalSelect(
                right.AsSingle(), Avx512F.PermuteVar16x32x2(t6, node, t7), Avx512F.PermuteVar16x32x2(t4, node, t5)));

            right = Vector512.GreaterThan(node, Vector512.Create(191));
            Vector512<float> inner = Vector512.ConditionalSelect(
                right.AsSingle(), Avx512F.PermuteVar16x32x2(t12, node, t13), Avx512F.PermuteVar16x32x2(t8, node, t9));
            Vector512<float> outer = Vector512.ConditionalSelect(
                right.AsSingle(), Avx512F.PermuteVar16x32x2(t14, node, t15), Avx512F.PermuteVar16x32x2(t10, node, t11));
            Vector512<int> isInner = Vector512.Equals(node & Vector512.Create(32), Vector512<int>.Zero);
            node = Step(node, cell, Vector512.ConditionalSelect(isInner.AsSingle(), inner, outer));

            node = Vector512.ConditionalSelect(Vector512.Equals(cell, cell).AsInt32(), node, missing);
            Avx512F.ConvertToVector128Byte(node).StoreUnsafe(ref target, (nuint)i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<int> Step(Vector512<int> node, Vector512<float> cell, Vector512<float> edge)
    {
        Vector512<int> child = node + node;
        return Vector512.ConditionalSelect(Vector512.GreaterThanOrEqual(cell, edge).AsInt32(), child + Vector512<int>.One, child);
    }
}
