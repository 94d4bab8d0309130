using Ensembles.Data;
using Ensembles.Learners;

namespace Ensembles.MetaEnsembles;

/// <summary>Classifiers of any kinds, trained on the same rows, that vote.</summary>
/// <example>
/// <code>
/// var voting = new VotingClassifier(new RandomForestClassifier(), new AdaBoostClassifier()) { Weights = [2, 1] };
/// VotingClassificationModel model = voting.Fit(train);
/// </code>
/// </example>
public sealed record VotingClassifier : Learner<ClassificationDataset, ClassificationModel>
{
    private readonly RecipeList<Learner<ClassificationDataset, ClassificationModel>> _members;
    private readonly RecipeList<double>? _weights;

    /// <summary>Voting of recipes.</summary>
    /// <param name="members">The recipes, at least one.</param>
    /// <exception cref="ArgumentException">There is no recipe, or one is null.</exception>
    public VotingClassifier(params IReadOnlyList<Learner<ClassificationDataset, ClassificationModel>> members)
    {
        _members = MemberList.Of(members, nameof(members));
    }

    /// <summary>The recipes. Each gets a seed of its own, drawn from <see cref="Learner.Seed"/> of this one and of its own.</summary>
    public IReadOnlyList<Learner<ClassificationDataset, ClassificationModel>> Members
    {
        get => _members;
        init => _members = MemberList.Of(value, nameof(Members));
    }

    /// <summary>How the members come to one answer (default <see cref="VotingRule.Soft"/>).</summary>
    public VotingRule Rule
    {
        get;
        init => field = CheckDefined(value);
    }

    /// <summary>The weight of each member, at least 0 and not all 0; null (default) where all weigh the same.</summary>
    public IReadOnlyList<double>? Weights
    {
        get => _weights;
        init => _weights = MemberList.Weights(value);
    }

    /// <inheritdoc/>
    public override VotingClassificationModel Fit(
        ClassificationDataset data, FitOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        options ??= FitOptions.Default;
        double[] weights = MemberList.Resolve(_weights, _members.Count);
        ClassificationModel[] models = MemberList.Fit(
            _members, data, Seed, options.ThreadsWithoutSnapshots, new ProgressCounter(options.Progress, _members.Count), cancellationToken);
        return new VotingClassificationModel(data.Schema, data.Classes, this, models, weights);
    }
}
