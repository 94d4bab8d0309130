using Ensembles.Data;
using Ensembles.Learners;
using Ensembles.Metrics;
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
public sealed record AdaBoostClassifier :
    AdaBoostLearner<ClassificationDataset, ClassificationModel, ClassificationMetric, AdaBoostClassificationModel>
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

    private protected override AdaBoostClassificationModel Boost(
        ClassificationDataset data, ClassificationDataset? validation, FitOptions options, CancellationToken cancellationToken)
    {
        BoostingChecks.Check(data, validation);
        RoundEvaluation evaluation = Evaluate(
            ClassificationMetric.Accuracy, data, validation, MeasuredRows.Of, out MetricList<ClassificationMetric> metrics);
        if (Restart && Algorithm == AdaBoostAlgorithm.SammeR)
        {
            throw new ArgumentException("Restart is of AdaBoostAlgorithm.Samme: SammeR goes on whatever the error of a member is.");
        }

        ClassificationDataset present = RowSampling.WithoutAbsent(data);
        var score = new ClassScore(this, present);
        var booster = new ClassifierBooster(this, present, score, options.ResolvedThreads);
        using FitLog<BoostedMember<ClassificationModel>> log = options.OpenLog<BoostedMember<ClassificationModel>>(Identify(data, validation));
        BoostedMembers<ClassificationModel> boosted = booster.Boost(
            data.Features, validation?.Features, evaluation, log, options.Progress, cancellationToken);
        var model = new AdaBoostClassificationModel(data.Schema, data.Classes, this, boosted, score, evaluation.ToHistory(metrics));
        log.Finish();
        return model;
    }
}
