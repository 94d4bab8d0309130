using Ensembles.Data;
using Ensembles.Learners;

namespace Ensembles.AdaBoost;

/// <summary>The loss of the members so far on a validation set.</summary>
/// <typeparam name="TModel">The kind of the members.</typeparam>
internal abstract class StagedLoss<TModel>
    where TModel : Model
{
    /// <summary>Adds a member and gives the loss with it.</summary>
    public abstract double Add(TModel member, double weight);
}
