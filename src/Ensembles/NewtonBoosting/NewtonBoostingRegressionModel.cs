using Ensembles.Data;
using Ensembles.Learners;
using Ensembles.Trees;

namespace Ensembles.NewtonBoosting;

/// <summary>A regressor trained by second-order boosting.</summary>
public sealed class NewtonBoostingRegressionModel : RegressionModel, IFeatureImportances
{
    private readonly BoostedTrees _boosted;

    internal NewtonBoostingRegressionModel(FeatureSchema schema, NewtonBoostingRegressor recipe, BoostedTrees boosted)
        : base(schema)
    {
        Recipe = recipe;
        _boosted = boosted;
    }

    /// <summary>The recipe that the model was trained by.</summary>
    public NewtonBoostingRegressor Recipe { get; }

    /// <summary>The trees, one a round.</summary>
    public IReadOnlyList<Tree> Trees => _boosted.Trees;

    /// <summary>What training knew of the trees.</summary>
    public IReadOnlyList<TreeStatistics> Statistics => _boosted.Statistics;

    /// <summary>The value before the first tree.</summary>
    public double BaseScore => _boosted.BaseScores[0];

    /// <summary>The root mean squared error on the validation set after each round that was run; empty without one.</summary>
    public IReadOnlyList<double> ValidationLosses => _boosted.ValidationLosses;

    /// <summary>The round, from 0, of the least validation loss; 0 without a validation set.</summary>
    public int BestRound => _boosted.BestRound;

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

    internal override void PredictBlock(ReadOnlySpan<double> rows, int count, Span<double> output) => _boosted.Score(rows, count, output);
}
