using Ensembles.Boosting;
using Ensembles.Data;
using Ensembles.Explanation;
using Ensembles.Learners;
using Ensembles.Metrics;
using Ensembles.Trees;

namespace Ensembles.GradientBoosting;

/// <summary>A regressor trained by gradient boosting.</summary>
public sealed class GradientBoostingRegressionModel : RegressionModel, IFeatureImportances, ITreeSumModel
{
    internal GradientBoostingRegressionModel(
        FeatureSchema schema, GradientBoostingRegressor recipe, GradientRounds rounds, EvaluationHistory<RegressionMetric> history)
        : base(schema)
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
    public GradientBoostingRegressor Recipe { get; }

    /// <summary>The trees, one a round.</summary>
    public IReadOnlyList<Tree> Trees { get; }

    /// <summary>What training knew of the trees, before their leaves were estimated anew.</summary>
    public IReadOnlyList<TreeStatistics> Statistics { get; }

    /// <summary>
    /// F₀, the value before the first tree: the mean, the median or the quantile of the targets; null where <see cref="InitialModel"/>
    /// gives it.
    /// </summary>
    public double? BaseScore => Boosted.Start.Model is null ? Boosted.Start.Constants[0] : null;

    /// <summary>What predicts F₀; null where it is the same for all rows.</summary>
    public RegressionModel? InitialModel => (RegressionModel?)Boosted.Start.Model;

    /// <summary>The metrics after each round that was run, on the validation set and, where asked for, the training set.</summary>
    public EvaluationHistory<RegressionMetric> History { get; }

    /// <summary>The number of rounds that the model has; fewer than were run where early stopping took some back.</summary>
    public int RoundCount => Boosted.RoundCount;

    /// <summary>
    /// The mean loss of the training rows after each round, of those that the round drew: (y − F)², |y − F|, Huber's with the δ of the
    /// round, or the pinball loss.
    /// </summary>
    public IReadOnlyList<double> TrainingLosses { get; }

    /// <summary>
    /// What each round took off the mean loss of the rows that it did not draw (Friedman 2002); rounds that drew all have none. The sum
    /// of the first m estimates how much better m rounds are than none, with some pessimism.
    /// </summary>
    public IReadOnlyList<double> OutOfBagImprovements { get; }

    /// <summary>By feature, its share of what all splits took off the squared errors of the residuals.</summary>
    public double[] FeatureImportances() => Boosted.Importances(Schema.Count);

    /// <summary>The predicted value of every row after each round: the first with one round, the last with all.</summary>
    /// <param name="table">The rows; its columns are found by name.</param>
    /// <returns>As often as there are rounds one value a row, made when asked for.</returns>
    /// <exception cref="ArgumentException">A column of the model is missing or of another kind.</exception>
    public IEnumerable<double[]> StagedPredictions(FeatureTable table) =>
        Boosted.StagedPredictions(SchemaMapping.Map(table, Schema));

    /// <summary>The predicted value of every row after each round, round after round; allocates nothing.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="destination">Rounds × rows places.</param>
    /// <exception cref="ArgumentException">The rows are not of the model's features, or the destination has another length.</exception>
    public void StagedPredictions(FeatureRows rows, Span<double> destination)
    {
        RowSet set = rows.Under(Schema);
        CheckDestination(destination.Length, set.Count, RoundCount);
        Boosted.PredictStages(set, destination);
    }

    TreeSum ITreeSumModel.ToTreeSum()
    {
        TreeSum sum = TreeSum.OfRounds(Schema, Trees, Statistics, [BaseScore ?? 0]);
        return InitialModel is null ? sum : sum.Add(TreeSum.OfPrediction(InitialModel));
    }

    internal override IBatchPrediction Batches => Boosted.Ensemble;

    internal override void PredictBlock(in RowSet rows, Span<double> output) => Boosted.Score(rows, output);
}
