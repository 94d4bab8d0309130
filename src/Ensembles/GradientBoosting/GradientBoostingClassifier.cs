using Ensembles.Boosting;
using Ensembles.Data;
using Ensembles.Learners;
using Ensembles.Losses;
using Ensembles.Metrics;

namespace Ensembles.GradientBoosting;

/// <summary>
/// A classifier by gradient boosting of trees (Friedman 2001): the deviance of two classes with one tree a round or of K classes with K
/// trees a round, or the exponential loss.
/// </summary>
/// <example>
/// <code>
/// GradientBoostingClassificationModel model = new GradientBoostingClassifier { Rounds = 200, LearningRate = 0.05 }.Fit(train);
/// </code>
/// </example>
public sealed record GradientBoostingClassifier :
    GradientBoostingLearner<ClassificationDataset, ClassificationModel, ClassificationMetric, GradientBoostingClassificationModel>
{
    /// <summary>What is made small (default <see cref="ClassificationLoss.Deviance"/>).</summary>
    public ClassificationLoss Loss
    {
        get;
        init => field = CheckDefined(value);
    }

    /// <summary>Weights of the classes; null (default) where all weigh the same.</summary>
    public ClassWeights? ClassWeights { get; init; }

    private protected override GradientBoostingClassificationModel Boost(
        ClassificationDataset data,
        ClassificationDataset? validation,
        GradientBoostingClassificationModel? start,
        FitOptions options,
        CancellationToken cancellationToken)
    {
        int classes = data.ClassCount;
        BoostingChecks.Check(data, validation, start, BaseScore);
        if (start is not null && start.Recipe.Loss != Loss)
        {
            throw new ArgumentException($"The scores of the model are those of {start.Recipe.Loss}, not of {Loss}.");
        }

        if (Loss == ClassificationLoss.Exponential && classes != 2)
        {
            throw new ArgumentException($"ClassificationLoss.Exponential is for two classes; there are {classes}.");
        }

        double[] weights = RowWeights.Of(data);
        ClassWeights.Apply(ClassWeights, data, weights);
        BoostingPlan plan = Plan(data, weights);
        ClassificationDataset weighted = ClassWeights is null ? data : data.WithWeights(weights);
        plan = plan with
        {
            Initial = FitInitial(weighted, start is not null, start?.Recipe.InitialLearner, options, cancellationToken),
            Before = start?.Rounds,
        };
        IGradientLoss loss = Loss == ClassificationLoss.Exponential ? new ExponentialLoss(data.LabelArray, weights)
            : classes == 2 ? new LogisticLoss(data.LabelArray, weights)
            : new SoftmaxLoss(data.LabelArray, weights, classes);
        RoundEvaluation evaluation = Evaluate(ClassificationMetric.LogLoss, data, validation, MeasuredRows.Of, out MetricList<ClassificationMetric> metrics);
        using FitLog<BoostedRound> log = options.OpenLog<BoostedRound>(Identify(data, validation, start));
        GradientRounds rounds = GradientBooster.Boost(plan, loss, validation?.Features, evaluation, log, options, cancellationToken);
        GradientBoostingClassifier whole = start is null ? this : this with { Rounds = start.RoundCount + Rounds };
        var model = new GradientBoostingClassificationModel(data.Schema, data.Classes, whole, rounds, evaluation.ToHistory(metrics));
        log.Finish();
        return model;
    }
}
