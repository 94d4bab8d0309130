using System.Buffers;
using Ensembles.Learners;
using Ensembles.Prediction;
using Ensembles.Trees;

namespace Ensembles.AdaBoost;

/// <summary>A member of a boosted classifier, as it adds to scores. Of a tree, what each leaf adds is worked out once.</summary>
internal sealed class ClassMember
{
    private const int StackCells = 256;

    private readonly ClassificationModel _model;
    private readonly double _weight;
    private readonly ClassScore _score;
    private readonly double[]? _leafScores;

    /// <param name="model">The member.</param>
    /// <param name="weight">Its weight.</param>
    /// <param name="score">How it counts.</param>
    public ClassMember(ClassificationModel model, double weight, ClassScore score)
    {
        _model = model;
        _weight = weight;
        _score = score;
        if (model is DecisionTreeClassificationModel { Tree: var tree })
        {
            _leafScores = new double[tree.LeafCount * score.ClassCount];
            for (int leaf = 0; leaf < tree.LeafCount; leaf++)
            {
                score.Add(tree.LeafValue(leaf), weight, _leafScores.AsSpan(leaf * score.ClassCount, score.ClassCount));
            }

            Tree = new EnsembleTree(tree, 0, _leafScores);
        }
    }

    /// <summary>The member as a tree that adds to scores; null where it is no tree.</summary>
    public EnsembleTree? Tree { get; }

    /// <summary>Adds what the member says of rows to their scores.</summary>
    /// <param name="rows">Count × features, row after row.</param>
    /// <param name="count">The number of rows.</param>
    /// <param name="scores">Count × classes.</param>
    public void Add(ReadOnlySpan<double> rows, int count, Span<double> scores)
    {
        if (_leafScores is not null)
        {
            AddLeaves(((DecisionTreeClassificationModel)_model).Tree, rows, count, scores);
            return;
        }

        int classes = _score.ClassCount;
        double[]? rented = count * classes <= StackCells ? null : ArrayPool<double>.Shared.Rent(count * classes);
        Span<double> probabilities = (rented is null ? stackalloc double[StackCells] : rented)[..(count * classes)];
        _model.PredictBlock(rows, count, probabilities);
        for (int r = 0; r < count; r++)
        {
            _score.Add(probabilities.Slice(r * classes, classes), _weight, scores.Slice(r * classes, classes));
        }

        if (rented is not null)
        {
            ArrayPool<double>.Shared.Return(rented);
        }
    }

    private void AddLeaves(Trees.Tree tree, ReadOnlySpan<double> rows, int count, Span<double> scores)
    {
        int classes = _score.ClassCount;
        int width = rows.Length / count;
        for (int r = 0; r < count; r++)
        {
            ReadOnlySpan<double> added = _leafScores.AsSpan(tree.LeafOf(rows.Slice(r * width, width)) * classes, classes);
            Span<double> sum = scores.Slice(r * classes, classes);
            for (int k = 0; k < added.Length; k++)
            {
                sum[k] += added[k];
            }
        }
    }
}
