using Ensembles.Data;
using Ensembles.Learners;
using Ensembles.Losses;
using Ensembles.Metrics;

namespace Ensembles.GradientBoosting;

/// <summary>
/// A classifier by gradient boosting of trees (Friedman 2001): the deviance of two classes with one tree a round or of K classes with K trees
/// a round, or the exponential loss.
/// </summary>
/// <example>
/// <code>
/// GradientBoostingClassificationModel model = new GradientBoostingClassifier { Rounds = 200, LearningRate = 0.05 }.Fit(train);
/// </code>
/// </example>
public sealed record GradientBoostingClassifier : GradientBoostingLearner<ClassificationDataset, ClassificationModel>
{
    /// <summary>What is made small (default <see cref="ClassificationLoss.Deviance"/>).</summary>
    public ClassificationLoss Loss
    {
        get;
        init => field = CheckDefined(value);
    }

    /// <summary>Weights of the classes; null (default) where all weigh the same.</summary>
    public ClassWeights? ClassWeights { get; init; }

    /// <summary>
    /// What is measured after every round, the first one for early stopping; empty (default) for the log loss. They need a validation set at
    /// <c>Fit</c>, or <see cref="GradientBoostingLearner{TDataset, TModel}.EvaluateTraining"/>.
    /// </summary>
    public MetricList<ClassificationMetric> EvaluationMetrics
    {
        get;
        init => field = value ?? throw new ArgumentNullException(nameof(EvaluationMetrics));
    }
    = [];

    /// <inheritdoc/>
    public override GradientBoostingClassificationModel Fit(
        ClassificationDataset data, FitOptions? options = null, CancellationToken cancellationToken = default) =>
        Boost(data, validation: null, options ?? FitOptions.Default, cancellationToken);

    /// <summary>Trains a model and measures it on a validation set after every round.</summary>
    /// <param name="data">The rows to learn from.</param>
    /// <param name="validation">The rows to measure by, with the classes of <paramref name="data"/>; they change nothing but when to stop.</param>
    /// <param name="options">How to run the fit; null for <see cref="FitOptions.Default"/>.</param>
    /// <param name="cancellationToken">Ends the fit early with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">The validation set has other classes or lacks a column.</exception>
    public GradientBoostingClassificationModel Fit(
        ClassificationDataset data,
        ClassificationDataset validation,
        FitOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(validation);
        return Boost(data, validation, options ?? FitOptions.Default, cancellationToken);
    }

    private GradientBoostingClassificationModel Boost(
        ClassificationDataset data, ClassificationDataset? validation, FitOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(data);
        int classes = data.ClassCount;
        BoostingChecks.Check(data, validation, start: null, baseScore: null);
        if (Loss == ClassificationLoss.Exponential && classes != 2)
        {
            throw new ArgumentException($"ClassificationLoss.Exponential is for two classes; there are {classes}.");
        }

        double[] weights = RowWeights.Of(data);
        ClassWeights.Apply(ClassWeights, data, weights);
        BoostingPlan plan = Plan(data, weights);
        IGradientLoss loss = Loss == ClassificationLoss.Exponential ? new ExponentialLoss(data.LabelArray, weights)
            : classes == 2 ? new LogisticLoss(data.LabelArray, weights)
            : new SoftmaxLoss(data.LabelArray, weights, classes);
        MetricList<ClassificationMetric> metrics = EvaluationMetrics.Count > 0 ? EvaluationMetrics : [ClassificationMetric.LogLoss];
        RoundEvaluation evaluation = Evaluate(metrics, EvaluationMetrics.Count > 0, data, validation, MeasuredRows.Of);
        BoostedRounds boosted = GradientBooster.Boost(plan, loss, validation?.Features, evaluation, options, cancellationToken);
        return new GradientBoostingClassificationModel(data.Schema, data.Classes, this, boosted, evaluation.ToHistory(metrics));
    }
}
