namespace Ensembles.Trees.Growing.Histograms;

/// <summary>A node of a tree that grows by histograms: its rows in every block, its sums, and the best split found.</summary>
internal sealed class HistogramNode
{
    public required int Depth { get; init; }

    /// <summary>Names the node by its path from the root: the source of its random decisions.</summary>
    public required ulong Key { get; init; }

    /// <summary>Its rows, by block.</summary>
    public required Segment[] Segments { get; init; }

    public required int RowCount { get; init; }

    /// <summary>The gradient sum in whole units.</summary>
    public required long Gradient { get; init; }

    /// <summary>The hessian sum in whole units.</summary>
    public required long Hessian { get; init; }

    /// <summary>The number of the inner node above, or −1 for the root.</summary>
    public int Parent { get; set; } = -1;

    public bool IsLeft { get; init; }

    /// <summary>The sums of its bins; null before they are built and after the children took them.</summary>
    public GradientHistogram? Histogram { get; set; }

    /// <summary>The best split found; its feature is −1 where there is none.</summary>
    public SplitCandidate Split { get; set; } = SplitCandidate.None;

    /// <summary>The sums that the best split sends left.</summary>
    public long LeftGradient { get; set; }

    public long LeftHessian { get; set; }

    /// <summary>The children, once the node is expanded.</summary>
    public HistogramNode? Left { get; set; }

    public HistogramNode? Right { get; set; }
}
