using Ensembles.Boosting;
using Ensembles.Data;
using Ensembles.Explanation;
using Ensembles.Learners;
using Ensembles.Metrics;
using Ensembles.Trees;

namespace Ensembles.GradientBoosting;

/// <summary>A classifier trained by gradient boosting.</summary>
public sealed class GradientBoostingClassificationModel : ClassificationModel, IFeatureImportances, ITreeSumModel
{
    internal GradientBoostingClassificationModel(
        FeatureSchema schema,
        ClassLabels classes,
        GradientBoostingClassifier recipe,
        GradientRounds rounds,
        EvaluationHistory<ClassificationMetric> history)
        : base(schema, classes)
    {
        Recipe = recipe;
        Rounds = rounds;
        History = history;
        Trees = Array.AsReadOnly(rounds.Boosted.Trees);
        Statistics = Array.AsReadOnly(rounds.Boosted.Statistics);
        TrainingLosses = Array.AsReadOnly(rounds.TrainingLosses);
        OutOfBagImprovements = Array.AsReadOnly(rounds.OutOfBagImprovements);
    }

    /// <summary>The rounds, for those that go on from them.</summary>
    internal GradientRounds Rounds { get; }

    /// <summary>The trees, and the scores before the first.</summary>
    internal BoostedTrees Boosted => Rounds.Boosted;

    /// <summary>The recipe that the model was trained by.</summary>
    public GradientBoostingClassifier Recipe { get; }

    /// <summary>The trees, round after round; of more than two classes a round has one a class.</summary>
    public IReadOnlyList<Tree> Trees { get; }

    /// <summary>What training knew of the trees, before their leaves were estimated anew.</summary>
    public IReadOnlyList<TreeStatistics> Statistics { get; }

    /// <summary>
    /// F₀, the scores before the first tree: of two classes the log-odds of the second (half of it with
    /// <see cref="ClassificationLoss.Exponential"/>), of more the logarithm of the share of each class; empty where
    /// <see cref="InitialModel"/> gives them.
    /// </summary>
    public IReadOnlyList<double> BaseScores => Boosted.Start.Constants;

    /// <summary>What predicts F₀; null where it is the same for all rows.</summary>
    public ClassificationModel? InitialModel => (ClassificationModel?)Boosted.Start.Model;

    /// <summary>The metrics after each round that was run, on the validation set and, where asked for, the training set.</summary>
    public EvaluationHistory<ClassificationMetric> History { get; }

    /// <summary>The number of rounds that the model has; fewer than were run where early stopping took some back.</summary>
    public int RoundCount => Boosted.RoundCount;

    /// <summary>
    /// The mean loss of the training rows after each round, of those that the round drew: the deviance, which of two classes is twice the
    /// log loss and of more the log loss, or e^(−yF).
    /// </summary>
    public IReadOnlyList<double> TrainingLosses { get; }

    /// <summary>
    /// What each round took off the mean loss of the rows that it did not draw (Friedman 2002); rounds that drew all have none. The sum
    /// of the first m estimates how much better m rounds are than none, with some pessimism.
    /// </summary>
    public IReadOnlyList<double> OutOfBagImprovements { get; }

    /// <summary>By feature, its share of what all splits took off the squared errors of the residuals.</summary>
    public double[] FeatureImportances() => Boosted.Importances(Schema.Count);

    /// <summary>The scores F of every row: of two classes one, of more one a class.</summary>
    /// <param name="table">The rows; its columns are found by name.</param>
    /// <returns>Rows × 1 for two classes, otherwise rows × classes.</returns>
    /// <exception cref="ArgumentException">A column of the model is missing or of another kind.</exception>
    public double[,] DecisionFunction(FeatureTable table) => RawScores(table);

    /// <summary>The probability of every class for every row after each round: the first with one round, the last with all.</summary>
    /// <param name="table">The rows; its columns are found by name.</param>
    /// <returns>As often as there are rounds rows × classes, made when asked for.</returns>
    /// <exception cref="ArgumentException">A column of the model is missing or of another kind.</exception>
    public IEnumerable<double[,]> StagedProbabilities(FeatureTable table) =>
        Boosted.StagedProbabilities(SchemaMapping.Map(table, Schema), ClassCount);

    /// <summary>The probability of every class for every row after each round, round after round; allocates nothing.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="destination">Rounds × rows × classes places.</param>
    /// <exception cref="ArgumentException">The rows are not of the model's features, or the destination has another length.</exception>
    public void StagedProbabilities(FeatureRows rows, Span<double> destination)
    {
        RowSet set = rows.Under(Schema);
        CheckDestination(destination.Length, set.Count, RoundCount * ClassCount);
        Boosted.PredictStages(set, destination);
    }

    /// <summary>The most probable class of every row after each round: the first with one round, the last with all.</summary>
    /// <param name="table">The rows; its columns are found by name.</param>
    /// <returns>As often as there are rounds one class index a row, made when asked for.</returns>
    /// <exception cref="ArgumentException">A column of the model is missing or of another kind.</exception>
    public IEnumerable<int[]> StagedClasses(FeatureTable table) => StagedProbabilities(table).Select(stage =>
    {
        var classes = new int[stage.GetLength(0)];
        for (int r = 0; r < classes.Length; r++)
        {
            classes[r] = IndexOfMax(Cells(stage).Slice(r * ClassCount, ClassCount));
        }

        return classes;
    });

    TreeSum ITreeSumModel.ToTreeSum() => InitialModel is null
        ? TreeSum.OfRounds(Schema, Trees, Statistics, [.. BaseScores], Classes)
        : throw TreeSum.NoSum("the scores before its first tree come from the probabilities of another model.");

    /// <inheritdoc/>
    public override int RawScoreCount => Boosted.OutputCount;

    internal override IBatchPrediction Batches => Boosted.Ensemble;

    internal override void PredictBlock(in RowSet rows, Span<double> output) => Boosted.Predict(rows, output);

    internal override void ScoreBlock(in RowSet rows, Span<double> scores) => Boosted.Score(rows, scores);
}
