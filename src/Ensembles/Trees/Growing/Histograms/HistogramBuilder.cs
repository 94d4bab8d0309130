using Ensembles.Data.Binning;
using Ensembles.Numerics;

namespace Ensembles.Trees.Growing.Histograms;

/// <summary>Adds the rows of nodes up by bin.</summary>
internal sealed unsafe class HistogramBuilder
{
    // A fork and join pays from about this many rows on.
    private const int RowsPerFork = 4096;

    private readonly RowMajorBins _bins;
    private readonly BlockPartition _partition;
    private readonly QuantizedGradients _gradients;
    private readonly WorkerTeam _team;
    private readonly GradientHistogram[] _partial;
    private readonly long[][] _scratch;

    public HistogramBuilder(RowMajorBins bins, BlockPartition partition, QuantizedGradients gradients, WorkerTeam team)
    {
        _bins = bins;
        _partition = partition;
        _gradients = gradients;
        _team = team;
        _partial = new GradientHistogram[team.Size];
        _scratch = new long[team.Size][];
        for (int w = 0; w < _partial.Length; w++)
        {
            _partial[w] = new GradientHistogram(bins.Stride);
            _scratch[w] = GC.AllocateUninitializedArray<long>(bins.Stride * HistogramKernels.CellsPerFeature, pinned: true);
        }
    }

    /// <summary>Builds the histogram of a node, on all workers where it has many rows.</summary>
    public void BuildOnTeam(GradientHistogram histogram, Segment[] segments, int rowCount)
    {
        histogram.Clear(IsPacked(rowCount));
        if (_team.Size == 1 || rowCount < 2 * RowsPerFork)
        {
            BuildSerially(histogram, segments, 0);
            return;
        }

        // Pieces of a block, so that two workers share also a node that lies in one block.
        int pieces = Math.Max(1, (2 * _team.Size) / segments.Length);
        var used = new bool[_team.Size];
        var chunk = new GradientHistogram[_team.Size];
        _team.ForEach(segments.Length * pieces, (index, worker) =>
        {
            if (!used[worker])
            {
                used[worker] = true;
                chunk[worker] = _partial[worker];
                chunk[worker].Clear(histogram.IsPacked);
            }

            int block = index / pieces;
            Segment whole = segments[block];
            int first = (int)((long)whole.Count * (index % pieces) / pieces);
            int last = (int)((long)whole.Count * ((index % pieces) + 1) / pieces);
            Add(chunk[worker], block, new Segment(whole.Start + first, last - first), worker);
        });
        for (int w = 0; w < used.Length; w++)
        {
            if (used[w])
            {
                histogram.Add(chunk[w]);
            }
        }
    }

    /// <summary>Builds the histogram of a node on one worker.</summary>
    public void Build(GradientHistogram histogram, Segment[] segments, int rowCount, int worker)
    {
        histogram.Clear(IsPacked(rowCount));
        BuildSerially(histogram, segments, worker);
    }

    private bool IsPacked(int rowCount) => _gradients.IsPacked && rowCount <= GradientHistogram.MaxPackedRows;

    private void BuildSerially(GradientHistogram histogram, Segment[] segments, int worker)
    {
        for (int block = 0; block < segments.Length; block++)
        {
            Add(histogram, block, segments[block], worker);
        }
    }

    private void Add(GradientHistogram histogram, int block, Segment segment, int worker)
    {
        if (segment.Count == 0)
        {
            return;
        }

        int stride = _bins.Stride;
        bool whole = _partition.IsWholeBlock(block, segment);
        fixed (byte* bins = _bins.Block(block))
        fixed (ushort* rows = _partition.Rows(block, segment))
        fixed (long* cells = histogram.Cells)
        {
            if (!_gradients.IsPacked)
            {
                fixed (long* gradients = &_gradients.Wide[2 * (nint)block * BinBlocks.Size])
                {
                    HistogramKernels.AddWide(bins, stride, whole ? null : rows, segment.Count, gradients, cells);
                }

                return;
            }

            fixed (uint* gradients = &_gradients.Packed[(nint)block * BinBlocks.Size])
            {
                if (histogram.IsPacked)
                {
                    AddPacked(bins, stride, whole, rows, segment.Count, gradients, cells);
                    return;
                }

                // The block is added up in packed cells, which it cannot overflow, and these are widened.
                long[] scratch = _scratch[worker];
                Array.Clear(scratch);
                fixed (long* packed = scratch)
                {
                    AddPacked(bins, stride, whole, rows, segment.Count, gradients, packed);
                }

                histogram.Add(scratch);
            }
        }
    }

    private static void AddPacked(byte* bins, int stride, bool whole, ushort* rows, int count, uint* gradients, long* cells)
    {
        if (whole)
        {
            HistogramKernels.AddAllPacked(bins, stride, count, gradients, cells);
        }
        else
        {
            HistogramKernels.AddSomePacked(bins, stride, rows, count, gradients, cells);
        }
    }
}
