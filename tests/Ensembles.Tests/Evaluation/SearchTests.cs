using Ensembles.Data;
using Ensembles.Datasets;
using Ensembles.Evaluation;
using Ensembles.Learners;
using Ensembles.Metrics;
using Ensembles.NewtonBoosting;
using Ensembles.RandomForests;
using Ensembles.Trees;

namespace Ensembles.Tests.Evaluation;

public sealed class SearchTests : IDisposable
{
    private static readonly ClassificationDataset Data = SampleData.Iris();
    private static readonly FoldPlan Plan = FoldPlan.Stratified(3, seed: 1);

    private static readonly SearchSpace<DecisionTreeClassifier> Space = new SearchSpace<DecisionTreeClassifier>(new())
        .Add("MaxDepth", [1, 2, 4], (recipe, value) => recipe with { MaxDepth = value })
        .Add(
            "Criterion",
            [ClassificationCriterion.Gini, ClassificationCriterion.Entropy],
            (recipe, value) => recipe with { Criterion = value });

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ensembles-search-");

    private string ResultsFile => Path.Combine(_folder.FullName, "results.jsonl");

    [Fact]
    public void A_grid_tries_every_combination_by_cross_validation()
    {
        var result = HyperParameterSearch.Run(Space, Data, SearchStrategy.Grid(), Plan);

        result.Trials.Select(trial => trial.Recipe).Should().BeEquivalentTo(
            from depth in (int[])[1, 2, 4]
            from criterion in (ClassificationCriterion[])[ClassificationCriterion.Gini, ClassificationCriterion.Entropy]
            select new DecisionTreeClassifier { MaxDepth = depth, Criterion = criterion });
        foreach (var trial in result.Trials)
        {
            ClassificationCrossValidation byHand = CrossValidation.Run(trial.Recipe, Data, Plan);
            trial.Scores[0].Values.ToArray().Should().Equal(byHand.Scores[0].Values.ToArray());
            trial.Scores[1].Values.ToArray().Should().Equal(byHand.Scores[1].Values.ToArray());
            trial.Values.Select(value => value.ToString()).Should().Equal($"MaxDepth = {trial.Recipe.MaxDepth}", $"Criterion = {trial.Recipe.Criterion}");
        }

        result.Trials.Select(trial => trial.Scores[0].Mean).Should().BeInAscendingOrder("the first metric is the log loss");
        result.BestRecipe.Should().Be(result.Trials[0].Recipe);
        result.Trials[0].Rank.Should().Be(1);
    }

    [Fact]
    public void Equal_means_share_a_rank()
    {
        var space = new SearchSpace<DecisionTreeClassifier>(new() { MaxDepth = 2 })
            .Add("Seed", [5UL, 6UL, 7UL], (recipe, value) => recipe with { Seed = value });

        var result = HyperParameterSearch.Run(space, Data, SearchStrategy.Grid(), Plan);

        result.Trials.Select(trial => trial.Rank).Should().Equal(1, 1, 1);
        result.Trials.Select(trial => trial.Number).Should().Equal(0, 1, 2);
    }

    [Fact]
    public void The_more_the_better_where_the_metric_says_so()
    {
        var result = HyperParameterSearch.Run(Space, Data, SearchStrategy.Grid(), Plan, [ClassificationMetric.Accuracy]);

        result.Trials.Select(trial => trial.Scores[0].Mean).Should().BeInDescendingOrder();
    }

    [Fact]
    public void Ranges_of_a_grid_have_points_at_equal_distances()
    {
        var space = new SearchSpace<NewtonBoostingClassifier>(new())
            .AddLogUniform("LearningRate", 0.01, 1, (recipe, value) => recipe with { LearningRate = value })
            .AddUniform("Subsample", 0.5, 1, (recipe, value) => recipe with { Subsample = value });

        IReadOnlyList<Candidate<NewtonBoostingClassifier>> points = SearchStrategy.Grid(3).Candidates(space);

        points.Should().HaveCount(9);
        points.Select(point => point.Recipe.LearningRate).Distinct().Should().Equal([0.01, 0.1, 1], (a, b) => Math.Abs(a - b) < 1e-15);
        points.Take(3).Select(point => point.Recipe.Subsample).Should().Equal(0.5, 0.75, 1);
        ((Action)(() => SearchStrategy.Grid().Candidates(space))).Should().Throw<ArgumentException>().WithMessage("*rangePoints*");
    }

    [Fact]
    public void Random_points_lie_in_their_ranges_and_follow_the_seed()
    {
        var space = new SearchSpace<NewtonBoostingClassifier>(new())
            .AddLogUniform("LearningRate", 0.001, 1, (recipe, value) => recipe with { LearningRate = value })
            .AddInteger("MaxDepth", 2, 9, (recipe, value) => recipe with { MaxDepth = value })
            .AddInteger("Rounds", 1, 1000, (recipe, value) => recipe with { Rounds = value }, logarithmic: true)
            .AddUniform("Subsample", 0.25, 0.75, (recipe, value) => recipe with { Subsample = value });

        NewtonBoostingClassifier[] recipes = [.. SearchStrategy.Random(600, seed: 4).Candidates(space).Select(point => point.Recipe)];

        recipes.Should().OnlyContain(recipe => recipe.LearningRate >= 0.001 && recipe.LearningRate <= 1);
        Share(recipe => recipe.LearningRate < 0.01).Should().BeApproximately(1 / 3.0, 0.08);
        Share(recipe => recipe.Rounds < 10).Should().BeApproximately(1 / 3.0, 0.08);
        recipes.Max(recipe => recipe.Rounds).Should().BeInRange(900, 1000);
        recipes.Select(recipe => recipe.MaxDepth).Distinct().Should().HaveCount(8);
        Share(recipe => recipe.Subsample < 0.5).Should().BeApproximately(0.5, 0.08);
        SearchStrategy.Random(5, seed: 4).Candidates(space).Select(point => point.Recipe).Should().Equal(recipes[..5]);
        SearchStrategy.Random(5, seed: 5).Candidates(space).Select(point => point.Recipe).Should().NotEqual(recipes[..5]);

        double Share(Func<NewtonBoostingClassifier, bool> condition) => recipes.Count(condition) / 600.0;
    }

    [Fact]
    public void Of_finitely_many_points_none_is_drawn_twice_and_more_begin_with_the_same()
    {
        DecisionTreeClassifier[] all = Recipes(100);

        all.Should().HaveCount(6).And.OnlyHaveUniqueItems();
        Recipes(2).Should().Equal(all[..2]);

        static DecisionTreeClassifier[] Recipes(int trials) =>
            [.. SearchStrategy.Random(trials, seed: 9).Candidates(Space).Select(point => point.Recipe)];
    }

    [Fact]
    public void Halving_gives_the_best_third_three_times_as_many_rows()
    {
        var space = Space.AddInteger("MinSamplesLeaf", 1, 3, (recipe, value) => recipe with { MinSamplesLeaf = value });

        var result = HyperParameterSearch.Run(space, Data, SearchStrategy.SuccessiveHalving(SearchStrategy.Grid(), leastRows: 10), Plan);

        // 18 candidates with 100/9 rows of 100, 6 with 100/3, 2 with all.
        result.Trials.GroupBy(trial => trial.Resource).Select(rung => (Math.Round(rung.Key, 4), rung.Count()))
            .Should().Equal((1, 2), (0.3333, 6), (0.1111, 18));
        result.Trials.Select(trial => trial.Rank).Should().BeInAscendingOrder();
        foreach (double resource in new[] { 1.0, 1 / 3.0 })
        {
            int[] kept = [.. result.Trials.Where(trial => Math.Abs(trial.Resource - resource) < 1e-9).Select(trial => trial.Number).Order()];
            result.Trials.Where(trial => Math.Abs(trial.Resource - (resource / 3)) < 1e-9)
                .Take(kept.Length).Select(trial => trial.Number).Order().Should().Equal(kept, "the best of a rung go on");
        }

        result.Best.Scores[0].Values.ToArray().Should().Equal(CrossValidation.Run(result.BestRecipe, Data, Plan).Scores[0].Values.ToArray());
        result.ToString().Should().Contain("share of rows");
    }

    [Fact]
    public void Halving_can_give_out_trees()
    {
        var space = new SearchSpace<RandomForestClassifier>(new())
            .Add("MaxDepth", [1, 2, 3, 4], (recipe, value) => recipe with { MaxDepth = value })
            .WithResource("TreeCount", 3, 20, (recipe, value) => recipe with { TreeCount = value });

        var result = HyperParameterSearch.Run(space, Data, SearchStrategy.SuccessiveHalving(SearchStrategy.Grid(), factor: 2), Plan);

        result.Trials.Select(trial => (trial.Resource, trial.Recipe.TreeCount))
            .Should().Equal((20, 20), (10, 10), (10, 10), (5, 5), (5, 5), (5, 5), (5, 5));
        HyperParameterSearch.Run(space, Data, SearchStrategy.Grid(), Plan).Trials.Should().OnlyContain(trial => trial.Recipe.TreeCount == 20);
    }

    [Fact]
    public void Too_few_rows_leave_a_single_rung() =>
        HyperParameterSearch.Run(Space, Data, SearchStrategy.SuccessiveHalving(SearchStrategy.Grid()), Plan)
            .Trials.Should().HaveCount(6).And.OnlyContain(trial => trial.Resource == 1);

    [Fact]
    public void The_number_of_threads_changes_nothing()
    {
        string[] tables = [.. new[] { 1, 2, 5 }.Select(threads => HyperParameterSearch.Run(
            Space, Data, SearchStrategy.Random(5, seed: 2), Plan, options: new() { Threads = threads, EvaluateTraining = true }).ToString())];

        tables.Distinct(StringComparer.Ordinal).Should().ContainSingle().Which.Should().Contain("log loss: training");
    }

    [Fact]
    public void A_search_that_was_killed_goes_on_and_ends_with_the_same_table()
    {
        string expected = HyperParameterSearch.Run(Space, Data, SearchStrategy.Grid(), Plan).ToString();
        using var source = new CancellationTokenSource();
        var killer = new Reports(progress =>
        {
            if (progress.Completed == 7)
            {
                source.Cancel();
            }
        });
        Action killed = () => Run(new() { ResultsFile = ResultsFile, Threads = 1, Progress = killer }, source.Token);
        killed.Should().Throw<OperationCanceledException>();

        // The header, two trials of three folds, and half a line that was being written.
        File.ReadAllLines(ResultsFile).Should().HaveCount(3);
        File.AppendAllText(ResultsFile, "{\"recipe\":\"Decis");
        int fits = 0;
        var seen = new List<FitProgress>();
        string resumed = HyperParameterSearch.Run(
            Space,
            Data,
            SearchStrategy.Grid(),
            Plan,
            fit: (recipe, train, run, token) =>
            {
                Interlocked.Increment(ref fits);
                return recipe.Fit(train, run, token);
            },
            options: new() { ResultsFile = ResultsFile, Progress = new Reports(seen.Add) }).ToString();

        resumed.Should().Be(expected);
        fits.Should().Be(4 * 3);
        seen.Select(progress => progress.Completed).Should().Equal(Enumerable.Range(1, 18));
        Run(new() { ResultsFile = ResultsFile }).ToString().Should().Be(expected);
        File.ReadAllLines(ResultsFile).Should().HaveCount(7);
    }

    [Fact]
    public void A_file_of_another_search_is_refused()
    {
        Run(new() { ResultsFile = ResultsFile });

        Refused(() => HyperParameterSearch.Run(
            Space, Data, SearchStrategy.Grid(), FoldPlan.Stratified(3, 2), options: new() { ResultsFile = ResultsFile })).WithMessage("*other folds*");
        Refused(() => HyperParameterSearch.Run(
            Space, Data.SelectRows([.. Enumerable.Range(0, 149)]), SearchStrategy.Grid(), options: new() { ResultsFile = ResultsFile }))
            .WithMessage("*other data: 150 rows*149 rows*");
        Refused(() => HyperParameterSearch.Run(
            Space, Data, SearchStrategy.Grid(), Plan, [ClassificationMetric.Accuracy], options: new() { ResultsFile = ResultsFile }))
            .WithMessage("*other metrics: log loss, accuracy and not accuracy*");
        Refused(() => Run(new() { ResultsFile = ResultsFile, EvaluateTraining = true })).WithMessage("*other scores*");

        static FluentAssertions.Specialized.ExceptionAssertions<InvalidOperationException> Refused(Action run) =>
            run.Should().Throw<InvalidOperationException>();
    }

    [Theory]
    [InlineData("no json")]
    [InlineData("{\"recipe\":\"x\"}")]
    [InlineData("{\"recipe\":7,\"share\":1,\"scores\":[],\"training\":[]}")]
    [InlineData("{\"recipe\":\"x\",\"share\":1,\"scores\":[[\"many\"]],\"training\":[]}")]
    [InlineData("{\"recipe\":\"x\",\"share\":1,\"scores\":[[1,2]],\"training\":[]}")]
    [InlineData("[]")]
    public void A_damaged_line_is_named(string line)
    {
        Run(new() { ResultsFile = ResultsFile });
        string[] lines = File.ReadAllLines(ResultsFile);
        lines[2] = line;
        File.WriteAllLines(ResultsFile, lines);

        ((Action)(() => Run(new() { ResultsFile = ResultsFile }))).Should().Throw<InvalidDataException>().WithMessage("*results.jsonl, line 3:*");
    }

    [Fact]
    public void Values_of_every_kind_come_back_from_the_file()
    {
        double[][] scores = [[0.1, double.NaN], [1 / 3.0, double.NegativeInfinity], [-0.0, 1e300]];
        using (var journal = new SearchJournal(ResultsFile, (3, 2), () => [("data", "some")]))
        {
            journal.Add("a \"recipe\"\n", 1 / 3.0, new TrialOutcome(scores, [], null));
            journal.Add("b", 1, new TrialOutcome([], [], "it failed"));
        }

        using var again = new SearchJournal(ResultsFile, (3, 2), () => [("data", "some")]);

        again.Find("a \"recipe\"\n", 1 / 3.0)!.Scores.Should().BeEquivalentTo(scores, o => o.WithStrictOrdering());
        again.Find("b", 1)!.Error.Should().Be("it failed");
        again.Find("a \"recipe\"\n", 1).Should().BeNull();
    }

    [Fact]
    public void A_combination_that_cannot_work_is_the_last_and_does_not_end_the_search()
    {
        var space = new SearchSpace<DecisionTreeClassifier>(new())
            .Add("SplitMethod", [SplitMethod.Histogram, SplitMethod.Exact], (recipe, value) => recipe with { SplitMethod = value })
            .Add("Splitter", [Splitter.Random, Splitter.Best], (recipe, value) => recipe with { Splitter = value });

        var result = HyperParameterSearch.Run(space, Data, SearchStrategy.Grid(), Plan, options: new() { ResultsFile = ResultsFile });

        result.Trials[^1].Error.Should().NotBeNull();
        result.Trials[^1].Scores.Should().BeEmpty();
        result.Trials.Take(3).Should().OnlyContain(trial => trial.Error == null);
        result.ToString().Should().MatchRegex("failed +Histogram +Random\\n$");
        HyperParameterSearch.Run(space, Data, SearchStrategy.Grid(), Plan, options: new() { ResultsFile = ResultsFile })
            .ToString().Should().Be(result.ToString());
        var hopeless = new SearchSpace<DecisionTreeClassifier>(new() { SplitMethod = SplitMethod.Histogram, Splitter = Splitter.Random });
        ((Action)(() => HyperParameterSearch.Run(hopeless, Data, SearchStrategy.Grid(), Plan)))
            .Should().Throw<ArgumentException>().WithMessage("Each of the 1 trials failed. The first: *");
    }

    [Fact]
    public void Progress_counts_fits_and_tells_the_best_so_far()
    {
        var seen = new List<FitProgress>();

        var result = HyperParameterSearch.Run(
            Space, Data, SearchStrategy.Grid(), Plan, options: new() { Threads = 1, Progress = new Reports(seen.Add) });

        seen.Select(progress => (progress.Completed, progress.Total)).Should().Equal(Enumerable.Range(1, 18).Select(unit => (unit, 18)));
        seen[^1].Scores[0].Value.Should().Be(result.Best.Scores[0].Mean);
        seen.Where(progress => progress.Scores.Count > 0).Select(progress => progress.Scores[0].Value).Should().HaveCount(6).And.BeInDescendingOrder();
    }

    [Fact]
    public void Regressors_are_searched_with_early_stopping()
    {
        RegressionDataset data = SampleData.Diabetes();
        var space = new SearchSpace<NewtonBoostingRegressor>(new() { Rounds = 100, EarlyStoppingRounds = 5 })
            .Add("MaxDepth", [2, 5], (recipe, value) => recipe with { MaxDepth = value });

        var result = HyperParameterSearch.Run(
            space,
            data,
            SearchStrategy.Grid(),
            fit: (recipe, train, options, token) =>
            {
                var (fit, valid) = train.Split(0.8);
                return recipe.Fit(fit, valid, options, token);
            });

        result.BestRecipe.MaxDepth.Should().Be(2);
        result.Best.Scores.Select(scores => scores.Metric).Should().Equal(RegressionMetric.RootMeanSquaredError, RegressionMetric.RSquared);
    }

    [Fact]
    public void Spaces_never_change_and_refuse_what_makes_no_sense()
    {
        var start = new SearchSpace<DecisionTreeClassifier>(new());
        start.Add("MaxDepth", [1], (recipe, value) => recipe with { MaxDepth = value });
        start.Names.Should().BeEmpty();
        Space.ToString().Should().Be("DecisionTreeClassifier: MaxDepth, Criterion");

        ((Action)(() => Space.Add("MaxDepth", [1], (recipe, value) => recipe))).Should().Throw<ArgumentException>().WithMessage("*already*");
        ((Action)(() => Space.Add("x", Array.Empty<int>(), (recipe, value) => recipe))).Should().Throw<ArgumentException>().WithMessage("*no value*");
        ((Action)(() => Space.AddLogUniform("x", 0, 1, (recipe, value) => recipe))).Should().Throw<ArgumentOutOfRangeException>();
        ((Action)(() => Space.AddUniform("x", 2, 1, (recipe, value) => recipe))).Should().Throw<ArgumentOutOfRangeException>();
        ((Action)(() => Space.WithResource("x", 0, 1, (recipe, value) => recipe))).Should().Throw<ArgumentOutOfRangeException>();
        ((Action)(() => SearchStrategy.Random(0))).Should().Throw<ArgumentOutOfRangeException>();
        ((Action)(() => SearchStrategy.SuccessiveHalving(SearchStrategy.SuccessiveHalving(SearchStrategy.Grid())))).Should().Throw<ArgumentException>();
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static SearchResult<DecisionTreeClassifier, ClassificationMetric> Run(SearchOptions options, CancellationToken token = default) =>
        HyperParameterSearch.Run(Space, Data, SearchStrategy.Grid(), Plan, options: options, cancellationToken: token);

    private sealed class Reports(Action<FitProgress> report) : IProgress<FitProgress>
    {
        public void Report(FitProgress value) => report(value);
    }
}
