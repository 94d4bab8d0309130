using Ensembles.Data;
using Ensembles.Learners;

namespace Ensembles.AdaBoost;

/// <summary>
/// The hyper-parameters of AdaBoost: members of one kind are trained one after the other, each on the rows with more weight where those
/// before it were wrong.
/// </summary>
/// <typeparam name="TDataset">What it learns from.</typeparam>
/// <typeparam name="TModel">What a member gives.</typeparam>
public abstract record AdaBoostLearner<TDataset, TModel> : Learner<TDataset, TModel>
    where TDataset : Dataset<TDataset>
    where TModel : Model
{
    private readonly Learner<TDataset, TModel> _member;
    private readonly int _rounds = 50;
    private readonly double _learningRate = 1;
    private readonly int? _earlyStoppingRounds;

    private protected AdaBoostLearner(Learner<TDataset, TModel> member)
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

    /// <summary>The number of members that are trained, at least 1 (default 50), unless there is a reason to stop before.</summary>
    public int Rounds
    {
        get => _rounds;
        init => _rounds = CheckRange(value, 1);
    }

    /// <summary>ν: by what the weight of every member is multiplied, above 0, at most 1 (default).</summary>
    public double LearningRate
    {
        get => _learningRate;
        init => _learningRate = value > 0 && value <= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(LearningRate), value, "LearningRate must be above 0 and at most 1.");
    }

    /// <summary>How the members learn of the weights of the rows.</summary>
    public BoostBy BoostBy
    {
        get;
        init => field = CheckDefined(value);
    }

    /// <summary>
    /// Stop when the loss on the validation set has not fallen for so many rounds, at least 1, and keep the rounds up to the best one; null
    /// (default) to run all rounds. It needs a validation set at <c>Fit</c>.
    /// </summary>
    public int? EarlyStoppingRounds
    {
        get => _earlyStoppingRounds;
        init => _earlyStoppingRounds = value is int rounds ? CheckRange(rounds, 1) : null;
    }

    /// <exception cref="ArgumentException">Early stopping is asked for and there is nothing to stop by.</exception>
    private protected void CheckValidation(bool hasValidation)
    {
        if (EarlyStoppingRounds is not null && !hasValidation)
        {
            throw new ArgumentException("EarlyStoppingRounds needs a validation set: give one to Fit.");
        }
    }
}
