using Ensembles.Data;
using Ensembles.Learners;
using Ensembles.Losses;
using Ensembles.Trees;

namespace Ensembles.NewtonBoosting;

/// <summary>A classifier trained by second-order boosting.</summary>
public sealed class NewtonBoostingClassificationModel : ClassificationModel, IFeatureImportances
{
    private readonly BoostedTrees _boosted;
    private readonly Link _link;

    internal NewtonBoostingClassificationModel(
        FeatureSchema schema, ClassLabels classes, NewtonBoostingClassifier recipe, BoostedTrees boosted, Link link)
        : base(schema, classes)
    {
        Recipe = recipe;
        _boosted = boosted;
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

    /// <summary>The log loss on the validation set after each round that was run; empty without one.</summary>
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

    internal override void PredictBlock(ReadOnlySpan<double> rows, int count, Span<double> output)
    {
        int outputs = _boosted.BaseScores.Length;
        Span<double> scores = count * outputs <= 256 ? stackalloc double[count * outputs] : new double[count * outputs];
        _boosted.Score(rows, count, scores);
        for (int r = 0; r < count; r++)
        {
            _link.Apply(scores.Slice(r * outputs, outputs), output.Slice(r * ClassCount, ClassCount));
        }
    }
}
