using Ensembles.Data;
using Ensembles.Learners;
using Ensembles.Prediction;
using Ensembles.Trees.Export;
using Ensembles.Trees.Pruning;

namespace Ensembles.Trees;

/// <summary>A trained regression tree: the value of a row is the mean, or the median, of its leaf.</summary>
public sealed class DecisionTreeRegressionModel : RegressionModel, IFeatureImportances, ITreeModel
{
    private readonly TreeEnsemble _ensemble;

    internal DecisionTreeRegressionModel(FeatureSchema schema, DecisionTreeRegressor recipe, Tree tree, TreeStatistics statistics)
        : base(schema)
    {
        Recipe = recipe;
        Tree = tree;
        Statistics = statistics;
        _ensemble = TreeEnsemble.OfValues([tree]);
    }

    /// <summary>The recipe that the model was trained by.</summary>
    public DecisionTreeRegressor Recipe { get; }

    /// <summary>The tree.</summary>
    public Tree Tree { get; }

    /// <summary>What training knew of its nodes.</summary>
    public TreeStatistics Statistics { get; }

    IReadOnlyList<string> ITreeModel.ClassNames => [];

    string ITreeModel.ImpurityName => Recipe.Criterion switch
    {
        RegressionCriterion.AbsoluteError => "absolute error",
        RegressionCriterion.Poisson => "half deviance",
        _ => "squared error",
    };

    /// <summary>By feature, its share of all that the splits gained (Breiman's impurity importance); they sum to 1, or are all 0.</summary>
    public double[] FeatureImportances() => ImpurityImportances.Of(Tree, Statistics, Schema.Count);

    /// <summary>The subtrees that cost-complexity pruning gives, from the tree itself to its root alone.</summary>
    public CostComplexityPath PruningPath() => new(Tree, Statistics);

    /// <summary>
    /// The model pruned to the smallest subtree that makes impurity + alpha · leaves least (Breiman et al. 1984): what its recipe
    /// with this <see cref="DecisionTreeRegressor.PruningAlpha"/> would have given.
    /// </summary>
    /// <param name="alpha">The price of a leaf, at least 0; at 0 nothing is pruned.</param>
    /// <exception cref="ArgumentOutOfRangeException">Alpha is negative or not a number.</exception>
    public DecisionTreeRegressionModel Prune(double alpha)
    {
        (Tree tree, TreeStatistics statistics) = TreePruner.Prune(Tree, Statistics, alpha);
        DecisionTreeRegressor recipe = Recipe with { PruningAlpha = Math.Max(alpha, Recipe.PruningAlpha) };
        return new DecisionTreeRegressionModel(Schema, recipe, tree, statistics);
    }

    /// <inheritdoc/>
    public override string ToString() => TreeText.Summary(this);

    internal override IBatchPrediction Batches => _ensemble;

    internal override void PredictBlock(in RowSet rows, Span<double> output)
    {
        output.Clear();
        _ensemble.Add(rows, output);
    }
}
