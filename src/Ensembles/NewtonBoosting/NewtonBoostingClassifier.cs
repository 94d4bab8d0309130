using Ensembles.Data;
using Ensembles.Learners;
using Ensembles.Losses;
using Ensembles.Metrics;

namespace Ensembles.NewtonBoosting;

/// <summary>
/// A classifier by second-order boosting ("XGBoost-style"; Chen and Guestrin 2016): the log loss of two classes with one tree a round, or of
/// K classes with K trees a round.
/// </summary>
public sealed record NewtonBoostingClassifier : NewtonBoostingLearner<ClassificationDataset, ClassificationModel>
{
    private readonly double _scalePositiveWeight = 1;

    /// <summary>Of two classes: by what the weights of the rows of the second are multiplied, above 0 (default 1).</summary>
    public double ScalePositiveWeight
    {
        get => _scalePositiveWeight;
        init => _scalePositiveWeight = value > 0 && double.IsFinite(value)
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(ScalePositiveWeight), value, "ScalePositiveWeight must be above 0 and finite.");
    }

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
    public override NewtonBoostingClassificationModel Fit(
        ClassificationDataset data, FitOptions? options = null, CancellationToken cancellationToken = default) =>
        Boost(data, validation: null, start: null, options ?? FitOptions.Default, cancellationToken);

    /// <summary>Trains a model and measures it on a validation set after every round.</summary>
    /// <param name="data">The rows to learn from.</param>
    /// <param name="validation">The rows to measure by, with the classes of <paramref name="data"/>; they change nothing but when to stop.</param>
    /// <param name="options">How to run the fit; null for <see cref="FitOptions.Default"/>.</param>
    /// <param name="cancellationToken">Ends the fit early with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">The validation set has other classes or lacks a column.</exception>
    public NewtonBoostingClassificationModel Fit(
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
    /// <param name="options">How to run the fit; null for <see cref="FitOptions.Default"/>.</param>
    /// <param name="cancellationToken">Ends the fit early with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>
    /// A model of all rounds. With the recipe and the data of the model it is, to the last bit, the one that the sum of the rounds gives.
    /// </returns>
    /// <exception cref="ArgumentException">The data have other columns or classes than the model, or the recipe another base score.</exception>
    public NewtonBoostingClassificationModel Continue(
        NewtonBoostingClassificationModel model,
        ClassificationDataset data,
        FitOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        return Boost(data, validation: null, model, options ?? FitOptions.Default, cancellationToken);
    }

    /// <summary>Goes on from a model and measures the new rounds on a validation set.</summary>
    /// <inheritdoc cref="Continue(NewtonBoostingClassificationModel, ClassificationDataset, FitOptions?, CancellationToken)"/>
    /// <param name="model">The rounds so far.</param>
    /// <param name="data">The rows to learn from.</param>
    /// <param name="validation">The rows to measure by. The best round is one of the new ones.</param>
    /// <param name="options">How to run the fit; null for <see cref="FitOptions.Default"/>.</param>
    /// <param name="cancellationToken">Ends the fit early with an <see cref="OperationCanceledException"/>.</param>
    public NewtonBoostingClassificationModel Continue(
        NewtonBoostingClassificationModel model,
        ClassificationDataset data,
        ClassificationDataset validation,
        FitOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(validation);
        return Boost(data, validation, model, options ?? FitOptions.Default, cancellationToken);
    }

    private NewtonBoostingClassificationModel Boost(
        ClassificationDataset data,
        ClassificationDataset? validation,
        NewtonBoostingClassificationModel? start,
        FitOptions options,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(data);
        BoostingChecks.Check(data, validation, start, BaseScore);
        RoundEvaluation evaluation = Evaluate(
            EvaluationMetrics, ClassificationMetric.LogLoss, data, validation, MeasuredRows.Of, out MetricList<ClassificationMetric> metrics);
        int classes = data.ClassCount;
        if (ScalePositiveWeight != 1 && classes != 2)
        {
            throw new ArgumentException($"ScalePositiveWeight is for two classes; there are {classes}. Use ClassWeights.");
        }

        double[] weights = Weigh(data);
        INewtonLoss loss = classes == 2
            ? new LogisticLoss(data.LabelArray, weights)
            : new SoftmaxLoss(data.LabelArray, weights, classes);
        BoostedTrees boosted = NewtonBooster.Boost(
            data.Features, this, loss, weights, start?.Boosted, validation?.Features, evaluation, options, cancellationToken);
        return new NewtonBoostingClassificationModel(
            data.Schema, data.Classes, Continued(start), boosted, loss.Link, evaluation.ToHistory(metrics));
    }

    /// <summary>The recipe that gives in one go what was given in two.</summary>
    private NewtonBoostingClassifier Continued(NewtonBoostingClassificationModel? start) =>
        start is null ? this : this with { Rounds = start.RoundCount + Rounds };

    /// <summary>The weight of each row, or none where all are 1.</summary>
    private double[] Weigh(ClassificationDataset data)
    {
        if (!data.IsWeighted && ClassWeights is null && ScalePositiveWeight == 1)
        {
            return [];
        }

        double[] weights = RowWeights.Of(data);
        ClassWeights.Apply(ClassWeights, data, weights);
        for (int r = 0; r < weights.Length && ScalePositiveWeight != 1; r++)
        {
            weights[r] *= data.Labels[r] == 1 ? ScalePositiveWeight : 1;
        }

        return weights;
    }
}
