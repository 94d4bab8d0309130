using Ensembles.Data;
using Ensembles.Learners;
using Ensembles.Trees;
using Ensembles.Trees.Growing.Gradients;

namespace Ensembles.GradientBoosting;

/// <summary>A recipe of gradient boosting, resolved for one training set.</summary>
internal sealed record BoostingPlan
{
    public required FeatureTable Table { get; init; }

    /// <summary>The weight of each row.</summary>
    public required double[] Weights { get; init; }

    public required TreeOptions Tree { get; init; }

    /// <summary>The categories of a node of less weight go together.</summary>
    public required double MinCategoryWeight { get; init; }

    public required ulong Seed { get; init; }

    public required int Rounds { get; init; }

    public required double LearningRate { get; init; }

    public required double Subsample { get; init; }

    public required double ColumnSampleByTree { get; init; }

    /// <summary>After how many rounds without improvement to stop; null for never.</summary>
    public required int? Patience { get; init; }

    public required StoppingRule StopBy { get; init; }

    /// <summary>By more than this a round must improve on the best.</summary>
    public required double MinDelta { get; init; }

    /// <summary>The prediction that all rows start from; null for the optimum of the loss.</summary>
    public required double? BaseScore { get; init; }

    /// <summary>What predicts where the rows start; null where all start alike.</summary>
    public Model? Initial { get; init; }

    /// <summary>The rounds that these go on from; null for none.</summary>
    public GradientRounds? Before { get; init; }

    /// <summary>Draws the columns of trees and nodes, the same with every split method.</summary>
    public ColumnSampler Columns()
    {
        int all = Table.ColumnCount;
        int byTree = Math.Max(1, (int)(ColumnSampleByTree * all));

        // A share half a column above the number of a node, so that rounding gives that number back.
        int byNode = Math.Min(Tree.MaxFeatures.Of(all), byTree);
        return new ColumnSampler(all, ColumnSampleByTree, 1, byNode == byTree ? 1 : (byNode + 0.5) / byTree);
    }

    /// <summary>The number of rows of weight above 0, and their weight.</summary>
    public (int Count, double Weight) Present()
    {
        int count = 0;
        double total = 0;
        foreach (double weight in Weights)
        {
            count += weight > 0 ? 1 : 0;
            total += weight;
        }

        return (count, total);
    }
}
