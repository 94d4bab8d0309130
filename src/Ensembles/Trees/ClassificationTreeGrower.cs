using Ensembles.Data;
using Ensembles.Learners;
using Ensembles.Trees.Criteria;
using Ensembles.Trees.Growing;

namespace Ensembles.Trees;

/// <summary>
/// Grows unpruned trees of one recipe on the same rows, each under weights of its own; a tree takes the memory of the one before.
/// </summary>
internal sealed class ClassificationTreeGrower
{
    private readonly DecisionTreeClassifier _recipe;
    private readonly ClassificationDataset _data;
    private readonly TreeOptions _options;
    private readonly GrowthBuffers _buffers;
    private readonly double[] _weights;
    private ImpurityCriterion? _criterion;
    private GrownTree _grown;

    /// <param name="recipe">The hyper-parameters.</param>
    /// <param name="data">The rows; their weights are given with each tree.</param>
    /// <exception cref="ArgumentException">Two hyper-parameters cannot work together.</exception>
    public ClassificationTreeGrower(DecisionTreeClassifier recipe, ClassificationDataset data)
    {
        _recipe = recipe;
        _data = data;
        _options = recipe.Resolve(data.RowCount);
        _buffers = new GrowthBuffers(data.RowCount);
        _weights = new double[data.RowCount];
    }

    /// <summary>Grows a tree.</summary>
    /// <param name="weights">The weight of each row; not changed.</param>
    /// <param name="seed">The seed of the tree.</param>
    /// <param name="threads">The most threads to use.</param>
    /// <param name="cancellationToken">Ends the growth.</param>
    public DecisionTreeClassificationModel Grow(double[] weights, ulong seed, int threads, CancellationToken cancellationToken)
    {
        weights.CopyTo(_weights, 0);
        ClassWeights.Apply(_recipe.ClassWeights, _data, _weights);
        _criterion ??= new ImpurityCriterion(_data.LabelArray, _weights, _data.ClassCount, _recipe.Criterion);
        _grown = _options.Grow(_data.Features, _criterion, _buffers, TreeKeys.Of(seed, 0), threads, cancellationToken);
        return new DecisionTreeClassificationModel(
            _data.Schema, _data.Classes, _recipe with { Seed = seed }, _grown.Tree, _grown.Statistics);
    }

    /// <summary>The rows of a leaf of the tree grown last; those of weight 0 are in none.</summary>
    public ReadOnlySpan<int> LeafRows(int leaf) => _grown.LeafRows(leaf);
}
