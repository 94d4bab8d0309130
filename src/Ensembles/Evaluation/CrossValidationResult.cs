using Ensembles.Data;
using Ensembles.Learners;
using Ensembles.Metrics;
using Ensembles.Numerics;

namespace Ensembles.Evaluation;

/// <summary>What came of a cross-validation.</summary>
/// <typeparam name="TModel">The kind of the models.</typeparam>
/// <typeparam name="TMetric">The kind of the metrics.</typeparam>
public abstract class CrossValidationResult<TModel, TMetric>
    where TModel : Model
    where TMetric : Metric
{
    private protected CrossValidationResult(FoldRun<TModel, TMetric> run)
    {
        Folds = run.Folds;
        Scores = Array.AsReadOnly(run.Scores);
        TrainingScores = Array.AsReadOnly(run.TrainingScores);
        Models = Array.AsReadOnly(run.Models);
    }

    /// <summary>The folds; repeated ones follow each other.</summary>
    public IReadOnlyList<Fold> Folds { get; }

    /// <summary>The scores on the test sets, in the order of the metrics.</summary>
    public IReadOnlyList<MetricScores<TMetric>> Scores { get; }

    /// <summary>The scores on the training sets; empty unless <see cref="CrossValidationOptions.EvaluateTraining"/> asked for them.</summary>
    public IReadOnlyList<MetricScores<TMetric>> TrainingScores { get; }

    /// <summary>The model of each fold; empty unless <see cref="CrossValidationOptions.KeepModels"/> asked for them.</summary>
    public IReadOnlyList<TModel> Models { get; }

    /// <summary>The scores of a metric on the test sets.</summary>
    /// <param name="metric">One of those that were measured.</param>
    /// <exception cref="ArgumentException">The metric was not measured.</exception>
    public MetricScores<TMetric> this[TMetric metric] => Find(metric);

    /// <summary>A line a metric: mean, standard error, and the least and the greatest value.</summary>
    public override string ToString() => Table().ToString();

    /// <summary>The same as a fragment of HTML, which notebooks show.</summary>
    public string ToHtml() => Table().ToHtml("cross-validation");

    private TextTable Table()
    {
        bool training = TrainingScores.Count > 0;
        string[] header = ["metric", "mean", "std. error", "std. dev.", "least", "greatest"];
        var table = new TextTable(training ? [.. header, "training"] : header) { Title = Counted.Text(Folds.Count, "fold", "folds") };
        for (int m = 0; m < Scores.Count; m++)
        {
            MetricScores<TMetric> scores = Scores[m];
            string[] line =
            [
                scores.Metric.Name,
                TextTable.Short(scores.Mean),
                TextTable.Short(scores.StandardError, 2),
                TextTable.Short(scores.StandardDeviation, 2),
                TextTable.Short(scores.ValueArray.Min()),
                TextTable.Short(scores.ValueArray.Max()),
            ];
            table.Add(training ? [.. line, TextTable.Short(TrainingScores[m].Mean)] : line);
        }

        return table;
    }

    /// <summary>The scores of a metric; null for the first one.</summary>
    internal MetricScores<TMetric> Find(TMetric? metric) =>
        Scores.FirstOrDefault(scores => metric is null || scores.Metric.Equals(metric))
        ?? throw new ArgumentException(
            $"'{metric}' was not measured; these were: {string.Join(", ", Scores.Select(scores => scores.Metric.Name))}.", nameof(metric));
}
