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
    public ClassificationCriterion Criterion
    {
        get;
        init => field = CheckDefined(value);
    }

    /// <summary>
    /// Weights of the classes; null (default) where all weigh the same. <see cref="ClassWeights.Balanced"/> weighs over all rows,
    /// <see cref="ClassWeights.BalancedPerSample"/> over the rows that each tree draws.
    /// </summary>
    public ClassWeights? ClassWeights { get; init; }

    /// <summary>How the trees come to one answer (default <see cref="Voting.Average"/>, as scikit-learn; Breiman's trees vote).</summary>
    public Voting Voting
    {
        get;
        init => field = CheckDefined(value);
    }

    /// <inheritdoc/>
    public sealed override ForestClassificationModel Fit(
        ClassificationDataset data, FitOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        return Grow(data, null, TreeCount, options ?? FitOptions.Default, cancellationToken);
    }

    /// <summary>Adds trees to those that there are.</summary>
    /// <param name="data">The training set, of all trees the same.</param>
    /// <param name="forest">The trees so far, or null.</param>
    /// <param name="more">How many to add.</param>
    /// <param name="options">How to run the fit.</param>
    /// <param name="cancellationToken">Ends the fit.</param>
    internal ForestClassificationModel Grow(
        ClassificationDataset data, Forest? forest, int more, FitOptions options, CancellationToken cancellationToken)
    {
        ForestPlan plan = Plan(data);
        var grower = new ForestGrower(
            plan,
            weights => new ImpurityCriterion(data.LabelArray, weights, data.ClassCount, Criterion),
            ClassWeights?.IsPerSample == true ? weights => ClassWeights.Apply(ClassWeights, data, weights) : null);
        int first = forest?.Trees.Count ?? 0;
        using FitLog<ForestTree> log = options.OpenLog<ForestTree>(Identify(data, first, more));
        Forest added = grower.Grow(first, more, log, options, cancellationToken);
        forest = forest is null ? added : forest.Append(added);
        ForestOutOfBagClassification? outOfBag = EstimatesOutOfBag(plan.Rows)
            ? ForestOutOfBagClassification.Of(forest, plan.Rows, data, Voting, options.ResolvedThreads, cancellationToken)
            : null;
        var model = new ForestClassificationModel(data, this with { TreeCount = forest.Trees.Count }, forest, outOfBag);
        log.Finish();
        return model;
    }

    /// <summary>What the trees are grown by on a training set.</summary>
    internal ForestPlan Plan(ClassificationDataset data)
    {
        double[] weights = RowWeights.Of(data);
        if (ClassWeights?.IsPerSample != true)
        {
            ClassWeights.Apply(ClassWeights, data, weights);
        }

        return Plan(data, _splitter, exactOnly: false, weights);
    }
}
