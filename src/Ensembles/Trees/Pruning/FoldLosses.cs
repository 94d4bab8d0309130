using Ensembles.Data;
using Ensembles.Learners;
using Ensembles.Numerics;

namespace Ensembles.Trees.Pruning;

/// <summary>The loss of predicting a value for a row.</summary>
/// <param name="test">The rows of a fold.</param>
/// <param name="row">One of them.</param>
/// <param name="value">What a node predicts.</param>
internal delegate double NodeLoss<in TDataset>(TDataset test, int row, ReadOnlySpan<double> value);

/// <summary>
/// The losses of held-out rows under every subtree of a path. Under rising alpha a row ends at ever higher nodes of its way
/// through the tree of its fold, so each node of the way answers for a range of candidates, and a row costs no more than its way,
/// however many candidates there are.
/// </summary>
internal sealed class FoldLosses
{
    // Entry k is what candidate k has over candidate k − 1: a range of candidates is two entries.
    private readonly double[] _loss;
    private readonly double[] _squaredWeightLoss;
    private readonly double[] _squaredWeightSquaredLoss;
    private double _weight;
    private double _squaredWeight;

    private FoldLosses(int candidateCount)
    {
        _loss = new double[candidateCount + 1];
        _squaredWeightLoss = new double[candidateCount + 1];
        _squaredWeightSquaredLoss = new double[candidateCount + 1];
    }

    /// <summary>Cross-validates the subtrees of a path.</summary>
    /// <param name="path">The path of the tree of all rows.</param>
    /// <param name="folds">The parts of these rows, all of weight above 0.</param>
    /// <param name="fit">Grows the tree of a fold.</param>
    /// <param name="loss">The loss.</param>
    /// <param name="threads">The most threads to use.</param>
    /// <param name="progress">Told of each fold.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public static PruningCrossValidation CrossValidate<TDataset>(
        CostComplexityPath path,
        IReadOnlyList<(TDataset Train, TDataset Test)> folds,
        Func<TDataset, ITreeModel> fit,
        NodeLoss<TDataset> loss,
        int threads,
        ProgressCounter progress,
        CancellationToken cancellationToken)
        where TDataset : Dataset<TDataset>
    {
        CostComplexityStep[] steps = DistinctSteps(path);
        double[] alphas = TestedAlphas(steps);
        var parts = new FoldLosses[folds.Count];
        ParallelWork.For(folds.Count, threads, cancellationToken, k =>
        {
            parts[k] = new FoldLosses(steps.Length);
            parts[k].Add(fit(folds[k].Train), folds[k].Test, alphas, loss);
            progress.Add();
        });

        var sum = new FoldLosses(steps.Length);
        foreach (FoldLosses part in parts)
        {
            sum.Add(part);
        }

        return new PruningCrossValidation(sum.ToCandidates(steps), folds.Count);
    }

    /// <summary>
    /// The last step of each alpha: what the tree is pruned to by it. At 0 that is the tree itself; where cuts cost nothing, any
    /// alpha above 0 makes them.
    /// </summary>
    private static CostComplexityStep[] DistinctSteps(CostComplexityPath path) =>
        [path[0], .. Enumerable.Range(1, path.Count - 1)
            .Where(i => i + 1 == path.Count || path[i + 1].Alpha > path[i].Alpha)
            .Select(i => path[i] with { Alpha = Math.Max(path[i].Alpha, double.Epsilon) })];

    /// <summary>The geometric means of neighbouring alphas; after the last one any alpha leaves the root alone.</summary>
    private static double[] TestedAlphas(CostComplexityStep[] steps)
    {
        var alphas = new double[steps.Length];
        for (int k = 0; k + 1 < steps.Length; k++)
        {
            // Two roots, because the product of two small alphas may be 0.
            alphas[k] = Math.Sqrt(steps[k].Alpha) * Math.Sqrt(steps[k + 1].Alpha);
        }

        alphas[^1] = double.PositiveInfinity;
        return alphas;
    }

    /// <summary>By node the first candidate under which it is no inner node any more; for a leaf the first of all.</summary>
    private static int[] FirstCandidates(ITreeModel model, double[] alphas)
    {
        ReadOnlySpan<double> collapse = new CostComplexityPath(model.Tree, model.Statistics).CollapseAlphas;
        var first = new int[model.Tree.NodeCount];
        for (int node = 0; node < collapse.Length; node++)
        {
            int k = Array.BinarySearch(alphas, collapse[node]);
            first[node] = k >= 0 ? k : ~k;

            // Alpha 0 prunes nothing.
            first[node] += alphas[first[node]] == 0 ? 1 : 0;
        }

        return first;
    }

    private void Add<TDataset>(ITreeModel model, TDataset test, double[] alphas, NodeLoss<TDataset> loss)
        where TDataset : Dataset<TDataset>
    {
        int[] first = FirstCandidates(model, alphas);
        Tree tree = model.Tree;
        for (int row = 0; row < test.RowCount; row++)
        {
            double weight = test.IsWeighted ? test.Weights[row] : 1;
            _weight += weight;
            _squaredWeight += weight * weight;
            int end = alphas.Length;
            for (int node = 0; end > 0;)
            {
                if (first[node] < end)
                {
                    AddRange(first[node], end, weight, loss(test, row, model.Statistics.Value(node)));
                    end = first[node];
                }

                if (end > 0)
                {
                    node = tree.GoesLeft(node, test.Features[row, tree.Feature(node)]) ? tree.Left(node) : tree.Right(node);
                }
            }
        }
    }

    private void AddRange(int first, int end, double weight, double loss)
    {
        double squaredWeightLoss = weight * weight * loss;
        _loss[first] += weight * loss;
        _loss[end] -= weight * loss;
        _squaredWeightLoss[first] += squaredWeightLoss;
        _squaredWeightLoss[end] -= squaredWeightLoss;
        _squaredWeightSquaredLoss[first] += squaredWeightLoss * loss;
        _squaredWeightSquaredLoss[end] -= squaredWeightLoss * loss;
    }

    private void Add(FoldLosses part)
    {
        for (int k = 0; k < _loss.Length; k++)
        {
            _loss[k] += part._loss[k];
            _squaredWeightLoss[k] += part._squaredWeightLoss[k];
            _squaredWeightSquaredLoss[k] += part._squaredWeightSquaredLoss[k];
        }

        _weight += part._weight;
        _squaredWeight += part._squaredWeight;
    }

    /// <summary>
    /// The mean loss R = Σ w·L/W, and its standard error √(Σ w²·(L − R)²)/W: where all weigh the same, the standard deviation of
    /// the losses by the root of their number.
    /// </summary>
    private PruningCandidate[] ToCandidates(CostComplexityStep[] steps)
    {
        var candidates = new PruningCandidate[steps.Length];
        double loss = 0;
        double squaredWeightLoss = 0;
        double squaredWeightSquaredLoss = 0;
        for (int k = 0; k < steps.Length; k++)
        {
            loss += _loss[k];
            squaredWeightLoss += _squaredWeightLoss[k];
            squaredWeightSquaredLoss += _squaredWeightSquaredLoss[k];
            double error = loss / _weight;
            double variance = squaredWeightSquaredLoss - (2 * error * squaredWeightLoss) + (error * error * _squaredWeight);
            candidates[k] = new PruningCandidate(
                steps[k].Alpha, steps[k].LeafCount, error, Math.Sqrt(Math.Max(0, variance)) / _weight);
        }

        return candidates;
    }
}
