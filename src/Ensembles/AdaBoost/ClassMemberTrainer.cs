using Ensembles.Data;
using Ensembles.Learners;
using Ensembles.Numerics;
using Ensembles.Trees;

namespace Ensembles.AdaBoost;

/// <summary>Trains member after member on the same rows, under other weights each time, and predicts these rows.</summary>
internal abstract class ClassMemberTrainer
{
    /// <summary>Trains a member.</summary>
    /// <param name="weights">The weight of each row; rows of weight 0 are absent.</param>
    /// <param name="seed">Its seed.</param>
    /// <param name="cancellationToken">Ends the training.</param>
    public abstract ClassificationModel Train(double[] weights, ulong seed, CancellationToken cancellationToken);

    /// <summary>Takes a member of an earlier run for the one trained last.</summary>
    public abstract void Recall(ClassificationModel model);

    /// <summary>Writes the class that the member trained last gives each row.</summary>
    public abstract void PredictClasses(int[] classes);

    /// <summary>Writes the probabilities that the member trained last gives each row, rows × classes.</summary>
    public abstract void PredictProbabilities(double[] probabilities);
}

/// <summary>Trains members by any recipe.</summary>
/// <param name="recipe">The recipe.</param>
/// <param name="data">The rows.</param>
/// <param name="threads">The most threads to use.</param>
internal sealed class AnyClassMemberTrainer(
    Learner<ClassificationDataset, ClassificationModel> recipe, ClassificationDataset data, int threads) : ClassMemberTrainer
{
    private readonly FitOptions _options = new() { Threads = threads };
    private double[] _probabilities = [];

    public override ClassificationModel Train(double[] weights, ulong seed, CancellationToken cancellationToken)
    {
        ClassificationModel model = (recipe with { Seed = seed }).Fit(data.WithWeights(weights), _options, cancellationToken);
        Recall(model);
        return model;
    }

    public override void Recall(ClassificationModel model) => _probabilities = model.PredictRows(data.Features, threads);

    public override void PredictClasses(int[] classes)
    {
        for (int r = 0; r < classes.Length; r++)
        {
            classes[r] = ClassificationModel.IndexOfMax(_probabilities.AsSpan(r * data.ClassCount, data.ClassCount));
        }
    }

    public override void PredictProbabilities(double[] probabilities) => _probabilities.CopyTo(probabilities, 0);
}

/// <summary>Trains trees: they know the leaf of every row that they were grown on, and take the memory of the tree before.</summary>
/// <param name="recipe">The recipe, without pruning.</param>
/// <param name="data">The rows.</param>
/// <param name="threads">The most threads to use.</param>
internal sealed class TreeMemberTrainer(DecisionTreeClassifier recipe, ClassificationDataset data, int threads) : ClassMemberTrainer
{
    private const int RowsPerTask = 4096;
    private const int RowsPerBlock = 256;

    private readonly ClassificationTreeGrower _grower = new(recipe, data);
    private readonly int[] _leafOf = new int[data.RowCount];
    private Tree? _tree;

    public override ClassificationModel Train(double[] weights, ulong seed, CancellationToken cancellationToken)
    {
        DecisionTreeClassificationModel model = _grower.Grow(weights, seed, threads, cancellationToken);
        _tree = model.Tree;
        int inLeaves = 0;
        for (int leaf = 0; leaf < _tree.LeafCount; leaf++)
        {
            ReadOnlySpan<int> rows = _grower.LeafRows(leaf);
            inLeaves += rows.Length;
            foreach (int row in rows)
            {
                _leafOf[row] = leaf;
            }
        }

        if (inLeaves < _leafOf.Length)
        {
            FindLeaves(_tree);
        }

        return model;
    }

    public override void Recall(ClassificationModel model)
    {
        _tree = model is DecisionTreeClassificationModel known
            ? known.Tree
            : throw new InvalidDataException($"A member of the snapshot is a {model.GetType().Name} and no tree.");
        FindLeaves(_tree);
    }

    public override void PredictClasses(int[] classes)
    {
        int[] byLeaf = [.. Enumerable.Range(0, _tree!.LeafCount).Select(leaf => ClassificationModel.IndexOfMax(_tree.LeafValue(leaf)))];
        for (int r = 0; r < classes.Length; r++)
        {
            classes[r] = byLeaf[_leafOf[r]];
        }
    }

    public override void PredictProbabilities(double[] probabilities)
    {
        for (int r = 0; r < _leafOf.Length; r++)
        {
            _tree!.LeafValue(_leafOf[r]).CopyTo(probabilities.AsSpan(r * data.ClassCount));
        }
    }

    /// <summary>Rows of weight 0 are in no leaf: all find theirs in the tree.</summary>
    private void FindLeaves(Tree tree)
    {
        int width = data.Features.ColumnCount;
        int tasks = (_leafOf.Length + RowsPerTask - 1) / RowsPerTask;
        ParallelWork.For(tasks, threads, CancellationToken.None, task =>
        {
            int first = task * RowsPerTask;
            using var blocks = new RowBlocks(data.Features, first, Math.Min(RowsPerTask, _leafOf.Length - first), RowsPerBlock);
            while (blocks.MoveNext())
            {
                for (int i = 0; i < blocks.Count; i++)
                {
                    _leafOf[blocks.FirstRow + i] = tree.LeafOf(blocks.Cells.Slice(i * width, width));
                }
            }
        });
    }
}
