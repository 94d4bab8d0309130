using Ensembles.Data;
using Ensembles.Learners;
using Ensembles.Losses;
using Ensembles.Metrics;

namespace Ensembles.LinearBoosting;

/// <summary>
/// Logistic regression by boosted coordinate descent, with L1 and L2 penalties: one linear score for two classes, one a class for more.
/// </summary>
/// <inheritdoc cref="LinearBoostingLearner{TDataset, TModel}"/>
public sealed record LinearBoostingClassifier : LinearBoostingLearner<ClassificationDataset, ClassificationModel>
{
    /// <summary>Weights of the classes; null (default) where all weigh the same.</summary>
    public ClassWeights? ClassWeights { get; init; }

    /// <summary>
    /// What is measured after every round, the first one for early stopping; empty (default) for the log loss. They need a validation set at
    /// <c>Fit</c>, or <see cref="BoostingLearner{TDataset, TModel}.EvaluateTraining"/>.
    /// </summary>
    public MetricList<ClassificationMetric> EvaluationMetrics
    {
        get;
        init => field = value ?? throw new ArgumentNullException(nameof(EvaluationMetrics));
    }
    = [];

    /// <inheritdoc/>
    public override LinearBoostingClassificationModel Fit(
        ClassificationDataset data, FitOptions? options = null, CancellationToken cancellationToken = default) =>
        Boost(data, validation: null, start: null, options ?? FitOptions.Default, cancellationToken);

    /// <summary>Trains a model and measures it on a validation set after every round.</summary>
    /// <param name="data">The rows to learn from.</param>
    /// <param name="validation">The rows to measure by, with the classes of <paramref name="data"/>; they change nothing but when to stop.</param>
    /// <param name="options">How to run the fit; null for <see cref="FitOptions.Default"/>.</param>
    /// <param name="cancellationToken">Ends the fit early with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">The validation set has other classes or lacks a column.</exception>
    public LinearBoostingClassificationModel Fit(
        ClassificationDataset data,
        ClassificationDataset validation,
        FitOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(validation);
        return Boost(data, validation, start: null, options ?? FitOptions.Default, cancellationToken);
    }

    /// <summary>Goes on from a model: adds <see cref="BoostingLearner{TDataset, TModel}.Rounds"/> rounds to those it has.</summary>
    /// <param name="model">The rounds so far. It may come of another recipe; its base score stays.</param>
    /// <param name="data">The rows to learn from, with the columns and classes of the model.</param>
    /// <param name="validation">The rows to measure by, or null. The best round is one of the new ones.</param>
    /// <param name="options">How to run the fit; null for <see cref="FitOptions.Default"/>.</param>
    /// <param name="cancellationToken">Ends the fit early with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>
    /// A model of all rounds. With the recipe and the data of the model it is, to the last bit, the one that the sum of the rounds gives.
    /// </returns>
    /// <exception cref="ArgumentException">The data have other columns or classes than the model, or the recipe another base score.</exception>
    public LinearBoostingClassificationModel Continue(
        LinearBoostingClassificationModel model,
        ClassificationDataset data,
        ClassificationDataset? validation = null,
        FitOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        return Boost(data, validation, model, options ?? FitOptions.Default, cancellationToken);
    }

    private LinearBoostingClassificationModel Boost(
        ClassificationDataset data,
        ClassificationDataset? validation,
        LinearBoostingClassificationModel? start,
        FitOptions options,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(data);
        CheckSelector();
        BoostingChecks.Check(data, validation, start, BaseScore);
        RoundEvaluation evaluation = Evaluate(
            EvaluationMetrics, ClassificationMetric.LogLoss, data, validation, MeasuredRows.Of, out MetricList<ClassificationMetric> metrics);
        double[] weights = [];
        ClassificationDataset present = data;
        if (data.IsWeighted || ClassWeights is not null)
        {
            double[] all = RowWeights.Of(data);
            ClassWeights.Apply(ClassWeights, data, all);
            present = PresentRows.Select(data, all, out weights);
        }

        INewtonLoss loss = data.ClassCount == 2
            ? new LogisticLoss(present.LabelArray, weights)
            : new SoftmaxLoss(present.LabelArray, weights, data.ClassCount);
        (LinearModel linear, double[] importances) = LinearBooster.Boost(
            present.Features, this, loss, weights, start?.Linear, data.Features, validation?.Features, evaluation, options, cancellationToken);
        LinearBoostingClassifier recipe = start is null ? this : this with { Rounds = start.RoundCount + Rounds };
        return new LinearBoostingClassificationModel(data.Schema, data.Classes, recipe, linear, importances, loss.Link, evaluation.ToHistory(metrics));
    }
}
