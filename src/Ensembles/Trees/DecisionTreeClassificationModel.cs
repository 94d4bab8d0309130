using Ensembles.Data;
using Ensembles.Learners;
using Ensembles.Prediction;
using Ensembles.Trees.Export;
using Ensembles.Trees.Pruning;

namespace Ensembles.Trees;

/// <summary>A trained classification tree: the probabilities of a row are the class shares of its leaf.</summary>
public sealed class DecisionTreeClassificationModel : ClassificationModel, IFeatureImportances, ITreeModel
{
    private readonly TreeEnsemble _ensemble;

    internal DecisionTreeClassificationModel(
        FeatureSchema schema, ClassLabels classes, DecisionTreeClassifier recipe, Tree tree, TreeStatistics statistics)
        : base(schema, classes)
    {
        Recipe = recipe;
        Tree = tree;
        Statistics = statistics;
        _ensemble = TreeEnsemble.OfValues([tree]);
    }

    /// <summary>The recipe that the model was trained by.</summary>
    public DecisionTreeClassifier Recipe { get; }

    /// <summary>The tree.</summary>
    public Tree Tree { get; }

    /// <summary>What training knew of its nodes.</summary>
    public TreeStatistics Statistics { get; }

    IReadOnlyList<string> ITreeModel.ClassNames => Classes;

    string ITreeModel.ImpurityName => Recipe.Criterion == ClassificationCriterion.Entropy ? "entropy" : "gini";

    /// <summary>By feature, its share of all that the splits gained (Breiman's impurity importance); they sum to 1, or are all 0.</summary>
    public double[] FeatureImportances() => ImpurityImportances.Of(Tree, Statistics, Schema.Count);

    /// <summary>The subtrees that cost-complexity pruning gives, from the tree itself to its root alone.</summary>
    public CostComplexityPath PruningPath() => new(Tree, Statistics);

    /// <summary>
    /// The model pruned to the smallest subtree that makes impurity + alpha · leaves least (Breiman et al. 1984): what its recipe
    /// with this <see cref="DecisionTreeClassifier.PruningAlpha"/> would have given.
    /// </summary>
    /// <param name="alpha">The price of a leaf, at least 0; at 0 nothing is pruned.</param>
    /// <exception cref="ArgumentOutOfRangeException">Alpha is negative or not a number.</exception>
    public DecisionTreeClassificationModel Prune(double alpha)
    {
        (Tree tree, TreeStatistics statistics) = TreePruner.Prune(Tree, Statistics, alpha);
        DecisionTreeClassifier recipe = Recipe with { PruningAlpha = Math.Max(alpha, Recipe.PruningAlpha) };
        return new DecisionTreeClassificationModel(Schema, Classes, recipe, tree, statistics);
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
