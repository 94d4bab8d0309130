using System.Buffers;
using Ensembles.Data;
using Ensembles.Learners;
using Ensembles.Losses;
using Ensembles.Metrics;

namespace Ensembles.LinearBoosting;

/// <summary>A linear classifier trained by boosted coordinate descent.</summary>
public sealed class LinearBoostingClassificationModel : ClassificationModel, IFeatureImportances
{
    private readonly double[] _importances;
    private readonly Link _link;

    internal LinearBoostingClassificationModel(
        FeatureSchema schema,
        ClassLabels classes,
        LinearBoostingClassifier recipe,
        LinearModel linear,
        double[] importances,
        Link link,
        EvaluationHistory<ClassificationMetric> history)
        : base(schema, classes)
    {
        Recipe = recipe;
        Linear = linear;
        History = history;
        _importances = importances;
        _link = link;
    }

    /// <summary>The recipe that the model was trained by; of a continued model with all rounds.</summary>
    public LinearBoostingClassifier Recipe { get; }

    /// <summary>The metrics after each round that was run, on the validation set and, where asked for, the training set.</summary>
    public EvaluationHistory<ClassificationMetric> History { get; }

    /// <summary>The number of rounds that made the model; fewer than were run where early stopping took some back.</summary>
    public int RoundCount => Linear.RoundCount;

    /// <summary>The scores of a row of zeros: the log-odds of the second of two classes, or one a class.</summary>
    public IReadOnlyList<double> Intercepts => Linear.Intercepts;

    /// <summary>How scores become probabilities.</summary>
    internal Link Link => _link;

    /// <summary>The coefficients, for those that go on from them.</summary>
    internal LinearModel Linear { get; }

    /// <summary>The coefficients of a feature: one of a number, one for each category of a categorical feature.</summary>
    /// <param name="feature">The feature, from 0.</param>
    /// <param name="output">Of more than two classes the class; 0 of two classes, where coefficients are about the second.</param>
    public IReadOnlyList<double> Coefficients(int feature, int output = 0) =>
        Linear.Coefficients[output][Linear.Offsets[feature]..Linear.Offsets[feature + 1]];

    /// <summary>
    /// By feature, how far its contribution to the score varies over the training rows (the standard deviation, of more than two classes over all of them), as a share of all
    /// features.
    /// </summary>
    public double[] FeatureImportances() => [.. _importances];

    /// <summary>
    /// Adds rounds, by the recipe of the model: on the same data the model that the recipe gives with as many more rounds, to the last bit.
    /// </summary>
    /// <param name="data">The rows to learn from: the same or others, with the columns and classes of the model.</param>
    /// <param name="more">How many rounds to add, at least 1.</param>
    /// <param name="options">How to run the fit; null for <see cref="FitOptions.Default"/>.</param>
    /// <param name="cancellationToken">Ends the fit early with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>A model of the rounds so far and the new ones; this one is not changed.</returns>
    /// <exception cref="ArgumentException">
    /// The data have other columns or classes, or the recipe asks for early stopping, which needs a validation set: then use
    /// <c>Continue</c> of the recipe.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="more"/> is below 1.</exception>
    public LinearBoostingClassificationModel Continue(
        ClassificationDataset data, int more, FitOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(more, 1);
        return (Recipe with { Rounds = more }).Continue(this, data, options, cancellationToken);
    }

    /// <inheritdoc/>
    public override int RawScoreCount => Linear.Intercepts.Length;

    internal override IBatchPrediction Batches => LinearTerms.Instance;

    internal override void PredictBlock(in RowSet rows, Span<double> output)
    {
        const int blockRows = 256;
        int outputs = RawScoreCount;
        double[] rented = ArrayPool<double>.Shared.Rent(Math.Min(rows.Count, blockRows) * outputs);
        for (int first = 0; first < rows.Count; first += blockRows)
        {
            int count = Math.Min(blockRows, rows.Count - first);
            Span<double> scores = rented.AsSpan(0, count * outputs);
            ScoreBlock(rows.Slice(first, count), scores);
            _link.ApplyRows(scores, outputs, output.Slice(first * ClassCount, count * ClassCount));
        }

        ArrayPool<double>.Shared.Return(rented);
    }

    internal override void ScoreBlock(in RowSet rows, Span<double> scores) => Linear.Score(Schema, rows, scores);
}
