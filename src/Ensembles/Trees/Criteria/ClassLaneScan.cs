using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Ensembles.Trees.Growing;

namespace Ensembles.Trees.Criteria;

/// <summary>
/// Scores the thresholds of eight features in a node of few rows by counts of classes: eight rows are thresholds at once, which makes 64
/// lanes of a byte. The rows come class by class, so the weight of one class left of all thresholds is kept, and then squared.
/// </summary>
internal sealed unsafe class ClassLaneScan
{
    /// <summary>The greatest weight of a node: sums fit 8 bits, and sums of squares 16.</summary>
    public const int MaxNodeWeight = byte.MaxValue;

    private const int Blocks = LaneSearch.MaxRows / LaneSearch.Lanes;
    private const int Alignment = 64;
    private const int VectorsPerBlock = 7;

    // All of it lies in one array that does not move.
    private readonly byte[] _memory = GC.AllocateArray<byte>(Alignment + (Blocks * VectorsPerBlock * Alignment), pinned: true);

    // By block: the bins of its rows, the weight of a class left of them, the weight of all, the sums of squares and the sums of products.
    private readonly Vector512<byte>* _bins;
    private readonly Vector512<byte>* _class;
    private readonly Vector512<byte>* _weights;
    private readonly Vector512<ushort>* _squares;
    private readonly Vector512<ushort>* _products;

    public ClassLaneScan()
    {
        nint start = Marshal.UnsafeAddrOfPinnedArrayElement(_memory, 0);
        _bins = (Vector512<byte>*)((start + Alignment - 1) & -Alignment);
        _class = _bins + Blocks;
        _weights = _class + Blocks;
        _squares = (Vector512<ushort>*)(_weights + Blocks);
        _products = _squares + (2 * Blocks);
    }

    /// <summary>Finds the best threshold of each feature.</summary>
    /// <param name="cells">For each row of the node its bins, a byte a feature.</param>
    /// <param name="order">The places of the rows, class by class.</param>
    /// <param name="rowWeights">The weights of the rows in that order.</param>
    /// <param name="classes">For each class in the node the end of its rows in that order and its weight.</param>
    /// <param name="nodeWeight">The weight of the node.</param>
    /// <param name="nodeSquares">The sum of the squares of the weights of its classes.</param>
    public BestLanes Best(
        ReadOnlySpan<ulong> cells,
        ReadOnlySpan<int> order,
        ReadOnlySpan<byte> rowWeights,
        ReadOnlySpan<(int End, int Weight)> classes,
        double nodeWeight,
        double nodeSquares)
    {
        ulong* bins = (ulong*)_bins;
        for (int i = 0; i < order.Length; i++)
        {
            bins[i] = InOrder(cells[order[i]]);
        }

        int blocks = (order.Length + LaneSearch.Lanes - 1) / LaneSearch.Lanes;
        Begin(blocks);
        int row = 0;
        foreach ((int end, int classWeight) in classes)
        {
            for (; row < end; row++)
            {
                Vector512<byte> ofRow = Vector512.Create(bins[row]).AsByte();
                var weight = Vector512.Create(rowWeights[row]);
                for (int block = 0; block < blocks; block++)
                {
                    Vector512<byte> left = _class[block];
                    _class[block] = Vector512.ConditionalSelect(Vector512.LessThanOrEqual(ofRow, _bins[block]), left + weight, left);
                }
            }

            EndClass(blocks, Vector512.Create((ushort)classWeight));
        }

        return Score(order.Length, nodeWeight, nodeSquares);
    }

    private void Begin(int blocks)
    {
        for (int block = 0; block < blocks; block++)
        {
            _class[block] = Vector512<byte>.Zero;
            _weights[block] = Vector512<byte>.Zero;
            _squares[2 * block] = Vector512<ushort>.Zero;
            _squares[(2 * block) + 1] = Vector512<ushort>.Zero;
            _products[2 * block] = Vector512<ushort>.Zero;
            _products[(2 * block) + 1] = Vector512<ushort>.Zero;
        }
    }

    private void EndClass(int blocks, Vector512<ushort> classWeight)
    {
        for (int block = 0; block < blocks; block++)
        {
            Vector512<byte> left = _class[block];
            _class[block] = Vector512<byte>.Zero;
            _weights[block] += left;
            (Vector512<ushort> lower, Vector512<ushort> upper) = Vector512.Widen(left);
            _squares[2 * block] += lower * lower;
            _squares[(2 * block) + 1] += upper * upper;
            _products[2 * block] += lower * classWeight;
            _products[(2 * block) + 1] += upper * classWeight;
        }
    }

    /// <summary>A word whose lowest byte is the first in memory, or the other way round.</summary>
    private static ulong InOrder(ulong word) => BitConverter.IsLittleEndian ? word : BinaryPrimitives.ReverseEndianness(word);

    private BestLanes Score(int rows, double nodeWeight, double nodeSquares)
    {
        BestLanes best = BestLanes.None;
        ulong* bins = (ulong*)_bins;
        ulong* weights = (ulong*)_weights;
        ushort* squares = (ushort*)_squares;
        ushort* products = (ushort*)_products;
        for (int row = 0; row < rows; row++)
        {
            Vector512<double> score = ClassCountScan.Score(
                Vector512.ConvertToDouble(BinScan.Widen(InOrder(weights[row]))),
                Vector512.ConvertToDouble(BinScan.Widen(Vector128.Load(squares + (row * LaneSearch.Lanes)))),
                Vector512.ConvertToDouble(BinScan.Widen(Vector128.Load(products + (row * LaneSearch.Lanes)))),
                nodeWeight,
                nodeSquares,
                out Vector512<double> rightWeight);
            best.ImproveInAnyOrder(score, rightWeight, BinScan.Widen(InOrder(bins[row])));
        }

        return best;
    }
}
