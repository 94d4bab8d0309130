using Ensembles.Data;

namespace Ensembles.Learners;

/// <summary>Batches of a model without trees.</summary>
internal sealed class LinearTerms : IBatchPrediction
{
    private LinearTerms()
    {
    }

    /// <summary>The only one.</summary>
    public static LinearTerms Instance { get; } = new();

    /// <inheritdoc/>
    public Predictor Predictor { get; } = new(PredictionPath.PlainLoop, "a linear model has no trees; its terms are added up by column");

    /// <inheritdoc/>
    public int TreeCount => 0;

    /// <inheritdoc/>
    public bool Allows(PredictionPath path) => path == PredictionPath.PlainLoop;

    /// <inheritdoc/>
    public void Force(PredictionPath? path)
    {
        if (path is { } other and not PredictionPath.PlainLoop)
        {
            throw new ArgumentException($"A model without trees cannot be predicted by {other}.", nameof(path));
        }
    }

    /// <inheritdoc/>
    public void FindLeaves(in RowSet rows, Span<int> leaves)
    {
    }
}
