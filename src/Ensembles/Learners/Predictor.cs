namespace Ensembles.Learners;

/// <summary>How a model predicts batches of rows: what was chosen for its trees and this machine, and why.</summary>
/// <param name="Path">The way that batches go.</param>
/// <param name="Reason">Why it was chosen.</param>
public sealed record Predictor(PredictionPath Path, string Reason)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Path}: {Reason}";
}
