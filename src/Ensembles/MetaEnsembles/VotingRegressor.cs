using Ensembles.Data;
using Ensembles.Learners;

namespace Ensembles.MetaEnsembles;

/// <summary>Regressors of any kinds, trained on the same rows, whose weighted mean is predicted.</summary>
public sealed record VotingRegressor : Learner<RegressionDataset, RegressionModel>
{
    private readonly RecipeList<Learner<RegressionDataset, RegressionModel>> _members;
    private readonly RecipeList<double>? _weights;

    /// <summary>The mean of recipes.</summary>
    /// <param name="members">The recipes, at least one.</param>
    /// <exception cref="ArgumentException">There is no recipe, or one is null.</exception>
    public VotingRegressor(params IReadOnlyList<Learner<RegressionDataset, RegressionModel>> members)
    {
        _members = MemberList.Of(members, nameof(members));
    }

    /// <summary>The recipes. Each gets a seed of its own, drawn from <see cref="Learner.Seed"/> of this one and of its own.</summary>
    public IReadOnlyList<Learner<RegressionDataset, RegressionModel>> Members
    {
        get => _members;
        init => _members = MemberList.Of(value, nameof(Members));
    }

    /// <summary>The weight of each member, at least 0 and not all 0; null (default) where all weigh the same.</summary>
    public IReadOnlyList<double>? Weights
    {
        get => _weights;
        init => _weights = MemberList.Weights(value);
    }

    /// <inheritdoc/>
    public override VotingRegressionModel Fit(
        RegressionDataset data, FitOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        options ??= FitOptions.Default;
        double[] weights = MemberList.Resolve(_weights, _members.Count);
        RegressionModel[] models = MemberList.Fit(
            _members, data, Seed, options.ThreadsWithoutSnapshots, new ProgressCounter(options.Progress, _members.Count), cancellationToken);
        return new VotingRegressionModel(data.Schema, this, models, weights);
    }
}
