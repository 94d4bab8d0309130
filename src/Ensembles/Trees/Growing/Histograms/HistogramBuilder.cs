using Ensembles.Data.Binning;
using Ensembles.Numerics;

namespace Ensembles.Trees.Growing.Histograms;

/// <summary>
/// Builds histograms of nodes from the row-major bins, block by block. Whichever worker adds which rows, the sums are the same, as they
/// are of whole numbers.
/// </summary>
internal sealed unsafe class HistogramBuilder
{
    private readonly HistogramBins _bins;
    private readonly BlockPartition _partition;
    private readonly QuantizedGradients _gradients;
    private readonly WorkerTeam _team;
    private readonly Func<HistogramNode, GradientHistogram> _target;
    private readonly List<Partial>[] _partials;
    private readonly Action<int, int> _addPiece;
    private readonly Action<int, int> _finish;
    private List<HistogramNode> _nodes = [];
    private int _pieces;

    /// <param name="bins">The bins.</param>
    /// <param name="partition">The rows of the nodes.</param>
    /// <param name="gradients">What is added up.</param>
    /// <param name="team">Who works.</param>
    /// <param name="target">The histogram of a node that is filled.</param>
    public HistogramBuilder(
        HistogramBins bins,
        BlockPartition partition,
        QuantizedGradients gradients,
        WorkerTeam team,
        Func<HistogramNode, GradientHistogram> target)
    {
        _target = target;
        _bins = bins;
        _partition = partition;
        _gradients = gradients;
        _team = team;
        _partials = [.. Enumerable.Range(0, team.Size).Select(_ => new List<Partial>())];
        _addPiece = AddPiece;
        _finish = Finish;
    }

    /// <summary>Builds the histograms of several nodes on all workers, each block for all nodes.</summary>
    /// <param name="nodes">Nodes with rows and a histogram to be filled.</param>
    public void Build(List<HistogramNode> nodes)
    {
        _nodes = nodes;
        foreach (HistogramNode node in nodes)
        {
            _target(node).Clear(IsPacked(node.RowCount));
        }

        for (int worker = 0; worker < _partials.Length; worker++)
        {
            Partials(worker, nodes.Count);
        }

        // Pieces of a block, so that workers share also what lies in one block.
        _pieces = _team.Size == 1 ? 1 : Math.Max(1, 4 * _team.Size / _partition.BlockCount);
        _team.ForEach(_partition.BlockCount * _pieces, _addPiece);
        _team.ForEach(nodes.Count, _finish);
    }

    /// <summary>Builds the histogram of a node on one worker.</summary>
    /// <param name="node">The node, of at most <see cref="GradientHistogram.MaxPackedRows"/> rows.</param>
    /// <param name="worker">The worker.</param>
    public void Build(HistogramNode node, int worker)
    {
        GradientHistogram histogram = _target(node);
        histogram.Clear(IsPacked(node.RowCount));
        BundledBins? bundled = node.RowCount >= _bins.Bundled?.LeastRows ? _bins.Bundled : null;
        GradientHistogram sums = histogram;
        if (bundled is not null)
        {
            sums = Partials(worker, 1)[0].Histogram;
            sums.Clear(_gradients.IsPacked);
        }

        for (int block = 0; block < node.Segments.Length; block++)
        {
            Add(sums, bundled, block, node.Segments[block]);
        }

        bundled?.AddTo(histogram, sums);
    }

    /// <summary>The partials of a worker, at least so many.</summary>
    private List<Partial> Partials(int worker, int count)
    {
        List<Partial> partials = _partials[worker];
        while (partials.Count < count)
        {
            partials.Add(new Partial(_bins));
        }

        return partials;
    }

    private bool IsPacked(int rowCount) => _gradients.IsPacked && rowCount <= GradientHistogram.MaxPackedRows;

    /// <summary>Adds a piece of a block to the histograms of all nodes.</summary>
    private void AddPiece(int index, int worker)
    {
        int block = index / _pieces;
        int piece = index % _pieces;
        for (int n = 0; n < _nodes.Count; n++)
        {
            HistogramNode node = _nodes[n];
            Segment whole = node.Segments[block];
            int first = (int)((long)whole.Count * piece / _pieces);
            int last = (int)((long)whole.Count * (piece + 1) / _pieces);
            var segment = new Segment(whole.Start + first, last - first);
            GradientHistogram histogram = _target(node);
            if (segment.Count == 0)
            {
                continue;
            }

            if (_team.Size == 1 && _bins.Bundled is null && histogram.IsPacked == _gradients.IsPacked)
            {
                Add(histogram, bundled: null, block, segment);
                continue;
            }

            // A worker adds up on its own, in packed cells where rows are packed, until these could overflow.
            Partial partial = _partials[worker][n];
            if (_gradients.IsPacked && partial.RowCount + segment.Count > GradientHistogram.MaxPackedRows)
            {
                partial.MoveTo(histogram);
            }

            if (partial.RowCount == 0)
            {
                partial.Histogram.Clear(_gradients.IsPacked);
            }

            partial.RowCount += segment.Count;
            Add(partial.Histogram, _bins.Bundled, block, segment);
        }
    }

    private void Finish(int index, int worker)
    {
        foreach (List<Partial> partials in _partials)
        {
            partials[index].MoveTo(_target(_nodes[index]));
        }
    }

    /// <summary>Adds rows to a histogram of digits, or of bundles.</summary>
    private void Add(GradientHistogram histogram, BundledBins? bundled, int block, Segment segment)
    {
        if (segment.Count == 0)
        {
            return;
        }

        RowMajorBins source = bundled?.Rows ?? _bins.Rows;
        HistogramLayout layout = bundled?.Layout ?? _bins.Layout;
        int stride = source.Stride;
        bool whole = _partition.IsWholeBlock(block, segment);
        fixed (byte* bins = source.Block(block))
        fixed (ushort* rows = _partition.Rows(block, segment))
        fixed (long* cells = histogram.Cells)
        fixed (int* groupCells = layout.GroupCells)
        {
            if (!_gradients.IsPacked)
            {
                fixed (long* gradients = &_gradients.Wide[2 * (nint)block * BinBlocks.Size])
                {
                    HistogramKernels.AddWide(bins, stride, whole ? null : rows, segment.Count, gradients, cells, groupCells);
                }

                return;
            }

            ushort* some = whole ? null : rows;
            if (!whole)
            {
                HistogramKernels.Fetch(cells, layout.CellCount);
            }

            if (_gradients.HasWords)
            {
                fixed (long* gradients = &_gradients.Words[(nint)block * BinBlocks.Size])
                {
                    HistogramKernels.AddPacked(bins, stride, some, segment.Count, gradients, cells, groupCells);
                }
            }
            else
            {
                fixed (uint* gradients = &_gradients.Packed[(nint)block * BinBlocks.Size])
                {
                    HistogramKernels.AddPacked(bins, stride, some, segment.Count, gradients, cells, groupCells);
                }
            }
        }
    }

    /// <summary>What a worker has added up for a node, by bundles where there are any.</summary>
    private sealed class Partial(HistogramBins bins)
    {
        public GradientHistogram Histogram { get; } = new(bins.Bundled?.Layout ?? bins.Layout);

        public int RowCount { get; set; }

        public void MoveTo(GradientHistogram total)
        {
            if (RowCount == 0)
            {
                return;
            }

            RowCount = 0;
            lock (total)
            {
                if (bins.Bundled is { } bundled)
                {
                    bundled.AddTo(total, Histogram);
                }
                else
                {
                    total.Add(Histogram);
                }
            }
        }
    }
}
