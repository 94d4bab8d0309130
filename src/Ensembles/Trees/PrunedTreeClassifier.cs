using Ensembles.Data;
using Ensembles.Learners;
using Ensembles.Trees.Pruning;

namespace Ensembles.Trees;

/// <summary>
/// A classification tree, pruned as far as cross-validation advises: by the share of rows put in the wrong class,
/// weighted as in training.
/// </summary>
/// <example>
/// <code>
/// DecisionTreeClassificationModel model = new PrunedTreeClassifier { Tree = new DecisionTreeClassifier { MinSamplesLeaf = 5 } }.Fit(data);
/// </code>
/// </example>
public sealed record PrunedTreeClassifier : PrunedTreeLearner<ClassificationDataset, ClassificationModel>
{
    /// <summary>How the tree grows (default: unlimited).</summary>
    public DecisionTreeClassifier Tree
    {
        get;
        init
        {
            ArgumentNullException.ThrowIfNull(value, nameof(Tree));
            field = value;
        }
    }
    = new();

    /// <inheritdoc/>
    public override DecisionTreeClassificationModel Fit(
        ClassificationDataset data, FitOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (TrainingWeights(data).Count(weight => weight > 0) < 2)
        {
            return SeededTree().Fit(data, options, cancellationToken);
        }

        (DecisionTreeClassificationModel unpruned, PruningCrossValidation validation) = GrowAndValidate(data, options, cancellationToken);
        return unpruned.Prune(validation.Within(StandardErrors).Alpha);
    }

    /// <summary>Grows the tree of all rows and cross-validates its subtrees, and leaves the choice to the caller.</summary>
    /// <param name="data">The rows to learn from: at least two of weight above 0.</param>
    /// <param name="options">How to run the fit; null for <see cref="FitOptions.Default"/>.</param>
    /// <param name="cancellationToken">Ends the fit early with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>The tree as it grew, and the error of each of its subtrees.</returns>
    /// <exception cref="ArgumentException">The recipe cannot work on this data.</exception>
    public (DecisionTreeClassificationModel Unpruned, PruningCrossValidation Validation) GrowAndValidate(
        ClassificationDataset data, FitOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(data);
        options ??= FitOptions.Default;
        ClassificationDataset rows = RowsToValidate(data, TrainingWeights(data));
        int foldCount = Math.Min(Folds, rows.RowCount);
        var progress = new ProgressCounter(options.Progress, 1 + foldCount);
        DecisionTreeClassifier tree = SeededTree();
        DecisionTreeClassificationModel unpruned = tree.Fit(data, options with { Progress = null }, cancellationToken);
        progress.Add();

        // The rows bear the weights of their classes already.
        DecisionTreeClassifier foldTree = tree with { ClassWeights = null };
        var oneThread = new FitOptions { Threads = 1 };
        PruningCrossValidation validation = FoldLosses.CrossValidate(
            unpruned.PruningPath(),
            rows.FoldsStratified(foldCount, Seed),
            train => foldTree.Fit(train, oneThread, cancellationToken),
            static (test, row, shares) => ClassificationModel.IndexOfMax(shares) == test.Labels[row] ? 0 : 1,
            options.ThreadsWithoutSnapshots,
            progress,
            cancellationToken);
        return (unpruned, validation);
    }

    private double[] TrainingWeights(ClassificationDataset data)
    {
        double[] weights = RowWeights.Of(data);
        ClassWeights.Apply(Tree.ClassWeights, data, weights);
        return weights;
    }

    private DecisionTreeClassifier SeededTree() => Tree with { Seed = unchecked(Tree.Seed + Seed) };
}
