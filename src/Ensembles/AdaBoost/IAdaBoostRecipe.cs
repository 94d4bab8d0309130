using Ensembles.Data;
using Ensembles.Learners;

namespace Ensembles.AdaBoost;

/// <summary>What the booster reads of a recipe, whatever it measures.</summary>
/// <typeparam name="TDataset">What the members learn from.</typeparam>
/// <typeparam name="TModel">What a member gives.</typeparam>
internal interface IAdaBoostRecipe<TDataset, TModel>
    where TDataset : Dataset<TDataset>
    where TModel : Model
{
    ulong Seed { get; }

    Learner<TDataset, TModel> Member { get; }

    int Rounds { get; }

    BoostBy BoostBy { get; }

    int? EarlyStoppingRounds { get; }
}
