using Ensembles.Data;
using Ensembles.Learners;
using Ensembles.Metrics;
using Ensembles.Numerics;

namespace Ensembles.Evaluation;

/// <summary>Trains and tests a model for each point of a curve and each fold.</summary>
internal static class CurveRun
{
    /// <param name="points">The number of points.</param>
    /// <param name="data">The rows.</param>
    /// <param name="folds">The folds.</param>
    /// <param name="judge">What is measured.</param>
    /// <param name="options">How to run it; null for the default.</param>
    /// <param name="fit">By point what trains its models.</param>
    /// <param name="rows">The rows that the model of a point and a fold learns from.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    /// <returns>By point the scores on what was learned from, and on the test sets.</returns>
    public static (MetricScores<TMetric>[] Training, MetricScores<TMetric>[] Test)[] Of<TDataset, TModel, TMetric>(
        int points,
        TDataset data,
        IReadOnlyList<Fold> folds,
        Judge<TDataset, TModel, TMetric> judge,
        FitOptions? options,
        Func<int, Fit<TDataset, TModel>> fit,
        Func<int, int, int[]> rows,
        CancellationToken cancellationToken)
        where TDataset : Dataset<TDataset>
        where TModel : Model
        where TMetric : Metric
    {
        options ??= FitOptions.Default;
        int tasks = points * folds.Count;
        int outer = Math.Min(options.ThreadsWithoutSnapshots, tasks);
        var inner = new FitOptions { Threads = options.ThreadsWithoutSnapshots / outer };
        var progress = new ProgressCounter(options.Progress, tasks);
        var training = new double[tasks][];
        var test = new double[tasks][];
        ParallelWork.For(tasks, outer, cancellationToken, task =>
        {
            (int point, int k) = Math.DivRem(task, folds.Count);
            TDataset train = data.SelectRows(rows(point, k));
            TModel model = fit(point)(train, inner, cancellationToken);
            (training[task], _) = judge.Score(model, train, EvaluatedRows.Training, inner.Threads, k);
            (test[task], _) = judge.Score(model, data.SelectRows(folds[k].Test), EvaluatedRows.Validation, inner.Threads, k);
            progress.Add();
        });

        double ratio = Judge.TestRatio(folds);
        return
        [
            .. Enumerable.Range(0, points).Select(point =>
            {
                Range range = (point * folds.Count)..((point + 1) * folds.Count);
                return (judge.ByMetric(training[range], ratio), judge.ByMetric(test[range], ratio));
            }),
        ];
    }
}
