using Ensembles.Bagging;
using Ensembles.Data;
using Ensembles.Datasets;
using Ensembles.Learners;
using Ensembles.Metrics;
using Ensembles.Trees;

namespace Ensembles.Tests.Bagging;

public class BaggingTests
{
    private static readonly RegressionDataset Friedman = SyntheticData.Friedman1(300, noise: 1, seed: 3);
    private static readonly ClassificationDataset Wine = SampleData.Wine();

    [Fact]
    public void A_prediction_is_the_mean_of_the_members()
    {
        BaggingRegressionModel model = new BaggingRegressor(new DecisionTreeRegressor { MaxDepth = 4 }) { Count = 7 }.Fit(Friedman);

        double[] predictions = model.Predict(Friedman.Features);

        double[][] ofMembers = [.. model.Members.Select(m => m.Model.Predict(Friedman.Features))];
        for (int r = 0; r < predictions.Length; r++)
        {
            predictions[r].Should().Be(ofMembers.Aggregate(0.0, (sum, values) => sum + values[r]) / 7);
        }

        ofMembers.Select(values => values[0]).Distinct().Count().Should().BeGreaterThan(1, "members see other samples");
    }

    [Fact]
    public void A_majority_is_counted_in_whole_votes()
    {
        var recipe = new BaggingClassifier(new DecisionTreeClassifier { MaxDepth = 2 }) { Count = 9, Voting = Voting.Majority };

        BaggingClassificationModel model = recipe.Fit(Wine);

        double[,] probabilities = model.PredictProbabilities(Wine.Features);
        int[][] ofMembers = [.. model.Members.Select(m => m.Model.PredictClasses(Wine.Features))];
        for (int r = 0; r < Wine.RowCount; r++)
        {
            for (int k = 0; k < 3; k++)
            {
                probabilities[r, k].Should().Be(ofMembers.Count(classes => classes[r] == k) / 9.0);
            }
        }
    }

    /// <summary>
    /// A tree grown to pure leaves gives back the target of a row that it saw; where no two targets are alike, it gives another
    /// to a row that it did not see. So the rows that a member did not see can be told from outside.
    /// </summary>
    [Fact]
    public void The_out_of_bag_estimate_is_that_of_the_members_that_did_not_see_the_row()
    {
        BaggingRegressionModel model = new BaggingRegressor(new DecisionTreeRegressor()) { Count = 6 }.Fit(Friedman);
        OutOfBagRegression outOfBag = model.OutOfBag!;
        double[][] ofMembers = [.. model.Members.Select(m => m.Model.Predict(Friedman.Features))];

        var covered = new List<int>();
        for (int r = 0; r < Friedman.RowCount; r++)
        {
            double[] unseen = [.. ofMembers.Select(values => values[r]).Where(value => value != Friedman.Targets[r])];
            outOfBag.MemberCount(r).Should().Be(unseen.Length);
            if (unseen.Length == 0)
            {
                outOfBag.Prediction(r).Should().Be(double.NaN, "every member saw row {0}", r);
                continue;
            }

            covered.Add(r);
            outOfBag.Prediction(r).Should().BeApproximately(unseen.Average(), 1e-12);
        }

        covered.Count.Should().BeInRange(1, Friedman.RowCount - 1, "the case of a row that every member saw should occur");
        outOfBag.CoveredRowCount.Should().Be(covered.Count);
        double[] targets = [.. covered.Select(r => Friedman.Targets[r])];
        double[] predictions = [.. covered.Select(outOfBag.Prediction)];
        outOfBag.MeanSquaredError.Should().BeApproximately(MeanSquaredError.Compute(targets, predictions), 1e-12);
        outOfBag.RSquared.Should().BeApproximately(RSquared.Compute(targets, predictions), 1e-12);
    }

    [Fact]
    public void A_bootstrap_sample_misses_the_share_of_rows_that_it_should()
    {
        BaggingRegressionModel model = new BaggingRegressor(new DecisionTreeRegressor { MaxDepth = 1 }) { Count = 200 }.Fit(Friedman);

        double missed = Enumerable.Range(0, 300).Average(r => model.OutOfBag!.MemberCount(r)) / 200;

        // (1 - 1/n)^n; 200 samples of 300 rows have a standard error of 0.0013.
        missed.Should().BeApproximately(Math.Pow(1 - (1 / 300.0), 300), 0.006);
    }

    [Fact]
    public void A_subsample_has_the_stated_number_of_rows_each_once()
    {
        var recipe = new BaggingRegressor(new DecisionTreeRegressor()) { Count = 5, Replacement = false, SampleFraction = 0.35 };

        BaggingRegressionModel model = recipe.Fit(Friedman);

        Enumerable.Range(0, 300).Sum(r => model.OutOfBag!.MemberCount(r)).Should().Be(5 * (300 - 105));
        foreach (BaggingMember<RegressionModel> member in model.Members)
        {
            TreeStatistics statistics = ((DecisionTreeRegressionModel)member.Model).Statistics;
            statistics.RowCount(0).Should().Be(105);
            statistics.Cover(0).Should().Be(105);
        }
    }

    [Fact]
    public void Nothing_is_out_of_bag_where_every_member_draws_every_row()
    {
        var recipe = new BaggingClassifier(new DecisionTreeClassifier()) { Count = 3, Replacement = false };

        recipe.Fit(Wine).OutOfBag.Should().BeNull();
        ((Action)(() => (recipe with { EstimateOutOfBag = true }).Fit(Wine))).Should().Throw<ArgumentException>().WithMessage("*leave rows out*");
    }

    [Fact]
    public void No_estimate_is_made_where_none_is_wanted()
    {
        new BaggingClassifier(new DecisionTreeClassifier()) { Count = 2, EstimateOutOfBag = false }.Fit(Wine).OutOfBag.Should().BeNull();
    }

    [Theory]
    [InlineData(Voting.Average)]
    [InlineData(Voting.Majority)]
    public void Members_read_the_features_that_they_drew(Voting voting)
    {
        var recipe = new BaggingClassifier(new DecisionTreeClassifier { MaxDepth = 3 })
        {
            Count = 8,
            MaxFeatures = FeatureCount.Exactly(4),
            Voting = voting,
        };

        BaggingClassificationModel model = recipe.Fit(Wine);

        var sums = new double[Wine.RowCount, 3];
        foreach (BaggingMember<ClassificationModel> member in model.Members)
        {
            member.Columns.Should().HaveCount(4).And.OnlyHaveUniqueItems().And.BeInAscendingOrder();
            member.Model.Schema.Select(f => f.Name).Should().Equal(member.Columns.Select(c => Wine.Schema[c].Name));
            double[,] said = member.Model.PredictProbabilities(Wine.Features.SelectColumns([.. member.Columns]));
            int[] classes = member.Model.PredictClasses(Wine.Features);
            for (int r = 0; r < Wine.RowCount; r++)
            {
                for (int k = 0; k < 3; k++)
                {
                    sums[r, k] += voting == Voting.Majority ? (classes[r] == k ? 1 : 0) : said[r, k];
                }
            }
        }

        model.Members.SelectMany(m => m.Columns).Distinct().Count().Should().BeGreaterThan(4);
        double[,] probabilities = model.PredictProbabilities(Wine.Features);
        for (int r = 0; r < Wine.RowCount; r++)
        {
            probabilities[r, 1].Should().Be(sums[r, 1] / 8);
        }
    }

    [Fact]
    public void Importances_are_the_mean_of_those_of_the_members()
    {
        var recipe = new BaggingClassifier(new DecisionTreeClassifier { MaxDepth = 3 }) { Count = 4, MaxFeatures = FeatureCount.Exactly(5) };
        BaggingClassificationModel model = recipe.Fit(Wine);

        double[] importances = model.FeatureImportances();

        importances.Sum().Should().BeApproximately(1, 1e-12);
        var expected = new double[13];
        foreach (BaggingMember<ClassificationModel> member in model.Members)
        {
            double[] ofMember = ((IFeatureImportances)member.Model).FeatureImportances();
            for (int f = 0; f < 5; f++)
            {
                expected[member.Columns[f]] += ofMember[f] / 4;
            }
        }

        for (int f = 0; f < 13; f++)
        {
            importances[f].Should().BeApproximately(expected[f], 1e-12);
        }
    }

    [Fact]
    public void Continued_training_gives_the_model_of_a_greater_count()
    {
        var recipe = new BaggingClassifier(new DecisionTreeClassifier { MaxFeatures = FeatureCount.Sqrt })
        {
            Count = 4,
            MaxFeatures = FeatureCount.Fraction(0.7),
            Seed = 9,
        };

        BaggingClassificationModel continued = recipe.Fit(Wine).Continue(Wine, 3).Continue(Wine, 2);
        BaggingClassificationModel atOnce = (recipe with { Count = 9 }).Fit(Wine);

        continued.Recipe.Should().Be(atOnce.Recipe);
        continued.PredictProbabilities(Wine.Features).Cast<double>().Should()
            .Equal(atOnce.PredictProbabilities(Wine.Features).Cast<double>());
        continued.OutOfBag!.Probabilities().Cast<double>().Should().Equal(atOnce.OutOfBag!.Probabilities().Cast<double>());
        continued.OutOfBag.LogLoss.Should().Be(atOnce.OutOfBag.LogLoss);
    }

    [Fact]
    public void Training_is_not_continued_on_other_data()
    {
        BaggingClassificationModel model = new BaggingClassifier(new DecisionTreeClassifier()) { Count = 2 }.Fit(Wine);

        ((Action)(() => model.Continue(Wine.SelectRows([0, 1, 100]), 1))).Should().Throw<ArgumentException>().WithMessage("*3 and not 178*");
        ((Action)(() => model.Continue(Wine.SelectColumns([0, 1]), 1))).Should().Throw<ArgumentException>().WithMessage("*other columns*");
        ((Action)(() => model.Continue(SampleData.Iris(), 1))).Should().Throw<ArgumentException>();
        ((Action)(() => model.Continue(Wine, 0))).Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void Bagging_is_a_member_like_any_other()
    {
        var inner = new BaggingRegressor(new DecisionTreeRegressor { MaxDepth = 3 }) { Count = 3, MaxFeatures = FeatureCount.Exactly(6) };
        var outer = new BaggingRegressor(inner) { Count = 4, MaxFeatures = FeatureCount.Exactly(8) };

        BaggingRegressionModel model = outer.Fit(Friedman);

        BaggingRegressionModel[] members = [.. model.Members.Select(m => m.Model).Cast<BaggingRegressionModel>()];
        members.Should().HaveCount(4).And.OnlyContain(m => m.Members.Count == 3 && m.Schema.Count == 8);
        members.Select(m => m.Recipe.Seed).Should().OnlyHaveUniqueItems();
        double expected = members.Average(m => m.Predict(Friedman.Features)[5]);
        model.Predict(Friedman.Features.Row(5)).Should().BeApproximately(expected, 1e-12);
        model.FeatureImportances().Sum().Should().BeApproximately(1, 1e-12);
    }

    [Fact]
    public void The_seeds_of_both_recipes_matter()
    {
        var member = new DecisionTreeRegressor { MaxFeatures = FeatureCount.Exactly(3), MaxDepth = 3 };
        double[] Predict(ulong seed, ulong memberSeed) =>
            new BaggingRegressor(member with { Seed = memberSeed }) { Count = 3, Seed = seed }.Fit(Friedman).Predict(Friedman.Features);

        Predict(1, 1).Should().Equal(Predict(1, 1)).And.NotEqual(Predict(2, 1)).And.NotEqual(Predict(1, 2));
    }

    /// <summary>Averages over ten seeds; the margins are far above their standard errors (0.2 and 0.15).</summary>
    [Fact]
    public void Bagged_trees_are_better_than_one_and_know_how_good_they_are()
    {
        RegressionDataset test = SyntheticData.Friedman1(2000, noise: 1, seed: 4);
        double single = 0;
        double bagged = 0;
        double estimated = 0;
        for (ulong seed = 0; seed < 10; seed++)
        {
            RegressionDataset train = SyntheticData.Friedman1(200, noise: 1, seed: 100 + seed);
            BaggingRegressionModel model = new BaggingRegressor(new DecisionTreeRegressor()) { Seed = seed }.Fit(train);
            single += MeanSquaredError.Compute(test.Targets, new DecisionTreeRegressor().Fit(train).Predict(test.Features)) / 10;
            bagged += MeanSquaredError.Compute(test.Targets, model.Predict(test.Features)) / 10;
            estimated += model.OutOfBag!.MeanSquaredError / 10;
        }

        bagged.Should().BeLessThan(0.7 * single);
        estimated.Should().BeApproximately(bagged, 1.2);
    }

    [Fact]
    public void A_recipe_needs_a_member()
    {
        ((Action)(() => _ = new BaggingClassifier(null!))).Should().Throw<ArgumentNullException>();
        ((Action)(() => _ = new BaggingClassifier(new DecisionTreeClassifier()) { Member = null! })).Should().Throw<ArgumentNullException>();
    }
}
