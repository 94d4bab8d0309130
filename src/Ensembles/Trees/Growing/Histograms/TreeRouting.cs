using Ensembles.Data;
using Ensembles.Data.Binning;
using Ensembles.Numerics;

namespace Ensembles.Trees.Growing.Histograms;

/// <summary>
/// Sends rows that a tree was not grown on to its leaves: by their bins, parted node by node as growth parts them, which takes a fraction of
/// the time of going from node to node row by row. Bins need not be those of growth: where a threshold lies within a bin, the rows of that
/// bin are asked for their values.
/// </summary>
internal sealed unsafe class TreeRouting
{
    private readonly FeatureTable _table;
    private readonly BinnedTable _bins;
    private readonly WorkerTeam _team;
    private readonly Scratch?[] _scratch;

    /// <param name="table">The rows, under the schema of the trees.</param>
    /// <param name="bins">Their bins.</param>
    /// <param name="team">Who works.</param>
    public TreeRouting(FeatureTable table, BinnedTable bins, WorkerTeam team)
    {
        _table = table;
        _bins = bins;
        _team = team;
        _scratch = new Scratch?[team.Size];
    }

    /// <summary>Is told some of the rows of a leaf, from any thread; the rows of a leaf come in several calls.</summary>
    /// <param name="leaf">The leaf.</param>
    /// <param name="firstRow">The row of the table that has number 0 in the list.</param>
    /// <param name="rows">The rows.</param>
    internal delegate void VisitLeaf(int leaf, int firstRow, ReadOnlySpan<ushort> rows);

    /// <summary>Finds the leaf of every row.</summary>
    /// <param name="tree">The tree.</param>
    /// <param name="except">By row whether it is passed over; empty for no row.</param>
    /// <param name="visit">Is told the leaves.</param>
    public void Route(Tree tree, bool[] except, VisitLeaf visit) =>
        _team.ForEach(RowPieces.Count(_table.RowCount), (piece, worker) => Route(tree, except, visit, piece, _scratch[worker] ??= new Scratch()));

    private void Route(Tree tree, bool[] except, VisitLeaf visit, int piece, Scratch scratch)
    {
        int firstRow = piece * RowPieces.Size;
        int size = RowPieces.RowsIn(piece, _table.RowCount);
        ushort[] rows = scratch.Rows;
        int count = 0;
        for (int i = 0; i < size; i++)
        {
            rows[count] = (ushort)i;
            count += except.Length == 0 || !except[firstRow + i] ? 1 : 0;
        }

        Stack<(int Node, Segment Rows)> open = scratch.Open;
        open.Push((0, new Segment(0, count)));
        while (open.TryPop(out (int Node, Segment Rows) next))
        {
            if (next.Rows.Count == 0)
            {
                continue;
            }

            if (tree.IsLeaf(next.Node))
            {
                visit(next.Node - tree.InnerCount, firstRow, rows.AsSpan(next.Rows.Start, next.Rows.Count));
                continue;
            }

            int left = Split(tree, next.Node, firstRow, next.Rows, next.Rows.Count == size, scratch);
            open.Push((tree.Right(next.Node), new Segment(next.Rows.Start + left, next.Rows.Count - left)));
            open.Push((tree.Left(next.Node), new Segment(next.Rows.Start, left)));
        }
    }

    /// <summary>Parts the rows of a node; returns how many go left.</summary>
    private int Split(Tree tree, int node, int firstRow, Segment segment, bool areAll, Scratch scratch)
    {
        int feature = tree.Feature(node);
        int undecided = Sides(tree, node, _bins.Mapper(feature), scratch.Sides);
        int left;
        fixed (ushort* rows = &scratch.Rows[segment.Start])
        fixed (ushort* buffer = scratch.Buffer)
        fixed (byte* column = _bins.Column(feature)[firstRow..])
        fixed (byte* sides = scratch.Sides)
        {
            left = undecided < 0
                ? PartitionKernel.Split(rows, segment.Count, areAll, column, sides, buffer)
                : SplitAsking(tree, node, firstRow, rows, segment.Count, column, sides, undecided, buffer);
            new ReadOnlySpan<ushort>(buffer, segment.Count - left).CopyTo(new Span<ushort>(rows + left, segment.Count - left));
        }

        return left;
    }

    private int SplitAsking(
        Tree tree, int node, int firstRow, ushort* rows, int count, byte* column, byte* sides, int undecided, ushort* buffer)
    {
        ColumnData cells = _table.ColumnData(tree.Feature(node));
        int[]? map = _table.RowMap;
        int left = 0;
        int right = 0;
        for (int i = 0; i < count; i++)
        {
            ushort row = rows[i];
            int bin = column[row];
            int side = sides[bin];
            if (bin == undecided)
            {
                int tableRow = firstRow + row;
                side = tree.GoesLeft(node, cells[map is null ? tableRow : map[tableRow]]) ? 1 : 0;
            }

            rows[left] = row;
            buffer[right] = row;
            left += side;
            right += 1 - side;
        }

        return left;
    }

    /// <summary>Writes by bin 1 where its rows go left, else 0; returns the bin whose rows part at the node, or −1.</summary>
    private static int Sides(Tree tree, int node, BinMapper mapper, Span<byte> sides)
    {
        int undecided = -1;
        sides.Clear();
        if (mapper.IsCategorical)
        {
            // Only the rarest categories share a bin.
            Span<byte> isKnown = stackalloc byte[BinnedTable.MaxBinsWithMissing];
            isKnown.Clear();
            for (int code = 0; code < mapper.CodeCount; code++)
            {
                int bin = mapper.BinOfCode(code);
                byte side = tree.GoesLeft(node, code) ? (byte)1 : (byte)0;
                undecided = isKnown[bin] == 1 && sides[bin] != side ? bin : undecided;
                sides[bin] = side;
                isKnown[bin] = 1;
            }
        }
        else
        {
            double threshold = tree.Threshold(node);
            int first = 0;
            int end = mapper.BinCount;
            while (first < end)
            {
                int middle = (first + end) / 2;
                (first, end) = mapper.High(middle) <= threshold ? (middle + 1, end) : (first, middle);
            }

            sides[..first].Fill(1);
            undecided = first < mapper.BinCount && mapper.Low(first) <= threshold ? first : -1;
        }

        sides[mapper.MissingBin] = tree.DefaultLeft(node) ? (byte)1 : (byte)0;
        return undecided;
    }

    private sealed class Scratch
    {
        public ushort[] Rows { get; } = new ushort[RowPieces.Size];

        public ushort[] Buffer { get; } = new ushort[RowPieces.Size + PartitionKernel.Slack];

        public byte[] Sides { get; } = new byte[BinnedTable.MaxBinsWithMissing];

        public Stack<(int Node, Segment Rows)> Open { get; } = new();
    }
}
