using Ensembles.Data;
using Ensembles.Learners;

namespace Ensembles.MetaEnsembles;

/// <summary>Stacking of regressors: a final one is trained on what the members predict of rows which they have not seen.</summary>
public sealed record StackingRegressor : StackingLearner<RegressionDataset, RegressionModel>
{
    /// <summary>A stack of recipes.</summary>
    /// <param name="final">The recipe of the final learner.</param>
    /// <param name="members">The recipes of the members, at least one.</param>
    /// <exception cref="ArgumentException">There is no member, or one is null.</exception>
    public StackingRegressor(
        Learner<RegressionDataset, RegressionModel> final, params IReadOnlyList<Learner<RegressionDataset, RegressionModel>> members)
        : base(final, members)
    {
    }

    /// <inheritdoc/>
    public override StackingRegressionModel Fit(
        RegressionDataset data, FitOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        options ??= FitOptions.Default;
        RegressionDataset present = RowSampling.WithoutAbsent(data);
        int threads = options.ThreadsWithoutSnapshots;
        var progress = new ProgressCounter(options.Progress, Units(present));
        var meta = new MetaFeatures(present.RowCount, Members.Count, ["prediction"]);
        FeatureTable table = OutOfFold(present, meta, progress, threads, cancellationToken);
        RegressionModel[] members = FitMembers(present, progress, threads, cancellationToken);
        RegressionModel final = SeededFinal().Fit(
            RegressionDataset.Create(table, present.Targets, present.Weights), new FitOptions { Threads = threads }, cancellationToken);
        progress.Add();
        return new StackingRegressionModel(data.Schema, this, members, final);
    }
}
