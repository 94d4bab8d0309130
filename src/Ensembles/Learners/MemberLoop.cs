namespace Ensembles.Learners;

/// <summary>Batches of a model whose members are asked one after the other, each in its own way.</summary>
internal sealed class MemberLoop : IBatchPrediction
{
    private MemberLoop()
    {
    }

    /// <summary>The only one.</summary>
    public static MemberLoop Instance { get; } = new();

    /// <inheritdoc/>
    public Predictor Predictor { get; } = new(PredictionPath.PlainLoop, "the members are asked one after the other");

    /// <inheritdoc/>
    public bool Allows(PredictionPath path) => path == PredictionPath.PlainLoop;

    /// <inheritdoc/>
    public void Force(PredictionPath? path)
    {
        if (path is { } other and not PredictionPath.PlainLoop)
        {
            throw new ArgumentException($"A model of members that are no trees cannot be predicted by {other}.", nameof(path));
        }
    }
}
