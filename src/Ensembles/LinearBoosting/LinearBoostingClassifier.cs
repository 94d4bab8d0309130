using Ensembles.Data;
using Ensembles.Learners;
using Ensembles.Losses;
using Ensembles.Metrics;

namespace Ensembles.LinearBoosting;

/// <summary>
/// Logistic regression by boosted coordinate descent, with L1 and L2 penalties: one linear score for two classes, one a class for more.
/// </summary>
/// <inheritdoc cref="LinearBoostingLearner{TDataset, TModel, TMetric, TFitted}"/>
public sealed record LinearBoostingClassifier :
    LinearBoostingLearner<ClassificationDataset, ClassificationModel, ClassificationMetric, LinearBoostingClassificationModel>
{
    /// <summary>Weights of the classes; null (default) where all weigh the same.</summary>
    public ClassWeights? ClassWeights { get; init; }

    private protected override LinearBoostingClassificationModel Boost(
        ClassificationDataset data,
        ClassificationDataset? validation,
        LinearBoostingClassificationModel? start,
        FitOptions options,
        CancellationToken cancellationToken)
    {
        CheckSelector();
        BoostingChecks.Check(data, validation, start, BaseScore);
        RoundEvaluation evaluation = Evaluate(
            ClassificationMetric.LogLoss, data, validation, MeasuredRows.Of, out MetricList<ClassificationMetric> metrics);
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
        using FitLog<LinearRound> log = options.OpenLog<LinearRound>(Identify(data, validation, start));
        (LinearModel linear, double[] importances) = LinearBooster.Boost(
            present.Features, this, loss, weights, start?.Linear, data.Features, validation?.Features, evaluation, log, options, cancellationToken);
        LinearBoostingClassifier recipe = start is null ? this : this with { Rounds = start.RoundCount + Rounds };
        var model = new LinearBoostingClassificationModel(data.Schema, data.Classes, recipe, linear, importances, loss.Link, evaluation.ToHistory(metrics));
        log.Finish();
        return model;
    }
}
