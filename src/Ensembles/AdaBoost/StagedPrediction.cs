using Ensembles.Learners;

namespace Ensembles.AdaBoost;

/// <summary>What the members so far predict for rows that are measured.</summary>
/// <typeparam name="TModel">The kind of the members.</typeparam>
internal abstract class StagedPrediction<TModel>
    where TModel : Model
{
    /// <summary>Adds a member.</summary>
    public abstract void Add(TModel member, double weight);

    /// <summary>Writes what is predicted for the rows, row after row.</summary>
    public abstract void Predict(double[] predictions);
}
