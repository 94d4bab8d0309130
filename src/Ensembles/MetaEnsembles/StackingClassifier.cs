using Ensembles.Data;
using Ensembles.Learners;

namespace Ensembles.MetaEnsembles;

/// <summary>
/// Stacking of classifiers: a final one is trained on the probabilities that the members give rows which they have not seen, each by folds
/// that have the classes in the same shares.
/// </summary>
/// <example>
/// <code>
/// var stack = new StackingClassifier(new AdaBoostClassifier(), new RandomForestClassifier(), new ExtraTreesClassifier());
/// StackingClassificationModel model = stack.Fit(train);
/// </code>
/// </example>
public sealed record StackingClassifier : StackingLearner<ClassificationDataset, ClassificationModel>
{
    /// <summary>A stack of recipes.</summary>
    /// <param name="final">The recipe of the final learner.</param>
    /// <param name="members">The recipes of the members, at least one.</param>
    /// <exception cref="ArgumentException">There is no member, or one is null.</exception>
    public StackingClassifier(
        Learner<ClassificationDataset, ClassificationModel> final,
        params IReadOnlyList<Learner<ClassificationDataset, ClassificationModel>> members)
        : base(final, members)
    {
    }

    /// <inheritdoc/>
    public override StackingClassificationModel Fit(
        ClassificationDataset data, FitOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        options ??= FitOptions.Default;
        ClassificationDataset present = RowSampling.WithoutAbsent(data);
        int threads = options.ThreadsWithoutSnapshots;
        var progress = new ProgressCounter(options.Progress, Units(present));
        var meta = new MetaFeatures(present.RowCount, Members.Count, [.. data.Classes]);
        FeatureTable table = OutOfFold(present, meta, progress, threads, cancellationToken);
        ClassificationModel[] members = FitMembers(present, progress, threads, cancellationToken);
        ClassificationModel final = SeededFinal().Fit(
            ClassificationDataset.FromIndices(table, data.Classes, present.Labels, present.Weights),
            new FitOptions { Threads = threads },
            cancellationToken);
        progress.Add();
        return new StackingClassificationModel(data.Schema, data.Classes, this, members, final);
    }
}
