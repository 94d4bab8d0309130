using Ensembles.Data;
using Ensembles.Learners;

namespace Ensembles.Trees;

/// <summary>A trained regression tree: the value of a row is the mean, or the median, of its leaf.</summary>
public sealed class DecisionTreeRegressionModel : RegressionModel, IFeatureImportances
{
    internal DecisionTreeRegressionModel(FeatureSchema schema, DecisionTreeRegressor recipe, Tree tree, TreeStatistics statistics)
        : base(schema)
    {
        Recipe = recipe;
        Tree = tree;
        Statistics = statistics;
    }

    /// <summary>The recipe that the model was trained by.</summary>
    public DecisionTreeRegressor Recipe { get; }

    /// <summary>The tree.</summary>
    public Tree Tree { get; }

    /// <summary>What training knew of its nodes.</summary>
    public TreeStatistics Statistics { get; }

    /// <summary>By feature, its share of all that the splits gained (Breiman's impurity importance); they sum to 1, or are all 0.</summary>
    public double[] FeatureImportances() => ImpurityImportances.Of(Tree, Statistics, Schema.Count);

    internal override void PredictBlock(ReadOnlySpan<double> rows, int count, Span<double> output)
    {
        int width = Schema.Count;
        for (int r = 0; r < count; r++)
        {
            output[r] = Tree.LeafValue(Tree.LeafOf(rows.Slice(r * width, width)))[0];
        }
    }
}
