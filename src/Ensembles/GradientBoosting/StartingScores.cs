using Ensembles.Data;

namespace Ensembles.GradientBoosting;

/// <summary>The scores before the first tree: the same for all rows, the loss's own optimum.</summary>
/// <param name="constants">One an output.</param>
internal sealed class StartingScores(double[] constants)
{
    /// <summary>The number of scores of a row.</summary>
    public int OutputCount => constants.Length;

    /// <summary>The scores of every row.</summary>
    public IReadOnlyList<double> Constants => constants;

    /// <summary>Writes the scores of rows.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="scores">Rows × outputs.</param>
    public void Write(in RowSet rows, Span<double> scores)
    {
        for (int i = 0; i < rows.Count * constants.Length; i++)
        {
            scores[i] = constants[i % constants.Length];
        }
    }
}
