using Ensembles.Data;
using Ensembles.Data.Binning;
using Ensembles.Learners;
using Ensembles.Losses;
using Ensembles.Numerics;
using Ensembles.Trees;
using Ensembles.Trees.Growing.Gradients;

namespace Ensembles.NewtonBoosting;

/// <summary>
/// The rounds of second-order boosting: gradients at the scores, a tree on the gradients for every output, and the leaf weights added to
/// the scores of their rows.
/// </summary>
internal sealed class NewtonBooster : IDisposable
{
    private const int MaxStackScores = 64;

    private readonly INewtonBoostingRecipe _recipe;
    private readonly INewtonLoss _loss;
    private readonly int _rowCount;
    private readonly WorkerTeam _team;
    private readonly IGradientTreeGrower _grower;
    private readonly double[][] _scores;
    private readonly float[][] _gradients;
    private readonly float[][] _hessians;
    private readonly bool[] _inSample;
    private readonly FeatureTable _table;
    private readonly double[] _weights;
    private readonly double[][] _cells;

    /// <param name="table">The features.</param>
    /// <param name="recipe">The hyper-parameters.</param>
    /// <param name="loss">The loss, over the targets and weights.</param>
    /// <param name="weights">The weight of each row, or none where all are 1; rows of weight 0 are in no tree.</param>
    /// <param name="threads">The most threads to use.</param>
    /// <param name="cancellationToken">Ends the preparation.</param>
    private NewtonBooster(
        FeatureTable table, INewtonBoostingRecipe recipe, INewtonLoss loss, double[] weights, int threads, CancellationToken cancellationToken)
    {
        _table = table;
        _recipe = recipe;
        _loss = loss;
        _rowCount = table.RowCount;

        // The team comes last, as one that is not disposed of keeps its threads, and the steps before it can be cancelled.
        Func<WorkerTeam, IGradientTreeGrower> grower = GradientGrowers.Prepare(table, recipe, weights, threads, cancellationToken);
        _team = new WorkerTeam(threads);
        _grower = grower(_team);
        _scores = NewArrays<double>();
        _gradients = NewArrays<float>();
        _hessians = NewArrays<float>();
        _weights = weights;
        _cells = new double[threads][];
        _inSample = recipe.Subsample < 1 || weights.AsSpan().Contains(0) ? new bool[_rowCount] : [];
    }

    /// <summary>Boosts.</summary>
    /// <param name="table">The features.</param>
    /// <param name="recipe">The hyper-parameters.</param>
    /// <param name="loss">The loss, over the targets and weights.</param>
    /// <param name="weights">The weight of each row, or none where all are 1; rows of weight 0 are in no tree.</param>
    /// <param name="validation">The rows of the validation set; null where there is none.</param>
    /// <param name="evaluation">Measures the rounds.</param>
    /// <param name="options">How to run.</param>
    /// <param name="cancellationToken">Ends the fit between two trees.</param>
    public static BoostedTrees Boost(
        FeatureTable table,
        INewtonBoostingRecipe recipe,
        INewtonLoss loss,
        double[] weights,
        FeatureTable? validation,
        RoundEvaluation evaluation,
        FitOptions options,
        CancellationToken cancellationToken)
    {
        FeatureTable? mapped = validation is null ? null : SchemaMapping.Map(validation, table.Schema);
        double[] baseScores = recipe.BaseScore is double given
            ? [.. Enumerable.Repeat(loss.ToScore(given), loss.OutputCount)]
            : loss.FitBaseScores();
        evaluation.Try(prediction => loss.Link.Apply(baseScores, prediction));
        using var booster = new NewtonBooster(table, recipe, loss, weights, options.ResolvedThreads, cancellationToken);
        return booster.Boost(baseScores, mapped, evaluation, options.Progress, cancellationToken);
    }

    private BoostedTrees Boost(
        double[] baseScores,
        FeatureTable? validation,
        RoundEvaluation evaluation,
        IProgress<FitProgress>? progress,
        CancellationToken cancellationToken)
    {
        for (int k = 0; k < baseScores.Length; k++)
        {
            Array.Fill(_scores[k], baseScores[k]);
        }

        ValidationScores? validated = validation is null ? null : new ValidationScores(validation, _loss.OutputCount, _team);
        validated?.Begin(baseScores);
        var trees = new List<Tree>();
        var statistics = new List<TreeStatistics>();
        var counter = new ProgressCounter(progress, _recipe.Rounds);
        for (int round = 0; round < _recipe.Rounds; round++)
        {
            DrawRows(round);
            _team.ForEach(BinBlocks.Count(_rowCount), (block, _) => _loss.Differentiate(
                _scores, block * BinBlocks.Size, BinBlocks.RowsIn(block, _rowCount), _gradients, _hessians));
            for (int k = 0; k < _loss.OutputCount; k++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                (Tree tree, TreeStatistics knowledge) = AddTree(k, (round * _loss.OutputCount) + k, cancellationToken);
                trees.Add(tree);
                statistics.Add(knowledge);
                validated?.Add(tree, k);
            }

            bool goOn = evaluation.Add(round, (rows, predictions) => Predict(rows, validated, predictions), out var measured);
            counter.Add(measured);
            if (!goOn)
            {
                break;
            }
        }

        int kept = _recipe.EarlyStoppingRounds is not null && evaluation.BestRound is int best
            ? (best + 1) * _loss.OutputCount
            : trees.Count;
        trees.RemoveRange(kept, trees.Count - kept);
        statistics.RemoveRange(kept, statistics.Count - kept);
        return new BoostedTrees(baseScores, trees, statistics);
    }

    public void Dispose() => _team.Dispose();

    private void Predict(EvaluatedRows rows, ValidationScores? validated, double[] predictions)
    {
        if (rows == EvaluatedRows.Validation)
        {
            validated!.Predict(_loss.Link, predictions);
            return;
        }

        int width = predictions.Length / _rowCount;
        _team.ForEach(BinBlocks.Count(_rowCount), (block, _) =>
        {
            Span<double> scores = _scores.Length <= MaxStackScores ? stackalloc double[_scores.Length] : new double[_scores.Length];
            int first = block * BinBlocks.Size;
            for (int r = first; r < first + BinBlocks.RowsIn(block, _rowCount); r++)
            {
                for (int k = 0; k < scores.Length; k++)
                {
                    scores[k] = _scores[k][r];
                }

                _loss.Link.Apply(scores, predictions.AsSpan(r * width, width));
            }
        });
    }

    private T[][] NewArrays<T>() => [.. Enumerable.Range(0, _loss.OutputCount).Select(_ => new T[_rowCount])];

    /// <summary>
    /// Draws the rows of a round: each row by its own number among those with a weight, so the draw is the same however rows are spread,
    /// and rows of weight 0 change nothing.
    /// </summary>
    private void DrawRows(int round)
    {
        if (_inSample.Length == 0)
        {
            return;
        }

        ulong key = TreeKeys.OfSample(_recipe.Seed, round);
        int drawn = 0;
        ulong present = 0;
        int first = -1;
        for (int r = 0; r < _rowCount; r++)
        {
            bool isPresent = _weights.Length == 0 || _weights[r] > 0;
            first = isPresent && first < 0 ? r : first;
            _inSample[r] = isPresent && KeyedRandom.ToUnitDouble(KeyedRandom.Mix(key, present)) < _recipe.Subsample;
            present += isPresent ? 1UL : 0;
            drawn += _inSample[r] ? 1 : 0;
        }

        // So few rows that none was drawn: the first one stands for all.
        _inSample[first] |= drawn == 0;
    }

    private (Tree Tree, TreeStatistics Statistics) AddTree(int output, int number, CancellationToken cancellationToken)
    {
        (Tree tree, TreeStatistics statistics) = _grower.Grow(
            _gradients[output], _hessians[output], _inSample, TreeKeys.Of(_recipe.Seed, number), cancellationToken);
        var values = new double[tree.LeafCount];
        for (int leaf = 0; leaf < values.Length; leaf++)
        {
            values[leaf] = _recipe.LearningRate * tree.LeafValue(leaf)[0];
        }

        Tree shrunk = tree.WithLeafValues(values);
        double[] scores = _scores[output];
        _grower.AddToScores(values, scores);
        if (_inSample.Length > 0)
        {
            _team.ForEach(BinBlocks.Count(_rowCount), (block, worker) => AddToRest(
                shrunk,
                block,
                scores.AsSpan(block * BinBlocks.Size, BinBlocks.RowsIn(block, _rowCount)),
                _cells[worker] ??= new double[_table.ColumnCount]));
        }

        return (shrunk, statistics);
    }

    /// <summary>The rows that were not drawn are not in the leaves: they find theirs in the tree.</summary>
    private void AddToRest(Tree tree, int block, Span<double> scores, double[] cells)
    {
        for (int i = 0; i < scores.Length; i++)
        {
            int row = (block * BinBlocks.Size) + i;
            if (!_inSample[row])
            {
                _table.CopyRow(row, cells);
                scores[i] += tree.LeafValue(tree.LeafOf(cells))[0];
            }
        }
    }
}
