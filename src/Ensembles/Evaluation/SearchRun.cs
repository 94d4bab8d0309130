using Ensembles.Data;
using Ensembles.Learners;
using Ensembles.Metrics;
using Ensembles.Numerics;

namespace Ensembles.Evaluation;

/// <summary>A search on its way.</summary>
internal sealed class SearchRun<TLearner, TDataset, TModel, TMetric>
    where TLearner : Learner
    where TDataset : Dataset<TDataset>
    where TModel : Model
    where TMetric : Metric
{
    private const ulong RowKey = 0x524F5753;

    private readonly TDataset _data;
    private readonly IReadOnlyList<Fold> _folds;
    private readonly Judge<TDataset, TModel, TMetric> _judge;
    private readonly Func<TLearner, TDataset, FitOptions, CancellationToken, TModel> _fit;
    private readonly SearchOptions _options;
    private readonly CancellationToken _cancellationToken;
    private readonly SearchJournal _journal;
    private readonly ProgressCounter _progress;
    private readonly int[][] _orders;
    private readonly double _testRatio;
    private readonly Lock _lock = new();
    private MetricScores<TMetric>[]? _best;

    private SearchRun(
        TDataset data,
        IReadOnlyList<Fold> folds,
        Judge<TDataset, TModel, TMetric> judge,
        Func<TLearner, TDataset, FitOptions, CancellationToken, TModel> fit,
        SearchOptions options,
        SearchJournal journal,
        int fits,
        CancellationToken cancellationToken)
    {
        _data = data;
        _folds = folds;
        _judge = judge;
        _fit = fit;
        _options = options;
        _journal = journal;
        _progress = new ProgressCounter(options.Progress, fits);
        _orders = [.. folds.Select((fold, k) => NestedRows.Order(data, fold.Train, KeyedRandom.Mix(RowKey, (ulong)k)))];
        _testRatio = Judge.TestRatio(folds);
        _cancellationToken = cancellationToken;
    }

    public static SearchResult<TLearner, TMetric> Of(
        SearchSpace<TLearner> space,
        TDataset data,
        SearchStrategy strategy,
        FoldPlan? plan,
        Judge<TDataset, TModel, TMetric> judge,
        Func<TLearner, TDataset, FitOptions, CancellationToken, TModel> fit,
        SearchOptions options,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(space);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(strategy);
        IReadOnlyList<Candidate<TLearner>> candidates = strategy.Candidates(space);
        IReadOnlyList<Fold> folds = (plan ?? FoldPlan.Standard()).Split(data);
        Rung[] rungs = Rungs(space, strategy, candidates.Count, folds);
        using var journal = new SearchJournal(
            options.ResultsFile, (folds.Count, judge.Metrics.Count), () => Subject(data, folds, judge, options));
        var run = new SearchRun<TLearner, TDataset, TModel, TMetric>(
            data, folds, judge, fit, options, journal, rungs.Sum(rung => rung.Candidates) * folds.Count, cancellationToken);
        return run.Run(space, candidates, rungs);
    }

    private SearchResult<TLearner, TMetric> Run(SearchSpace<TLearner> space, IReadOnlyList<Candidate<TLearner>> candidates, Rung[] rungs)
    {
        int[] numbers = [.. Enumerable.Range(0, candidates.Count)];
        var ranked = new List<Finished>();
        foreach (Rung rung in rungs)
        {
            // The best of the rung below, failed ones among them only where there are not enough others.
            numbers = [.. numbers.Take(rung.Candidates).Order()];
            Finished[] finished = Sorted(Try(space, candidates, numbers, rung));
            numbers = [.. finished.Select(trial => trial.Number)];
            ranked.InsertRange(0, finished);
        }

        if (ranked.TrueForAll(trial => trial.Outcome.Error is not null))
        {
            string? first = ranked.MinBy(trial => trial.Number)!.Outcome.Error;
            throw new ArgumentException(FormattableString.Invariant($"Each of the {candidates.Count} trials failed. The first: {first}"));
        }

        var trials = new SearchTrial<TLearner, TMetric>[ranked.Count];
        for (int i = 0; i < trials.Length; i++)
        {
            Finished trial = ranked[i];
            bool ties = i > 0 && trial.Resource == ranked[i - 1].Resource && !IsBetter(ranked[i - 1], trial);
            trials[i] = new SearchTrial<TLearner, TMetric>(
                trial.Number,
                ties ? trials[i - 1].Rank : i + 1,
                trial.Recipe,
                candidates[trial.Number].Values,
                trial.Resource,
                trial.Scores,
                trial.Outcome.Training.Length > 0 ? _judge.ByMetric(trial.Outcome.Training, _testRatio) : [],
                trial.Outcome.Error);
        }

        return new SearchResult<TLearner, TMetric>(trials, rungs.Length == 1 ? null : space.Resource?.Name ?? "share of rows");
    }

    /// <summary>Tries candidates that have no outcome yet: all folds of all of them at once.</summary>
    private Finished[] Try(SearchSpace<TLearner> space, IReadOnlyList<Candidate<TLearner>> candidates, int[] numbers, Rung rung)
    {
        var recipes = new TLearner[numbers.Length];
        var keys = new string[numbers.Length];
        var open = new List<int>();
        for (int i = 0; i < numbers.Length; i++)
        {
            TLearner recipe = candidates[numbers[i]].Recipe;
            recipes[i] = space.Resource is null ? recipe : space.Resource.Set(recipe, (int)rung.Resource);
            keys[i] = recipes[i].ToString();
            if (_journal.Find(keys[i], rung.Share) is not { } known)
            {
                open.Add(i);
                continue;
            }

            for (int k = 0; k < _folds.Count; k++)
            {
                _progress.Add(k + 1 == _folds.Count ? BestSoFar(known) : null);
            }
        }

        var attempts = new Attempt[open.Count];
        for (int i = 0; i < attempts.Length; i++)
        {
            attempts[i] = new Attempt(_folds.Count);
        }

        int tasks = open.Count * _folds.Count;
        int outer = Math.Max(1, Math.Min(_options.ThreadsWithoutSnapshots, tasks));
        var inner = new FitOptions { Threads = _options.ThreadsWithoutSnapshots / outer };
        ParallelWork.For(tasks, outer, _cancellationToken, task =>
        {
            (int i, int k) = Math.DivRem(task, _folds.Count);
            Attempt attempt = attempts[i];
            TryFold(recipes[open[i]], rung.Share, k, attempt, inner);
            IReadOnlyList<EvaluationScore>? best = null;
            if (attempt.IsLast())
            {
                TrialOutcome outcome = attempt.ToOutcome(_options.EvaluateTraining);
                _journal.Add(keys[open[i]], rung.Share, outcome);
                best = BestSoFar(outcome);
            }

            _progress.Add(best);
        });

        return
        [
            .. numbers.Select((number, i) =>
            {
                TrialOutcome outcome = _journal.Find(keys[i], rung.Share)!;
                return new Finished(number, recipes[i], rung.Resource, outcome, ScoresOf(outcome));
            }),
        ];
    }

    private void TryFold(TLearner recipe, double share, int k, Attempt attempt, FitOptions options)
    {
        if (attempt.HasFailedBefore(k))
        {
            return;
        }

        try
        {
            TDataset train = _data.SelectRows(share == 1 ? _folds[k].Train : NestedRows.Take(_orders[k], share));
            TModel model = _fit(recipe, train, options, _cancellationToken);
            (attempt.Test[k], _) = _judge.Score(model, _data.SelectRows(_folds[k].Test), EvaluatedRows.Validation, options.Threads, k);
            if (_options.EvaluateTraining)
            {
                (attempt.Training[k], _) = _judge.Score(model, train, EvaluatedRows.Training, options.Threads, k);
            }
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            // A combination that cannot work is a bad one, not the end of the search.
            attempt.Errors[k] = e.Message;
        }
    }

    private MetricScores<TMetric>[] ScoresOf(TrialOutcome outcome) =>
        outcome.Error is null ? _judge.ByMetric(outcome.Scores, _testRatio) : [];

    /// <summary>The means of the best trial so far, the one that has just ended included.</summary>
    private IReadOnlyList<EvaluationScore>? BestSoFar(TrialOutcome outcome)
    {
        if (_options.Progress is null)
        {
            return null;
        }

        lock (_lock)
        {
            MetricScores<TMetric>[] scores = ScoresOf(outcome);
            if (scores.Length > 0 && (_best is null || _judge.Metrics[0].IsBetter(scores[0].Mean, _best[0].Mean)))
            {
                _best = scores;
            }

            return _best is null
                ? null
                : [.. _best.Select(score => new EvaluationScore(score.Metric, EvaluatedRows.Validation, score.Mean))];
        }
    }

    /// <summary>The best first; of equals the one of the lower number.</summary>
    private Finished[] Sorted(Finished[] trials)
    {
        var sorted = (Finished[])trials.Clone();
        Array.Sort(sorted, (a, b) => IsBetter(a, b) ? -1 : IsBetter(b, a) ? 1 : a.Number.CompareTo(b.Number));
        return sorted;
    }

    private bool IsBetter(Finished a, Finished b)
    {
        if (a.Outcome.Error is not null || b.Outcome.Error is not null)
        {
            return a.Outcome.Error is null && b.Outcome.Error is not null;
        }

        return _judge.Metrics[0].IsBetter(a.Scores[0].Mean, b.Scores[0].Mean);
    }

    /// <summary>
    /// What is tried with how much, from the least on. The last rung gets all; there are as many as the candidates and the least allow.
    /// </summary>
    private static Rung[] Rungs(SearchSpace<TLearner> space, SearchStrategy strategy, int candidates, IReadOnlyList<Fold> folds)
    {
        double most = space.Resource?.Greatest ?? 1;
        if (strategy.Factor is not int factor)
        {
            return [new Rung(candidates, 1, most)];
        }

        int fewest = folds.Min(fold => fold.Train.Length);
        double least = space.Resource?.Least ?? Math.Min(1, (double)strategy.LeastRows / fewest);
        var rungs = new List<Rung>();
        double amount = most;
        for (int left = candidates; ; left = (left + factor - 1) / factor)
        {
            rungs.Add(new Rung(left, 1, most));
            amount /= factor;
            if (left == 1 || amount < least)
            {
                break;
            }
        }

        amount = most;
        for (int i = rungs.Count - 1; i >= 0; i--)
        {
            double given = space.Resource is null ? amount : Math.Floor(amount);
            rungs[i] = new Rung(rungs[i].Candidates, space.Resource is null ? given : 1, given);
            amount /= factor;
        }

        return [.. rungs];
    }

    /// <summary>What must be the same for a trial to have the same outcome, but for its recipe.</summary>
    private static IReadOnlyList<(string Name, string Value)> Subject(
        TDataset data, IReadOnlyList<Fold> folds, Judge<TDataset, TModel, TMetric> judge, SearchOptions options)
    {
        ulong mark = (ulong)folds.Count;
        foreach (Fold fold in folds)
        {
            mark = Mix(Mix(mark, fold.Train), fold.Test);
        }

        return
        [
            ("data", DataMark.Of(data)),
            ("folds", mark.ToString("x16", System.Globalization.CultureInfo.InvariantCulture)),
            ("metrics", judge.Metrics.ToString()),
            ("scores", options.EvaluateTraining ? "of training and test" : "of test"),
        ];

        static ulong Mix(ulong mark, ReadOnlySpan<int> rows)
        {
            mark = KeyedRandom.Mix(mark, (ulong)rows.Length);
            foreach (int row in rows)
            {
                mark = KeyedRandom.Mix(mark, (ulong)row);
            }

            return mark;
        }
    }

    /// <summary>A step of the search.</summary>
    /// <param name="Candidates">How many candidates are tried.</param>
    /// <param name="Share">The share of each training set that they learn from.</param>
    /// <param name="Resource">What they are given: the share, or the amount of the resource of the space.</param>
    private sealed record Rung(int Candidates, double Share, double Resource);

    private sealed record Finished(int Number, TLearner Recipe, double Resource, TrialOutcome Outcome, MetricScores<TMetric>[] Scores);

    /// <summary>The folds of a trial, of which each is filled in by one thread.</summary>
    private sealed class Attempt(int folds)
    {
        private int _left = folds;

        public double[][] Test { get; } = new double[folds][];

        public double[][] Training { get; } = new double[folds][];

        public string?[] Errors { get; } = new string?[folds];

        /// <summary>
        /// Whether a fold before this one has failed. Folds are begun in their order, so whichever threads they are on, the first one that
        /// fails is tried.
        /// </summary>
        public bool HasFailedBefore(int k) => Array.Exists(Errors[..k], error => Volatile.Read(ref error) is not null);

        public bool IsLast() => Interlocked.Decrement(ref _left) == 0;

        public TrialOutcome ToOutcome(bool withTraining)
        {
            string? error = Array.Find(Errors, error => error is not null);
            return error is null ? new TrialOutcome(Test, withTraining ? Training : [], null) : new TrialOutcome([], [], error);
        }
    }
}
