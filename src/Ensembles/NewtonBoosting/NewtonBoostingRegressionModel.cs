using Ensembles.Data;
using Ensembles.Learners;
using Ensembles.Metrics;
using Ensembles.Trees;

namespace Ensembles.NewtonBoosting;

/// <summary>A regressor trained by second-order boosting.</summary>
public sealed class NewtonBoostingRegressionModel : RegressionModel, IFeatureImportances
{
    private readonly BoostedTrees _boosted;

    internal NewtonBoostingRegressionModel(
        FeatureSchema schema, NewtonBoostingRegressor recipe, BoostedTrees boosted, EvaluationHistory<RegressionMetric> history)
        : base(schema)
    {
        Recipe = recipe;
        _boosted = boosted;
        History = history;
    }

    /// <summary>The recipe that the model was trained by.</summary>
    public NewtonBoostingRegressor Recipe { get; }

    /// <summary>The trees, one a round.</summary>
    public IReadOnlyList<Tree> Trees => _boosted.Trees;

    /// <summary>What training knew of the trees.</summary>
    public IReadOnlyList<TreeStatistics> Statistics => _boosted.Statistics;

    /// <summary>The value before the first tree.</summary>
    public double BaseScore => _boosted.BaseScores[0];

    /// <summary>The metrics after each round that was run, on the validation set and, where asked for, the training set.</summary>
    public EvaluationHistory<RegressionMetric> History { get; }

    /// <summary>The number of rounds that the model has; fewer than were run where early stopping took some back.</summary>
    public int RoundCount => _boosted.RoundCount;

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

    /// <summary>The predicted value of every row after each round: the first with one round, the last with all.</summary>
    /// <param name="table">The rows; its columns are found by name.</param>
    /// <returns>As often as there are rounds one value a row, made when asked for.</returns>
    /// <exception cref="ArgumentException">A column of the model is missing or of another kind.</exception>
    public IEnumerable<double[]> StagedPredictions(FeatureTable table) =>
        _boosted.StagedScores(SchemaMapping.Map(table, Schema)).Select(scores => (double[])scores.Clone());

    internal override IBatchPrediction Batches => _boosted.Ensemble;

    internal override void PredictBlock(in RowSet rows, Span<double> output) => _boosted.Score(rows, output);
}
