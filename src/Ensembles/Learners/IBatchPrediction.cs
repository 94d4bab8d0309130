namespace Ensembles.Learners;

/// <summary>What a model predicts batches of rows with.</summary>
internal interface IBatchPrediction
{
    /// <summary>What was chosen, and why.</summary>
    Predictor Predictor { get; }

    /// <summary>Whether the trees and the machine allow a way.</summary>
    bool Allows(PredictionPath path);

    /// <summary>Sends batches the way that is given from now on, to compare it with others; null for what would be chosen.</summary>
    /// <exception cref="ArgumentException">The trees or the machine do not allow it.</exception>
    void Force(PredictionPath? path);
}
