using Ensembles.Data;
using Ensembles.Learners;
using Ensembles.Trees;
using Ensembles.Trees.Criteria;

namespace Ensembles.RandomForests;

/// <summary>The hyper-parameters of the forests that classify.</summary>
public abstract record ForestClassifier : ForestLearner<ClassificationDataset, ClassificationModel>
{
    private readonly Splitter _splitter;

    private protected ForestClassifier(Splitter splitter)
    {
        _splitter = splitter;
    }

    /// <summary>What splits make small (default <see cref="ClassificationCriterion.Gini"/>).</summary>
    public ClassificationCriterion Criterion { get; init; }

    /// <summary>
    /// Weights of the classes; null (default) where all weigh the same. <see cref="ClassWeights.Balanced"/> weighs over all rows,
    /// <see cref="ClassWeights.BalancedPerSample"/> over the rows that each tree draws.
    /// </summary>
    public ClassWeights? ClassWeights { get; init; }

    /// <summary>How the trees come to one answer (default <see cref="Voting.Average"/>, as scikit-learn; Breiman's trees vote).</summary>
    public Voting Voting { get; init; }

    /// <inheritdoc/>
    public sealed override ForestClassificationModel Fit(
        ClassificationDataset data, FitOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        options ??= FitOptions.Default;
        bool perSample = ClassWeights?.IsPerSample == true;
        double[] weights = RowWeights.Of(data);
        if (!perSample)
        {
            ClassWeights.Apply(ClassWeights, data, weights);
        }

        ForestPlan plan = Plan(data, _splitter, exactOnly: false, weights);
        var grower = new ForestGrower(
            plan,
            sampleWeights => new ImpurityCriterion(data.LabelArray, sampleWeights, data.ClassCount, Criterion),
            perSample ? sampleWeights => ClassWeights.Apply(ClassWeights, data, sampleWeights) : null);
        Forest forest = grower.Grow(0, TreeCount, options, cancellationToken);
        ForestOutOfBagClassification? outOfBag = EstimateOutOfBag != false && plan.Rows.LeavesRowsOut
            ? ForestOutOfBagClassification.Of(forest, plan.Rows, data, Voting, options.ResolvedThreads, cancellationToken)
            : null;
        return new ForestClassificationModel(data.Schema, data.Classes, this, forest, outOfBag);
    }
}
