using Ensembles.Boosting;
using Ensembles.Data;
using Ensembles.Learners;
using Ensembles.Losses;
using Ensembles.Metrics;

namespace Ensembles.NewtonBoosting;

/// <summary>
/// A classifier by second-order boosting ("XGBoost-style"; Chen and Guestrin 2016): the log loss of two classes with one tree a round, or of
/// K classes with K trees a round.
/// </summary>
public sealed record NewtonBoostingClassifier :
    NewtonBoostingLearner<ClassificationDataset, ClassificationModel, ClassificationMetric, NewtonBoostingClassificationModel>
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

    private protected override NewtonBoostingClassificationModel Boost(
        ClassificationDataset data,
        ClassificationDataset? validation,
        NewtonBoostingClassificationModel? start,
        FitOptions options,
        CancellationToken cancellationToken)
    {
        BoostingChecks.Check(data, validation, start, BaseScore);
        RoundEvaluation evaluation = Evaluate(
            ClassificationMetric.LogLoss, data, validation, MeasuredRows.Of, out MetricList<ClassificationMetric> metrics);
        int classes = data.ClassCount;
        if (ScalePositiveWeight != 1 && classes != 2)
        {
            throw new ArgumentException($"ScalePositiveWeight is for two classes; there are {classes}. Use ClassWeights.");
        }

        double[] weights = Weigh(data);
        INewtonLoss loss = classes == 2
            ? new LogisticLoss(data.LabelArray, weights)
            : new SoftmaxLoss(data.LabelArray, weights, classes);
        using FitLog<BoostedRound> log = options.OpenLog<BoostedRound>(Identify(data, validation, start));
        NewtonRounds rounds = NewtonBooster.Boost(
            data.Features, this, loss, weights, start?.Rounds, validation?.Features, evaluation, log, options, cancellationToken);
        var model = new NewtonBoostingClassificationModel(
            data.Schema, data.Classes, Continued(start), rounds, evaluation.ToHistory(metrics));
        log.Finish();
        return model;
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
