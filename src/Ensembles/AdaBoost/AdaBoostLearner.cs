using Ensembles.Data;
using Ensembles.Learners;
using Ensembles.Metrics;

namespace Ensembles.AdaBoost;

/// <summary>
/// The hyper-parameters of AdaBoost: members of one kind are trained one after the other, each on the rows with more weight where those
/// before it were wrong.
/// </summary>
/// <remarks>
/// It trains <see cref="StagedLearner{TDataset, TModel, TMetric, TFitted}.Rounds"/> members, unless there is a reason to stop before;
/// the weight of each is multiplied by <see cref="StagedLearner{TDataset, TModel, TMetric, TFitted}.LearningRate"/>.
/// </remarks>
/// <typeparam name="TDataset">What it learns from.</typeparam>
/// <typeparam name="TModel">What a member gives.</typeparam>
/// <typeparam name="TMetric">What is measured.</typeparam>
/// <typeparam name="TFitted">What it gives.</typeparam>
public abstract record AdaBoostLearner<TDataset, TModel, TMetric, TFitted> :
    StagedLearner<TDataset, TModel, TMetric, TFitted>, IAdaBoostRecipe<TDataset, TModel>
    where TDataset : Dataset<TDataset>
    where TModel : Model
    where TMetric : Metric
    where TFitted : TModel
{
    private const int DefaultRounds = 50;

    private readonly Learner<TDataset, TModel> _member;

    private protected AdaBoostLearner(Learner<TDataset, TModel> member)
        : base(DefaultRounds, learningRate: 1)
    {
        ArgumentNullException.ThrowIfNull(member);
        _member = member;
    }

    /// <summary>
    /// The recipe of the members: any learner of the same kind, as all of them take weights. Each member gets a seed of its own, drawn
    /// from <see cref="Learner.Seed"/> of both recipes.
    /// </summary>
    public Learner<TDataset, TModel> Member
    {
        get => _member;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            _member = value;
        }
    }

    /// <summary>How the members learn of the weights of the rows.</summary>
    public BoostBy BoostBy
    {
        get;
        init => field = CheckDefined(value);
    }
}
