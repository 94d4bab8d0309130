using Ensembles.Boosting;
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
    private readonly INewtonBoostingRecipe _recipe;
    private readonly INewtonLoss _loss;
    private readonly int _rowCount;
    private readonly WorkerTeam _team;
    private readonly WorkerTeam _alone;
    private readonly IGradientTreeGrower[] _growers;
    private readonly RowScores _training;
    private readonly float[][] _gradients;
    private readonly float[][] _hessians;
    private readonly bool[] _inSample;
    private readonly FeatureTable _table;
    private readonly double[] _weights;

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
        _alone = new WorkerTeam(1);
        _growers = threads > 1 && loss.OutputCount > 1 && GradientGrowers.GrowsOutputsAtOnce(table, recipe)
            ? [.. Enumerable.Range(0, threads).Select(_ => grower(_alone))]
            : [grower(_team)];
        _training = new RowScores(
            table,
            recipe.SplitMethod == BoostingSplitMethod.Histogram ? recipe.MaxBins : BinnedTable.MaxBins,
            loss.OutputCount,
            keepsLeaves: recipe.Dropout is not null,
            _team);
        _gradients = NewArrays<float>();
        _hessians = NewArrays<float>();
        _weights = weights;
        _inSample = recipe.Subsample < 1 || weights.AsSpan().Contains(0) ? new bool[_rowCount] : [];
    }

    /// <summary>Boosts.</summary>
    /// <param name="table">The features.</param>
    /// <param name="recipe">The hyper-parameters.</param>
    /// <param name="loss">The loss, over the targets and weights.</param>
    /// <param name="weights">The weight of each row, or none where all are 1; rows of weight 0 are in no tree.</param>
    /// <param name="start">The trees to go on from; null to begin with none.</param>
    /// <param name="validation">The rows of the validation set; null where there is none.</param>
    /// <param name="evaluation">Measures the rounds.</param>
    /// <param name="log">Keeps the rounds, and has those of an earlier run.</param>
    /// <param name="options">How to run.</param>
    /// <param name="cancellationToken">Ends the fit between two trees.</param>
    public static NewtonRounds Boost(
        FeatureTable table,
        INewtonBoostingRecipe recipe,
        INewtonLoss loss,
        double[] weights,
        NewtonRounds? start,
        FeatureTable? validation,
        RoundEvaluation evaluation,
        FitLog<BoostedRound> log,
        FitOptions options,
        CancellationToken cancellationToken)
    {
        FeatureTable? mapped = validation is null ? null : SchemaMapping.Map(validation, table.Schema);
        double[] baseScores = BaseScores.Of(loss, recipe.BaseScore, start?.Boosted.Start.Constants);
        GrowingTrees trees = start is null ? new GrowingTrees(new StartingScores(baseScores)) : new GrowingTrees(start);
        evaluation.Try(prediction => loss.Link.Apply(baseScores, prediction));
        using var booster = new NewtonBooster(table, recipe, loss, weights, options.ResolvedThreads, cancellationToken);
        return booster.Boost(trees, mapped, evaluation, log, options.Progress, cancellationToken);
    }

    private NewtonRounds Boost(
        GrowingTrees model,
        FeatureTable? validation,
        RoundEvaluation evaluation,
        FitLog<BoostedRound> log,
        IProgress<FitProgress>? progress,
        CancellationToken cancellationToken)
    {
        int outputs = _loss.OutputCount;
        int firstRound = model.Trees.Count / outputs;
        GrowingTrees best = model;
        bool goOn = true;
        TreeDropout? dropout = _recipe.Dropout is Dropout rates ? new TreeDropout(rates, _recipe.Seed, _recipe.LearningRate) : null;
        int begun = Recall(model, dropout, evaluation, log, ref best, ref goOn);
        RowScores? validated = validation is null ? null : new RowScores(validation, BinnedTable.MaxBins, outputs, dropout is not null, _team);
        foreach (RowScores rows in new[] { _training, validated }.OfType<RowScores>())
        {
            rows.Begin(model.Start);
            rows.Add(model.Trees, 0, cancellationToken);
        }

        bool isStale = false;
        var counter = new ProgressCounter(progress, _recipe.Rounds, begun);
        for (int round = firstRound + begun; goOn && round < firstRound + _recipe.Rounds; round++)
        {
            bool[] dropped = dropout?.Draw(round, model.Weights) ?? [];
            if (isStale || dropped.Length > 0)
            {
                _training.SumUp(model.Start, model.Trees, dropped);
            }

            AddRound(round, model, cancellationToken);
            Tree[] added = [.. model.Trees[(round * outputs)..]];
            validated?.Add(model.Trees, round * outputs, cancellationToken);
            isStale = dropped.Length > 0;
            if (isStale)
            {
                dropout!.Normalize(model.Trees, model.Weights, dropped);
                validated?.SumUp(model.Start, model.Trees, []);
            }

            if (isStale && evaluation.MeasuresTraining)
            {
                _training.SumUp(model.Start, model.Trees, []);
                isStale = false;
            }

            goOn = evaluation.Add(
                round,
                (rows, predictions) => (rows == EvaluatedRows.Validation ? validated! : _training).Predict(_loss.Link, predictions),
                out IReadOnlyList<EvaluationScore> measured);
            log.Add(round - firstRound, new BoostedRound(
                added, [.. model.Statistics[(round * outputs)..]], [], [.. measured.Select(score => score.Value)]));
            counter.Add(measured);
            best = Best(best, model, round, evaluation);
        }

        return _recipe.EarlyStoppingRounds is not null && evaluation.BestRound is int last
            ? best.FirstRounds(last + 1, _loss.Link)
            : model.FirstRounds(model.Trees.Count / outputs, _loss.Link);
    }

    public void Dispose()
    {
        _team.Dispose();
        _alone.Dispose();
    }

    /// <summary>Takes up the rounds of an earlier run: all but their trees and measures follows from their numbers.</summary>
    /// <returns>How many there are.</returns>
    private int Recall(
        GrowingTrees model, TreeDropout? dropout, RoundEvaluation evaluation, FitLog<BoostedRound> log, ref GrowingTrees best, ref bool goOn)
    {
        int firstRound = model.Trees.Count / _loss.OutputCount;
        int number = 0;
        for (; goOn && BoostedRound.Recall(log, number, _loss.OutputCount, losses: 0) is BoostedRound known; number++)
        {
            int round = firstRound + number;
            bool[] dropped = dropout?.Draw(round, model.Weights) ?? [];
            model.Add(known);
            if (dropped.Length > 0)
            {
                dropout!.Normalize(model.Trees, model.Weights, dropped);
            }

            goOn = evaluation.Recall(round, known.Scores);
            best = Best(best, model, round, evaluation);
        }

        return number;
    }

    /// <summary>The trees up to the best round: where a round is the best so far, those of now.</summary>
    private GrowingTrees Best(GrowingTrees best, GrowingTrees model, int round, RoundEvaluation evaluation)
    {
        bool isBest = _recipe.EarlyStoppingRounds is not null && evaluation.BestRound == round;

        // With dropout rounds to come may scale these trees.
        return !isBest ? best : _recipe.Dropout is null ? model : model.Copy();
    }

    private void AddRound(int round, GrowingTrees model, CancellationToken cancellationToken)
    {
        DrawRows(round);
        _team.ForEach(RowPieces.Count(_rowCount), (piece, _) => _loss.Differentiate(
            _training.Values, piece * RowPieces.Size, RowPieces.RowsIn(piece, _rowCount), _gradients, _hessians));
        int first = round * _loss.OutputCount;
        var grown = new (Tree Tree, TreeStatistics Statistics)[_loss.OutputCount];
        if (_growers.Length > 1)
        {
            _team.ForEach(grown.Length, (k, worker) => grown[k] = Grow(_growers[worker], k, first + k, cancellationToken));
        }

        for (int k = 0; k < grown.Length; k++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            (Tree tree, TreeStatistics knowledge) = _growers.Length > 1 ? grown[k] : Grow(_growers[0], k, first + k, cancellationToken);
            model.Trees.Add(tree);
            model.Statistics.Add(knowledge);
            model.Weights.Add(1);
            if (_inSample.Length > 0)
            {
                // The rows that were not drawn are not in the leaves: they find theirs in the tree.
                _training.Add(tree, k, _inSample, cancellationToken);
            }

            if (_recipe.Dropout is not null)
            {
                KeepLeaves(tree, cancellationToken);
            }
        }
    }

    /// <summary>Notes the leaf of each row in the tree grown last.</summary>
    private void KeepLeaves(Tree tree, CancellationToken cancellationToken)
    {
        // The growers add numbers to the rows of a leaf: added to nothing, the number of the leaf stays.
        var leafOfRow = new double[_rowCount];
        _growers[0].AddToScores([.. Enumerable.Range(0, tree.LeafCount).Select(leaf => (double)leaf)], leafOfRow);
        var numbers = new LeafNumbers(_rowCount, tree.LeafCount);
        _team.ForEach(RowPieces.Count(_rowCount), (piece, _) =>
        {
            int first = piece * RowPieces.Size;
            for (int r = first; r < first + RowPieces.RowsIn(piece, _rowCount); r++)
            {
                if (_inSample.Length == 0 || _inSample[r])
                {
                    numbers.Set(r, (int)leafOfRow[r]);
                }
            }
        });
        if (_inSample.Length > 0)
        {
            _training.Number(tree, _inSample, numbers, cancellationToken);
        }

        _training.Keep(numbers);
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

    /// <summary>Grows the tree of an output, shrinks it, and adds its leaf values to the scores of its rows.</summary>
    private (Tree Tree, TreeStatistics Statistics) Grow(IGradientTreeGrower grower, int output, int number, CancellationToken cancellationToken)
    {
        (Tree tree, TreeStatistics statistics) = grower.Grow(
            _gradients[output], _hessians[output], _inSample, TreeKeys.Of(_recipe.Seed, number), cancellationToken);
        var values = new double[tree.LeafCount];
        for (int leaf = 0; leaf < values.Length; leaf++)
        {
            values[leaf] = _recipe.LearningRate * tree.LeafValue(leaf)[0];
        }

        grower.AddToScores(values, _training.Values[output]);
        return (tree.WithLeafValues(values), statistics);
    }
}
