using Ensembles.Boosting;
using Ensembles.Data;
using Ensembles.Data.Binning;
using Ensembles.Learners;
using Ensembles.Losses;
using Ensembles.Numerics;
using Ensembles.Trees;

namespace Ensembles.GradientBoosting;

/// <summary>
/// The rounds of gradient boosting (Friedman 2001, algorithm 1): residuals at the scores, a regression tree on them for every output, leaf
/// values by line search, and what they add to the scores.
/// </summary>
internal sealed class GradientBooster : IDisposable
{
    private readonly BoostingPlan _plan;
    private readonly IGradientLoss _loss;
    private readonly int _rowCount;
    private readonly WorkerTeam _team;
    private readonly IResidualTrees _trees;
    private readonly SampleDraw _sample;
    private readonly RowScores _training;
    private readonly double[][] _residuals;
    private readonly bool[] _inTree;
    private readonly double[] _losses;
    private readonly double[] _lossesBefore;

    private GradientBooster(BoostingPlan plan, IGradientLoss loss, int threads, CancellationToken cancellationToken)
    {
        _plan = plan;
        _loss = loss;
        _rowCount = plan.Table.RowCount;
        _sample = new SampleDraw(plan.Weights, plan.Subsample, plan.Seed);
        if (plan.Patience is not null && plan.StopBy == StoppingRule.OutOfBag && !_sample.LeavesRowsOut)
        {
            throw new ArgumentException("StoppingRule.OutOfBag needs rounds that leave rows out: set Subsample below 1.");
        }

        // The team comes last, as one that is not disposed of keeps its threads, and the steps before it can be cancelled.
        Func<WorkerTeam, IResidualTrees> trees = PrepareTrees(plan, threads, cancellationToken);
        _team = new WorkerTeam(threads);
        _trees = trees(_team);
        _training = new RowScores(
            plan.Table,
            plan.Tree.SplitMethod == SplitMethod.Histogram ? plan.Tree.MaxBins : BinnedTable.MaxBins,
            loss.OutputCount,
            keepsLeaves: false,
            _team);
        _residuals = [.. Enumerable.Range(0, loss.OutputCount).Select(_ => new double[_rowCount])];
        _inTree = new bool[_rowCount];
        _losses = new double[_rowCount];
        _lossesBefore = new double[_sample.LeavesRowsOut ? _rowCount : 0];
    }

    /// <summary>Boosts.</summary>
    /// <param name="plan">The recipe and the rows.</param>
    /// <param name="loss">The loss, over the targets and weights.</param>
    /// <param name="validation">The rows of the validation set; null where there is none.</param>
    /// <param name="evaluation">Measures the rounds.</param>
    /// <param name="log">Keeps the rounds, and has those of an earlier run.</param>
    /// <param name="options">How to run.</param>
    /// <param name="cancellationToken">Ends the fit between two nodes.</param>
    public static GradientRounds Boost(
        BoostingPlan plan,
        IGradientLoss loss,
        FeatureTable? validation,
        RoundEvaluation evaluation,
        FitLog<BoostedRound> log,
        FitOptions options,
        CancellationToken cancellationToken)
    {
        FeatureTable? mapped = validation is null ? null : SchemaMapping.Map(validation, plan.Table.Schema);
        double[] optimum = loss.FitBaseScores();
        evaluation.Try(prediction => loss.Link.Apply(optimum, prediction));
        double[] baseScores = BaseScores.Of(loss, plan.BaseScore, plan.Before?.Boosted.Start.Constants);
        StartingScores start = plan.Before?.Boosted.Start
            ?? (plan.Initial is null ? new StartingScores(baseScores) : new StartingScores(plan.Initial, loss.OutputCount, loss.Link));
        using var booster = new GradientBooster(plan, loss, options.ResolvedThreads, cancellationToken);
        return booster.Boost(start, mapped, evaluation, log, options.Progress, cancellationToken);
    }

    public void Dispose() => _team.Dispose();

    private static Func<WorkerTeam, IResidualTrees> PrepareTrees(BoostingPlan plan, int threads, CancellationToken cancellationToken)
    {
        if (plan.Tree.SplitMethod == SplitMethod.Histogram)
        {
            return HistogramResidualTrees.Prepare(plan, threads, cancellationToken);
        }

        var trees = new ExactResidualTrees(plan, threads, cancellationToken);
        return _ => trees;
    }

    private GradientRounds Boost(
        StartingScores start,
        FeatureTable? validation,
        RoundEvaluation evaluation,
        FitLog<BoostedRound> log,
        IProgress<FitProgress>? progress,
        CancellationToken cancellationToken)
    {
        List<Tree> trees = [.. _plan.Before?.Boosted.Trees ?? []];
        List<TreeStatistics> statistics = [.. _plan.Before?.Boosted.Statistics ?? []];
        List<double> trainingLosses = [.. _plan.Before?.TrainingLosses ?? []];
        List<double> improvements = [.. _plan.Before?.OutOfBagImprovements ?? []];
        OutOfBagStopping? stopping = _plan.Patience is int patience && _plan.StopBy == StoppingRule.OutOfBag
            ? new OutOfBagStopping(patience, _plan.MinDelta)
            : null;
        int outputs = _loss.OutputCount;
        int before = _plan.Before?.Boosted.RoundCount ?? 0;
        int begun = 0;
        bool goOn = true;
        for (; goOn && BoostedRound.Recall(log, begun, outputs, _sample.LeavesRowsOut ? 2 : 1) is BoostedRound known; begun++)
        {
            trees.AddRange(known.Trees);
            statistics.AddRange(known.Statistics);
            trainingLosses.Add(known.Losses[0]);
            improvements.AddRange(known.Losses[1..]);
            goOn = evaluation.Recall(before + begun, known.Scores) && stopping?.Add(improvements[^1]) != false;
        }

        var counter = new ProgressCounter(progress, _plan.Rounds, begun);
        RowScores? validated = validation is null
            ? null
            : new RowScores(validation, BinnedTable.MaxBins, _loss.OutputCount, keepsLeaves: false, _team);
        foreach (RowScores rows in new[] { _training, validated }.OfType<RowScores>())
        {
            rows.Begin(start);
            rows.Add(trees, 0, cancellationToken);
        }

        for (int round = before + begun; goOn && round < before + _plan.Rounds; round++)
        {
            _sample.Draw(round);
            _loss.BeginRound(_training.Values);
            if (_sample.LeavesRowsOut)
            {
                WriteLosses(_lossesBefore);
            }

            ForEachBlock((first, count) => _loss.WriteResiduals(_training.Values, first, count, _residuals));
            for (int k = 0; k < _loss.OutputCount; k++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                (Tree tree, TreeStatistics known) = AddTree(k, (round * _loss.OutputCount) + k, cancellationToken);
                trees.Add(tree);
                statistics.Add(known);
            }

            validated?.Add(trees, round * _loss.OutputCount, cancellationToken);

            Measure(trainingLosses, improvements);
            goOn = evaluation.Add(
                round,
                (rows, predictions) => (rows == EvaluatedRows.Validation ? validated! : _training).Predict(_loss.Link, predictions),
                out IReadOnlyList<EvaluationScore> measured);
            double[] losses = _sample.LeavesRowsOut ? [trainingLosses[^1], improvements[^1]] : [trainingLosses[^1]];
            log.Add(round - before, new BoostedRound(
                [.. trees[(round * outputs)..]], [.. statistics[(round * outputs)..]], losses, [.. measured.Select(score => score.Value)]));
            counter.Add(measured);
            goOn = goOn && stopping?.Add(improvements[^1]) != false;
        }

        int kept = stopping is not null ? before + stopping.BestCount
            : _plan.Patience is not null && evaluation.BestRound is int best ? best + 1
            : trainingLosses.Count;
        int measuredOutOfBag = improvements.Count - (_sample.LeavesRowsOut ? trainingLosses.Count - kept : 0);
        return new GradientRounds(
            new BoostedTrees(start, _loss.Link, [.. trees.Take(kept * _loss.OutputCount)], [.. statistics.Take(kept * _loss.OutputCount)]),
            [.. trainingLosses.Take(kept)],
            [.. improvements.Take(measuredOutOfBag)]);
    }

    private (Tree Tree, TreeStatistics Statistics) AddTree(int output, int number, CancellationToken cancellationToken)
    {
        (Tree grown, TreeStatistics statistics) = _trees.Grow(
            _residuals[output], _sample.InTree, TreeKeys.Of(_plan.Seed, number), cancellationToken);
        double[] scores = _training.Values[output];
        var values = new double[grown.LeafCount];

        // The rows of a leaf are in no other: its scores may change before the values of the others are known.
        _team.ForEach(values.Length, (leaf, _) =>
        {
            ReadOnlySpan<int> rows = _trees.LeafRows(leaf);
            values[leaf] = _plan.LearningRate * _loss.LeafValue(rows, output, _training.Values, _residuals);
            foreach (int row in rows)
            {
                scores[row] += values[leaf];
            }
        });
        Tree tree = grown.WithLeafValues(values);
        AddToRest(tree, output, cancellationToken);
        return (tree, statistics);
    }

    /// <summary>The rows that were not drawn are not in the leaves: they find theirs in the tree.</summary>
    private void AddToRest(Tree tree, int output, CancellationToken cancellationToken)
    {
        bool areAll = true;
        for (int row = 0; row < _inTree.Length; row++)
        {
            _inTree[row] = _sample.InTree[row] > 0;
            areAll &= _inTree[row];
        }

        if (!areAll)
        {
            _training.Add(tree, output, _inTree, cancellationToken);
        }
    }

    private void WriteLosses(double[] losses) => ForEachBlock((first, count) => _loss.WriteLosses(_training.Values, first, count, losses));

    /// <summary>The mean loss of the rows that the round drew, and what it took off the mean loss of the others.</summary>
    private void Measure(List<double> trainingLosses, List<double> improvements)
    {
        WriteLosses(_losses);
        double drawnLoss = 0;
        double drawnWeight = 0;
        double gained = 0;
        double restWeight = 0;
        for (int row = 0; row < _rowCount; row++)
        {
            double drawn = _sample.InTree[row];
            drawnLoss += drawn * _losses[row];
            drawnWeight += drawn;
            if (_sample.LeavesRowsOut)
            {
                double rest = _plan.Weights[row] - drawn;
                gained += rest * (_lossesBefore[row] - _losses[row]);
                restWeight += rest;
            }
        }

        trainingLosses.Add(drawnLoss / drawnWeight);
        if (_sample.LeavesRowsOut)
        {
            improvements.Add(gained / restWeight);
        }
    }

    private void ForEachBlock(Action<int, int> body)
    {
        const int rowsPerPiece = 4096;
        _team.ForEach((_rowCount + rowsPerPiece - 1) / rowsPerPiece, (piece, _) =>
            body(piece * rowsPerPiece, Math.Min(rowsPerPiece, _rowCount - (piece * rowsPerPiece))));
    }
}
