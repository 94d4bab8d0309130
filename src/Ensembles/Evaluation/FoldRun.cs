using Ensembles.Data;
using Ensembles.Learners;
using Ensembles.Metrics;
using Ensembles.Numerics;

namespace Ensembles.Evaluation;

/// <summary>What came of the folds of a cross-validation, before it is given its public form.</summary>
/// <param name="Folds">The folds.</param>
/// <param name="Scores">By metric the values on the test sets.</param>
/// <param name="TrainingScores">By metric the values on the training sets; empty where they were not asked for.</param>
/// <param name="Models">The models; empty where they were not asked for.</param>
/// <param name="Sums">Rows × outputs: what the models predicted of rows that they did not see, added up.</param>
/// <param name="Counts">By row how many models these are.</param>
internal sealed record FoldRun<TModel, TMetric>(
    IReadOnlyList<Fold> Folds,
    MetricScores<TMetric>[] Scores,
    MetricScores<TMetric>[] TrainingScores,
    TModel[] Models,
    double[] Sums,
    int[] Counts)
    where TMetric : Metric;

/// <summary>Trains and tests a model a fold.</summary>
internal static class FoldRun
{
    public static FoldRun<TModel, TMetric> Of<TDataset, TModel, TMetric>(
        Fit<TDataset, TModel> fit,
        TDataset data,
        FoldPlan? plan,
        Judge<TDataset, TModel, TMetric> judge,
        CrossValidationOptions? options,
        CancellationToken cancellationToken)
        where TDataset : Dataset<TDataset>
        where TModel : Model
        where TMetric : Metric
    {
        ArgumentNullException.ThrowIfNull(data);
        options ??= CrossValidationOptions.Default;
        IReadOnlyList<Fold> folds = (plan ?? FoldPlan.Standard()).Split(data);
        int outer = Math.Min(options.ThreadsWithoutSnapshots, folds.Count);
        var inner = new FitOptions { Threads = options.ThreadsWithoutSnapshots / outer };
        var progress = new ProgressCounter(options.Progress, folds.Count);
        var values = new double[folds.Count][];
        var trainingValues = new double[folds.Count][];
        var predictions = new double[folds.Count][];
        var models = new TModel[options.KeepModels ? folds.Count : 0];
        ParallelWork.For(folds.Count, outer, cancellationToken, k =>
        {
            (TDataset train, TDataset test) = folds[k].Of(data);
            TModel model = fit(train, inner, cancellationToken)
                ?? throw new InvalidOperationException("What trains the models gave no model.");
            (values[k], predictions[k]) = judge.Score(model, test, EvaluatedRows.Validation, inner.Threads, k);
            if (options.EvaluateTraining)
            {
                (trainingValues[k], _) = judge.Score(model, train, EvaluatedRows.Training, inner.Threads, k);
            }

            if (options.KeepModels)
            {
                models[k] = model;
            }

            progress.Add();
        });

        double ratio = Judge.TestRatio(folds);
        (double[] sums, int[] counts) = AddUp(folds, predictions, data.RowCount);
        return new FoldRun<TModel, TMetric>(
            folds,
            judge.ByMetric(values, ratio),
            options.EvaluateTraining ? judge.ByMetric(trainingValues, ratio) : [],
            models,
            sums,
            counts);
    }

    private static (double[] Sums, int[] Counts) AddUp(IReadOnlyList<Fold> folds, double[][] predictions, int rowCount)
    {
        int width = predictions[0].Length / folds[0].Test.Length;
        var sums = new double[(long)rowCount * width];
        var counts = new int[rowCount];
        for (int k = 0; k < predictions.Length; k++)
        {
            ReadOnlySpan<int> rows = folds[k].Test;
            for (int i = 0; i < rows.Length; i++)
            {
                counts[rows[i]]++;
                for (int c = 0; c < width; c++)
                {
                    sums[((long)rows[i] * width) + c] += predictions[k][((long)i * width) + c];
                }
            }
        }

        return (sums, counts);
    }
}
