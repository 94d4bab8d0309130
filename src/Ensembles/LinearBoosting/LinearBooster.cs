using Ensembles.Boosting;
using Ensembles.Data;
using Ensembles.Learners;
using Ensembles.Losses;
using Ensembles.Numerics;

namespace Ensembles.LinearBoosting;

/// <summary>The rounds of linear boosting: gradients at the scores, then a round of coordinate descent on them for every output.</summary>
internal sealed class LinearBooster
{
    private readonly ILinearBoostingRecipe _recipe;
    private readonly INewtonLoss _loss;
    private readonly LinearColumns _columns;
    private readonly CoordinateDescent _descent;
    private readonly double[][] _scores;
    private readonly float[][] _gradients;
    private readonly float[][] _hessians;
    private readonly double[] _movingGradients;
    private readonly double[] _fixedHessians;

    private LinearBooster(LinearColumns columns, int rowCount, ILinearBoostingRecipe recipe, INewtonLoss loss, double[] weights)
    {
        _recipe = recipe;
        _loss = loss;
        _columns = columns;
        _descent = new CoordinateDescent(columns, recipe, weights.Length == 0 ? rowCount : OrderedSum.Of(weights));
        _scores = NewArrays<double>(rowCount);
        _gradients = NewArrays<float>(rowCount);
        _hessians = NewArrays<float>(rowCount);
        _movingGradients = new double[rowCount];
        _fixedHessians = new double[rowCount];
    }

    /// <summary>Boosts.</summary>
    /// <param name="table">The features of the rows of weight above 0.</param>
    /// <param name="recipe">The hyper-parameters.</param>
    /// <param name="loss">The loss, over the targets and weights of these rows.</param>
    /// <param name="weights">Their weights, or none where all are 1.</param>
    /// <param name="start">The model to go on from; null to begin anew.</param>
    /// <param name="training">All training rows, for measuring.</param>
    /// <param name="validation">The rows of the validation set; null where there is none.</param>
    /// <param name="evaluation">Measures the rounds.</param>
    /// <param name="log">Keeps the rounds, and has those of an earlier run.</param>
    /// <param name="options">How to run.</param>
    /// <param name="cancellationToken">Ends the fit between two steps.</param>
    /// <returns>The model, and the importances of its features.</returns>
    public static (LinearModel Model, double[] Importances) Boost(
        FeatureTable table,
        ILinearBoostingRecipe recipe,
        INewtonLoss loss,
        double[] weights,
        LinearModel? start,
        FeatureTable training,
        FeatureTable? validation,
        RoundEvaluation evaluation,
        FitLog<LinearRound> log,
        FitOptions options,
        CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        FeatureTable? mapped = validation is null ? null : SchemaMapping.Map(validation, table.Schema);
        double[] baseScores = BaseScores.Of(loss, recipe.BaseScore, start?.BaseScores);
        LinearModel model = start?.Copy() ?? new LinearModel(table.Schema, baseScores);
        evaluation.Try(prediction => loss.Link.Apply(model.BaseScores, prediction));
        using var team = new WorkerTeam(options.ResolvedThreads);
        var columns = new LinearColumns(table, team);
        MeasuredScores? validated = mapped is null ? null : new MeasuredScores(mapped, loss, team);
        MeasuredScores? trained = evaluation.MeasuresTraining ? new MeasuredScores(training, loss, team) : null;
        LinearModel kept = new LinearBooster(columns, table.RowCount, recipe, loss, weights)
            .Run(model, validated, trained, evaluation, log, options.Progress, cancellationToken);
        return (kept, LinearImportances.Of(kept, table, weights));
    }

    private LinearModel Run(
        LinearModel model,
        MeasuredScores? validated,
        MeasuredScores? trained,
        RoundEvaluation evaluation,
        FitLog<LinearRound> log,
        IProgress<FitProgress>? progress,
        CancellationToken cancellationToken)
    {
        LinearModel best = model;
        bool goOn = true;
        int begun = 0;
        for (; goOn && log.Known(begun) is LinearRound known; begun++)
        {
            model.Take(known);
            goOn = evaluation.Recall(model.RoundCount - 1, known.Scores);
            best = Best(best, model, evaluation);
        }

        var counter = new ProgressCounter(progress, _recipe.Rounds, begun);
        for (int i = begun; goOn && i < _recipe.Rounds; i++)
        {
            int round = model.RoundCount;
            Step(round, model, cancellationToken);
            model.RoundCount = round + 1;
            goOn = evaluation.Add(
                round,
                (rows, predictions) => (rows == EvaluatedRows.Validation ? validated! : trained!).Predict(model, predictions),
                out IReadOnlyList<EvaluationScore> measured);
            LinearModel now = model.Copy();
            log.Add(i, new LinearRound(now.Intercepts, now.Coefficients, [.. measured.Select(score => score.Value)]));
            counter.Add(measured);
            best = Best(best, model, evaluation);
        }

        return _recipe.EarlyStoppingRounds is not null && evaluation.BestRound is not null ? best : model;
    }

    /// <summary>The model after the best round: where the last one is the best so far, that of now.</summary>
    private LinearModel Best(LinearModel best, LinearModel model, RoundEvaluation evaluation) =>
        _recipe.EarlyStoppingRounds is not null && evaluation.BestRound == model.RoundCount - 1 ? model.Copy() : best;

    private void Step(int round, LinearModel model, CancellationToken cancellationToken)
    {
        _columns.Score(model, _scores);
        int rows = _movingGradients.Length;
        _columns.ForEachChunk(rows, (first, end) => _loss.Differentiate(_scores, first, end - first, _gradients, _hessians));
        for (int k = 0; k < _loss.OutputCount; k++)
        {
            int output = k;
            _columns.ForEachChunk(rows, (first, end) =>
            {
                for (int r = first; r < end; r++)
                {
                    _movingGradients[r] = _gradients[output][r];
                    _fixedHessians[r] = _hessians[output][r];
                }
            });
            _descent.Run(round, k, ref model.Intercepts[k], model.Coefficients[k], _movingGradients, _fixedHessians, cancellationToken);
        }

        if (!model.Intercepts.Concat(model.Coefficients.SelectMany(coefficients => coefficients)).All(double.IsFinite))
        {
            throw new ArgumentException("The coefficients left the range of numbers: the targets, weights or columns are too large.");
        }
    }

    private T[][] NewArrays<T>(int rowCount) => [.. Enumerable.Range(0, _loss.OutputCount).Select(_ => new T[rowCount])];

    /// <summary>Rows that are measured, with room for their scores.</summary>
    private sealed class MeasuredScores(FeatureTable table, INewtonLoss loss, WorkerTeam team)
    {
        private readonly LinearScorer _scorer = new(table, team);
        private readonly double[][] _scores = [.. Enumerable.Range(0, loss.OutputCount).Select(_ => new double[table.RowCount])];

        public void Predict(LinearModel model, double[] predictions)
        {
            _scorer.Score(model, _scores);
            _scorer.ForEachChunk(table.RowCount, (first, end) => loss.Link.Apply(_scores, first, end, predictions));
        }
    }
}
