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
    /// What is measured after every round, the first one for early stopping; empty (default) for the log loss. They need a validation set
    /// at <c>Fit</c>, or <see cref="GradientBoostingLearner{TDataset, TModel}.EvaluateTraining"/>.
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
        Boost(data, validation: null, start: null, options ?? FitOptions.Default, cancellationToken);

    /// <summary>Trains a model and measures it on a validation set after every round.</summary>
    /// <param name="data">The rows to learn from.</param>
    /// <param name="validation">
    /// The rows to measure by, with the classes of <paramref name="data"/>; they change nothing but when to stop.
    /// </param>
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
        return Boost(data, validation, start: null, options ?? FitOptions.Default, cancellationToken);
    }

    /// <summary>
    /// Adds <see cref="GradientBoostingLearner{TDataset, TModel}.Rounds"/> rounds to a model. By the recipe and the rows of the model it
    /// gives, to the last bit, what all the rounds in one go give; other hyper-parameters hold for the new rounds only.
    /// </summary>
    /// <param name="model">The rounds so far; it is not changed.</param>
    /// <param name="data">The rows to learn from, with the columns and classes of the model.</param>
    /// <param name="options">How to run the fit; null for <see cref="FitOptions.Default"/>.</param>
    /// <param name="cancellationToken">Ends the fit early with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">
    /// The data have other columns or classes than the model, the model was trained by another loss, or an initial learner is asked for.
    /// </exception>
    public GradientBoostingClassificationModel Continue(
        GradientBoostingClassificationModel model,
        ClassificationDataset data,
        FitOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        return Boost(data, validation: null, model, options ?? FitOptions.Default, cancellationToken);
    }

    /// <inheritdoc cref="Continue(GradientBoostingClassificationModel, ClassificationDataset, FitOptions?, CancellationToken)"/>
    /// <param name="model">The rounds so far; it is not changed.</param>
    /// <param name="data">The rows to learn from, with the columns and classes of the model.</param>
    /// <param name="validation">The rows to measure by. The best round is one of the new ones.</param>
    /// <param name="options">How to run the fit; null for <see cref="FitOptions.Default"/>.</param>
    /// <param name="cancellationToken">Ends the fit early with an <see cref="OperationCanceledException"/>.</param>
    public GradientBoostingClassificationModel Continue(
        GradientBoostingClassificationModel model,
        ClassificationDataset data,
        ClassificationDataset validation,
        FitOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(validation);
        return Boost(data, validation, model, options ?? FitOptions.Default, cancellationToken);
    }

    private GradientBoostingClassificationModel Boost(
        ClassificationDataset data,
        ClassificationDataset? validation,
        GradientBoostingClassificationModel? start,
        FitOptions options,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(data);
        int classes = data.ClassCount;
        BoostingChecks.Check(data, validation, start, baseScore: null);
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
            Before = start?.Boosted,
        };
        IGradientLoss loss = Loss == ClassificationLoss.Exponential ? new ExponentialLoss(data.LabelArray, weights)
            : classes == 2 ? new LogisticLoss(data.LabelArray, weights)
            : new SoftmaxLoss(data.LabelArray, weights, classes);
        MetricList<ClassificationMetric> metrics = EvaluationMetrics.Count > 0 ? EvaluationMetrics : [ClassificationMetric.LogLoss];
        RoundEvaluation evaluation = Evaluate(metrics, EvaluationMetrics.Count > 0, data, validation, MeasuredRows.Of);
        BoostedRounds boosted = GradientBooster.Boost(plan, loss, validation?.Features, evaluation, options, cancellationToken);
        GradientBoostingClassifier whole = start is null ? this : this with { Rounds = start.RoundCount + Rounds };
        return new GradientBoostingClassificationModel(data.Schema, data.Classes, whole, boosted, evaluation.ToHistory(metrics));
    }
}
