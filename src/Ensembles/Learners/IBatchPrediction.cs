using Ensembles.Data;

namespace Ensembles.Learners;

/// <summary>What a model predicts batches of rows with.</summary>
internal interface IBatchPrediction
{
    /// <summary>What was chosen, and why.</summary>
    Predictor Predictor { get; }

    /// <summary>The number of trees.</summary>
    int TreeCount { get; }

    /// <summary>Whether the trees and the machine allow a way.</summary>
    bool Allows(PredictionPath path);

    /// <summary>Sends batches the way that is given from now on, to compare it with others; null for what would be chosen.</summary>
    /// <exception cref="ArgumentException">The trees or the machine do not allow it.</exception>
    void Force(PredictionPath? path);

    /// <summary>Writes for each row the leaf that it reaches in each tree.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="leaves">Rows × trees.</param>
    void FindLeaves(in RowSet rows, Span<int> leaves);
}
