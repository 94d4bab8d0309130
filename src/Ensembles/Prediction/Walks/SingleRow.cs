using Ensembles.Data;

namespace Ensembles.Prediction.Walks;

/// <summary>One row by masks where they serve, and else by walking: the same bits.</summary>
/// <param name="trees">The trees; without categories.</param>
internal sealed class SingleRow(EnsembleTree[] trees)
{
    private readonly RowMasks? _masks = RowMasks.TryCreate(trees);
    private readonly RowWalk _walk = new(trees);

    /// <summary>Adds to the sums of a row the values of its leaves, in the order of the trees.</summary>
    /// <param name="row">One row.</param>
    /// <param name="sums">The sums of the row.</param>
    public void Add(in RowSet row, Span<double> sums)
    {
        if (_masks is null || !_masks.TryAdd(row, sums))
        {
            _walk.Add(row, sums);
        }
    }
}
