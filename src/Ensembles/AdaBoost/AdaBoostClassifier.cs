using Ensembles.Data;
using Ensembles.Learners;
using Ensembles.Trees;

namespace Ensembles.AdaBoost;

/// <summary>
/// AdaBoost (Freund and Schapire 1997) for two classes and, as SAMME (Zhu, Zou, Rosset and Hastie 2009), for any number of them.
/// </summary>
/// <remarks>
/// With e the weighted error of a member, K the number of classes that have rows, its weight is α = ν·(ln((1 − e)/e) + ln(K − 1)); rows
/// that it gets wrong are multiplied by exp(α), and all are scaled to sum to 1. It ends when e ≥ 1 − 1/K (that member is dropped, see
/// <see cref="Restart"/>) or e = 0 (it is kept, with weight 1). Where not even the first member is better than chance, the model has
/// none and gives all classes the same probability.
/// </remarks>
/// <example>
/// <code>
/// AdaBoostClassificationModel model = new AdaBoostClassifier { Rounds = 200 }.Fit(train);
/// </code>
/// </example>
public sealed record AdaBoostClassifier : AdaBoostLearner<ClassificationDataset, ClassificationModel>
{
    /// <summary>AdaBoost of stumps: trees of a single split.</summary>
    public AdaBoostClassifier()
        : this(new DecisionTreeClassifier { MaxDepth = 1, SplitMethod = SplitMethod.Auto })
    {
    }

    /// <summary>AdaBoost of a recipe.</summary>
    /// <param name="member">The recipe of the members.</param>
    public AdaBoostClassifier(Learner<ClassificationDataset, ClassificationModel> member)
        : base(member)
    {
    }

    /// <summary>How the members count (default <see cref="AdaBoostAlgorithm.Samme"/>).</summary>
    public AdaBoostAlgorithm Algorithm
    {
        get;
        init => field = CheckDefined(value);
    }

    /// <summary>
    /// What happens when a member is no better than chance: false (default) to end; true to drop it and go on from a bootstrap sample of
    /// the rows, equally weighted (Bauer and Kohavi 1999), as long as there are rounds. Of <see cref="AdaBoostAlgorithm.Samme"/> only.
    /// </summary>
    public bool Restart { get; init; }

    /// <inheritdoc/>
    public override AdaBoostClassificationModel Fit(
        ClassificationDataset data, FitOptions? options = null, CancellationToken cancellationToken = default) =>
        Boost(data, validation: null, options ?? FitOptions.Default, cancellationToken);

    /// <summary>Trains a model and measures the share of rows put in a wrong class on a validation set after every round.</summary>
    /// <param name="data">The rows to learn from.</param>
    /// <param name="validation">
    /// The rows to measure by, with the classes of <paramref name="data"/>; they change nothing but when to stop.
    /// </param>
    /// <param name="options">How to run the fit; null for <see cref="FitOptions.Default"/>.</param>
    /// <param name="cancellationToken">Ends the fit early with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">The validation set has other classes or lacks a column.</exception>
    public AdaBoostClassificationModel Fit(
        ClassificationDataset data,
        ClassificationDataset validation,
        FitOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(validation);
        return Boost(data, validation, options ?? FitOptions.Default, cancellationToken);
    }

    private AdaBoostClassificationModel Boost(
        ClassificationDataset data, ClassificationDataset? validation, FitOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(data);
        CheckValidation(validation is not null);
        if (validation is not null && !validation.Classes.Equals(data.Classes))
        {
            throw new ArgumentException(
                $"The validation set has the classes {validation.Classes}, the training set {data.Classes}.", nameof(validation));
        }

        if (Restart && Algorithm == AdaBoostAlgorithm.SammeR)
        {
            throw new ArgumentException("Restart is of AdaBoostAlgorithm.Samme: SammeR goes on whatever the error of a member is.");
        }

        ClassificationDataset present = RowSampling.WithoutAbsent(data);
        var score = new ClassScore(this, present);
        ClassErrors? errors = validation is null ? null : new ClassErrors(score, data.Schema, validation, options.ResolvedThreads);
        var booster = new ClassifierBooster(this, present, score, options.ResolvedThreads);
        BoostedMembers<ClassificationModel> boosted = booster.Boost(errors, options.Progress, cancellationToken);
        return new AdaBoostClassificationModel(data.Schema, data.Classes, this, boosted, score);
    }
}
