using Ensembles.Data;
using Ensembles.Learners;
using Ensembles.Numerics;
using Ensembles.Trees.Criteria;

namespace Ensembles.Trees;

/// <summary>
/// A classification tree (CART; Breiman, Friedman, Olshen and Stone 1984). It grows until its leaves are pure, unless it is
/// limited here; it can be pruned afterwards.
/// </summary>
public sealed record DecisionTreeClassifier : TreeLearner<ClassificationDataset, ClassificationModel>
{
    /// <summary>The defaults: an unlimited tree by exact Gini splits.</summary>
    public DecisionTreeClassifier()
    {
        SplitMethod = SplitMethod.Exact;
    }

    /// <summary>What splits make small (default <see cref="ClassificationCriterion.Gini"/>).</summary>
    public ClassificationCriterion Criterion { get; init; }

    /// <summary>How the split of a feature is chosen (default <see cref="Splitter.Best"/>).</summary>
    public Splitter Splitter { get; init; }

    /// <summary>Weights of the classes; null (default) where all weigh the same.</summary>
    public ClassWeights? ClassWeights { get; init; }

    /// <inheritdoc/>
    public override DecisionTreeClassificationModel Fit(
        ClassificationDataset data, FitOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        options ??= FitOptions.Default;
        TreeOptions tree = ResolveTreeOptions(data.RowCount, Splitter, exactOnly: false) with { KeepNodeValues = true };
        double[] weights = RowWeights.Of(data);
        ClassWeights.Apply(ClassWeights, data, weights);
        var criterion = new ImpurityCriterion(data.LabelArray, weights, data.ClassCount, Criterion);
        GrownTree grown = tree.Grow(data.Features, criterion, TreeKeys.Of(Seed, 0), options.ResolvedThreads, cancellationToken);
        options.Progress?.Report(new FitProgress(1, 1));
        return new DecisionTreeClassificationModel(data.Schema, data.Classes, this, grown.Tree, grown.Statistics);
    }
}
