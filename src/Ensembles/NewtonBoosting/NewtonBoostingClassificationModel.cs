using System.Buffers;
using Ensembles.Data;
using Ensembles.Explanation;
using Ensembles.Learners;
using Ensembles.Losses;
using Ensembles.Metrics;
using Ensembles.Trees;

namespace Ensembles.NewtonBoosting;

/// <summary>A classifier trained by second-order boosting.</summary>
public sealed class NewtonBoostingClassificationModel : ClassificationModel, IFeatureImportances, ITreeSumModel
{
    private readonly BoostedTrees _boosted;
    private readonly Link _link;

    internal NewtonBoostingClassificationModel(
        FeatureSchema schema,
        ClassLabels classes,
        NewtonBoostingClassifier recipe,
        BoostedTrees boosted,
        Link link,
        EvaluationHistory<ClassificationMetric> history)
        : base(schema, classes)
    {
        Recipe = recipe;
        _boosted = boosted;
        History = history;
        _link = link;
    }

    /// <summary>The recipe that the model was trained by.</summary>
    public NewtonBoostingClassifier Recipe { get; }

    /// <summary>The trees, round after round; of more than two classes a round has one a class.</summary>
    public IReadOnlyList<Tree> Trees => _boosted.Trees;

    /// <summary>What training knew of the trees.</summary>
    public IReadOnlyList<TreeStatistics> Statistics => _boosted.Statistics;

    /// <summary>The scores before the first tree: log-odds of the second of two classes, or one a class.</summary>
    public IReadOnlyList<double> BaseScores => _boosted.BaseScores;

    /// <summary>The metrics after each round that was run, on the validation set and, where asked for, the training set.</summary>
    public EvaluationHistory<ClassificationMetric> History { get; }

    /// <summary>The number of rounds that the model has; fewer than were run where early stopping took some back.</summary>
    public int RoundCount => _boosted.RoundCount;

    /// <summary>By what dropout has multiplied the leaf values of each tree, which have it in them; 1 without dropout.</summary>
    public IReadOnlyList<double> TreeWeights => _boosted.Weights;

    /// <summary>The trees, for those that go on from them.</summary>
    internal BoostedTrees Boosted => _boosted;

    /// <summary>By feature, its share of the gain of all splits.</summary>
    public double[] FeatureImportances()
    {
        double[] importances = FeatureImportances(BoostingImportance.TotalGain);
        ImpurityImportances.Normalize(importances);
        return importances;
    }

    /// <summary>By feature, its importance by one of XGBoost's ways to count.</summary>
    /// <param name="kind">The way to count.</param>
    public double[] FeatureImportances(BoostingImportance kind) => _boosted.Importances(kind, Schema.Count);

    TreeSum ITreeSumModel.ToTreeSum() => TreeSum.OfRounds(Schema, Trees, Statistics, _boosted.BaseScores, Classes);

    /// <inheritdoc/>
    public override int RawScoreCount => _boosted.BaseScores.Length;

    internal override IBatchPrediction Batches => _boosted.Ensemble;

    /// <summary>The probability of every class for every row after each round: the first with one round, the last with all.</summary>
    /// <param name="table">The rows; its columns are found by name.</param>
    /// <returns>As often as there are rounds rows × classes, made when asked for.</returns>
    /// <exception cref="ArgumentException">A column of the model is missing or of another kind.</exception>
    public IEnumerable<double[,]> StagedProbabilities(FeatureTable table)
    {
        FeatureTable mapped = SchemaMapping.Map(table, Schema);
        return _boosted.StagedScores(mapped).Select(scores =>
        {
            var probabilities = new double[mapped.RowCount, ClassCount];
            Apply(scores, mapped.RowCount, Cells(probabilities));
            return probabilities;
        });
    }

    /// <summary>
    /// Adds rounds, by the recipe of the model: on the same data the model that the recipe gives with as many more rounds, to the last bit.
    /// </summary>
    /// <param name="data">The rows to learn from: the same or others, with the columns and classes of the model.</param>
    /// <param name="more">How many rounds to add, at least 1.</param>
    /// <param name="options">How to run the fit; null for <see cref="FitOptions.Default"/>.</param>
    /// <param name="cancellationToken">Ends the fit early with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>A model of the rounds so far and the new ones; this one is not changed.</returns>
    /// <exception cref="ArgumentException">
    /// The data have other columns or classes, or the recipe asks for early stopping, which needs a validation set.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="more"/> is below 1.</exception>
    public NewtonBoostingClassificationModel Continue(
        ClassificationDataset data, int more, FitOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(more, 1);
        return (Recipe with { Rounds = more }).Continue(this, data, options, cancellationToken);
    }

    /// <summary>Adds rounds, by the recipe of the model, and measures them on a validation set.</summary>
    /// <inheritdoc cref="Continue(ClassificationDataset, int, FitOptions?, CancellationToken)"/>
    /// <param name="data">The rows to learn from.</param>
    /// <param name="validation">The rows to measure by. The best round is one of the new ones.</param>
    /// <param name="more">How many rounds to add, at least 1.</param>
    /// <param name="options">How to run the fit; null for <see cref="FitOptions.Default"/>.</param>
    /// <param name="cancellationToken">Ends the fit early with an <see cref="OperationCanceledException"/>.</param>
    public NewtonBoostingClassificationModel Continue(
        ClassificationDataset data,
        ClassificationDataset validation,
        int more,
        FitOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(more, 1);
        return (Recipe with { Rounds = more }).Continue(this, data, validation, options, cancellationToken);
    }

    internal override void PredictBlock(in RowSet rows, Span<double> output)
    {
        const int stackScores = 256;
        int outputs = _boosted.BaseScores.Length;
        int count = rows.Count * outputs;
        double[]? rented = count <= stackScores ? null : ArrayPool<double>.Shared.Rent(count);
        Span<double> scores = (rented is null ? stackalloc double[stackScores] : rented)[..count];
        _boosted.Score(rows, scores);
        Apply(scores, rows.Count, output);
        if (rented is not null)
        {
            ArrayPool<double>.Shared.Return(rented);
        }
    }

    internal override void ScoreBlock(in RowSet rows, Span<double> scores) => _boosted.Score(rows, scores);

    private void Apply(ReadOnlySpan<double> scores, int count, Span<double> output)
    {
        int outputs = scores.Length / count;
        for (int r = 0; r < count; r++)
        {
            _link.Apply(scores.Slice(r * outputs, outputs), output.Slice(r * ClassCount, ClassCount));
        }
    }
}
