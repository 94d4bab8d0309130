using System.Diagnostics;

namespace Ensembles.Trees.Growing;

/// <summary>Finds the best split of a node and says which rows it sends left.</summary>
internal abstract class SplitFinder
{
    /// <summary>The best split of a node, or <see cref="SplitCandidate.None"/>.</summary>
    /// <param name="node">The node.</param>
    /// <param name="rows">The rows of the node, rising.</param>
    public abstract SplitCandidate Find(in GrowingNode node, ReadOnlySpan<int> rows);

    /// <summary>Writes for each row of the node a 1 where its split sends the row left, else a 0.</summary>
    public abstract void Mark(in GrowingNode node, ReadOnlySpan<int> rows, byte[] goesLeft);

    /// <summary>Told that the rows of a node were parted, so that what the finder keeps by node follows.</summary>
    public abstract void Split(in GrowingNode node, int leftCount, byte[] goesLeft);

    /// <summary>Nodes of at most so many rows it can grow to their leaves by itself (<see cref="GrowSubtree"/>); 0: none.</summary>
    public virtual int SubtreeRows => 0;

    /// <summary>Grows all that is below a node, depth first, as if node after node had been split.</summary>
    /// <param name="root">The node, of at most <see cref="SubtreeRows"/> rows without constraints, with the split that was found for it.</param>
    /// <param name="rows">Its rows, which are parted by leaf.</param>
    /// <param name="recorder">Receives the nodes.</param>
    public virtual void GrowSubtree(in GrowingNode root, Span<int> rows, NodeRecorder recorder) => throw new UnreachableException();
}
