using System.Buffers;
using Ensembles.Data;
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
    private readonly TreeEnsemble? _tree;

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
            var leafScores = new double[tree.LeafCount * score.ClassCount];
            for (int leaf = 0; leaf < tree.LeafCount; leaf++)
            {
                score.Add(tree.LeafValue(leaf), weight, leafScores.AsSpan(leaf * score.ClassCount, score.ClassCount));
            }

            Tree = new EnsembleTree(tree, 0, leafScores);
            _tree = new TreeEnsemble([Tree.Value], score.ClassCount);
        }
    }

    /// <summary>The member as a tree that adds to scores; null where it is no tree.</summary>
    public EnsembleTree? Tree { get; }

    /// <summary>Adds what the member says of rows to their scores.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="scores">Rows × classes.</param>
    public void Add(in RowSet rows, Span<double> scores)
    {
        if (_tree is not null)
        {
            _tree.Add(rows, scores);
            return;
        }

        int classes = _score.ClassCount;
        double[]? rented = scores.Length <= StackCells ? null : ArrayPool<double>.Shared.Rent(scores.Length);
        Span<double> probabilities = (rented is null ? stackalloc double[StackCells] : rented)[..scores.Length];
        _model.PredictBlock(rows, probabilities);
        for (int r = 0; r < rows.Count; r++)
        {
            _score.Add(probabilities.Slice(r * classes, classes), _weight, scores.Slice(r * classes, classes));
        }

        if (rented is not null)
        {
            ArrayPool<double>.Shared.Return(rented);
        }
    }
}
