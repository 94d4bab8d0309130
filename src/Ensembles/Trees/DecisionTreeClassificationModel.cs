using Ensembles.Data;
using Ensembles.Learners;

namespace Ensembles.Trees;

/// <summary>A trained classification tree: the probabilities of a row are the class shares of its leaf.</summary>
public sealed class DecisionTreeClassificationModel : ClassificationModel, IFeatureImportances
{
    internal DecisionTreeClassificationModel(
        FeatureSchema schema, ClassLabels classes, DecisionTreeClassifier recipe, Tree tree, TreeStatistics statistics)
        : base(schema, classes)
    {
        Recipe = recipe;
        Tree = tree;
        Statistics = statistics;
    }

    /// <summary>The recipe that the model was trained by.</summary>
    public DecisionTreeClassifier Recipe { get; }

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
            Tree.LeafValue(Tree.LeafOf(rows.Slice(r * width, width))).CopyTo(output[(r * ClassCount)..]);
        }
    }
}
