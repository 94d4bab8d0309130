using Ensembles.Data;
using Ensembles.Learners;
using Ensembles.Metrics;
using Ensembles.NewtonBoosting;
using Ensembles.Tests.Contracts;
using Ensembles.Trees;

namespace Ensembles.Tests.NewtonBoosting;

public class NewtonBoostingTests
{
    private static readonly ContractData Data = NewtonFits.Draw(1500);
    private static readonly ContractData Other = NewtonFits.Draw(700, seed: 9);

    /// <summary>Targets 0, 0, 6, 8 at x = 1, 2, 3, 4: from a base score of 2 the gradients are 2, 2, −4, −6.</summary>
    [Fact]
    public void One_split_by_hand()
    {
        RegressionDataset data = RegressionDataset.Create(FeatureTable.FromRows(new double[,] { { 1 }, { 2 }, { 3 }, { 4 } }), [0, 0, 6, 8]);
        var recipe = new NewtonBoostingRegressor { Rounds = 1, LearningRate = 0.5, MaxDepth = 1, BaseScore = 2 };

        NewtonBoostingRegressionModel model = recipe.Fit(data);

        // λ = 1: S(4, 2) + S(−10, 2) − S(−6, 4) = 16/3 + 100/3 − 36/5.
        model.Trees[0].Threshold(0).Should().Be(2.5);
        model.Statistics[0].Gain(0).Should().BeApproximately((116.0 / 3) - 7.2, 1e-12);
        model.Statistics[0].Cover(0).Should().Be(4);
        model.Predict([1.0]).Should().BeApproximately(2 - (0.5 * 4 / 3), 1e-12);
        model.Predict([9.0]).Should().BeApproximately(2 + (0.5 * 10 / 3), 1e-12);
        (recipe with { L1 = 3 }).Fit(data).Predict([9.0]).Should().BeApproximately(2 + (0.5 * 7 / 3), 1e-12);
        (recipe with { MaxDeltaStep = 0.25 }).Fit(data).Predict([9.0]).Should().BeApproximately(2 + (0.5 * 0.25), 1e-12);
        (recipe with { MinSplitGain = 31.4 }).Fit(data).Trees[0].InnerCount.Should().Be(1);
        (recipe with { MinSplitGain = 31.5 }).Fit(data).Trees[0].InnerCount.Should().Be(0);
        (recipe with { MinChildWeight = 2.5 }).Fit(data).Trees[0].InnerCount.Should().Be(0);
        model.FeatureImportances().Should().Equal(1);
    }

    /// <summary>Categories a, e, b, c and d of 4, 4, 4, 2 and 2 rows with targets 0, 0, 8, 20 and −12: by their order c and d lie apart.</summary>
    [Theory]
    [InlineData(BoostingSplitMethod.Histogram, 1)]
    [InlineData(BoostingSplitMethod.Histogram, 2)]
    [InlineData(BoostingSplitMethod.Exact, 1)]
    public void Categories_of_little_weight_go_together(BoostingSplitMethod method, int leastRows)
    {
        string[] names = ["a", "a", "a", "a", "b", "b", "b", "b", "c", "c", "d", "d", "e", "e", "e", "e"];
        double[] targets = [0, 0, 0, 0, 8, 8, 8, 8, 20, 20, -12, -12, 0, 0, 0, 0];
        var data = RegressionDataset.Create(new FeatureTableBuilder().Categorical("x", names).Build(), targets);
        var recipe = new NewtonBoostingRegressor { Rounds = 1, MaxDepth = 1, SplitMethod = method, MinSamplesLeaf = leastRows };

        double Apart(double least)
        {
            double[] predictions = (recipe with { MinCategoryWeight = least }).Fit(data).Predict(data.Features);
            predictions[0].Should().BeLessThan(predictions[4]);
            return predictions[8] - predictions[10];
        }

        Apart(0).Should().BePositive();
        Apart(2).Should().BePositive();
        Apart(2.5).Should().Be(0);
        Apart(recipe.MinCategoryWeight).Should().Be(0);
    }

    [Fact]
    public void The_base_score_is_the_optimum_of_the_loss()
    {
        new NewtonBoostingRegressor { Rounds = 1 }.Fit(Data.Regression).BaseScore
            .Should().BeApproximately(Data.Targets.Zip(Data.Weights, (y, w) => y * w).Sum() / Data.Weights.Sum(), 1e-12);
        IReadOnlyList<double> scores = new NewtonBoostingClassifier { Rounds = 1 }.Fit(Data.Classification).BaseScores;
        scores.Should().HaveCount(3);
        Math.Exp(scores[1]).Should().BeApproximately(
            Data.Targets.Zip(Data.Weights, (y, w) => y == 1 ? w : 0).Sum() / Data.Weights.Sum(), 1e-12);
    }

    [Theory]
    [InlineData(GrowthPolicy.DepthWise)]
    [InlineData(GrowthPolicy.LeafWise)]
    public void Limits_are_honoured(GrowthPolicy policy)
    {
        NewtonBoostingClassificationModel model = new NewtonBoostingClassifier
        {
            Rounds = 5,
            GrowthPolicy = policy,
            MaxDepth = 5,
            MaxLeaves = 9,
            MinChildWeight = 6,
            MinSplitGain = 0.75,
            MaxDeltaStep = 0.4,
            LearningRate = 0.2,
        }.Fit(Data.Classification);

        model.Trees.Should().HaveCount(15);
        model.Trees.Should().Contain(tree => tree.LeafCount == 9);
        for (int t = 0; t < model.Trees.Count; t++)
        {
            Tree tree = model.Trees[t];
            tree.Depth.Should().BeLessThanOrEqualTo(5);
            tree.LeafCount.Should().BeLessThanOrEqualTo(9);
            for (int node = 0; node < tree.NodeCount; node++)
            {
                model.Statistics[t].Cover(node).Should().BeGreaterThanOrEqualTo(6);
                if (tree.IsLeaf(node))
                {
                    Math.Abs(tree.LeafValue(node - tree.InnerCount)[0]).Should().BeLessThanOrEqualTo(0.2 * 0.4);
                }
                else
                {
                    model.Statistics[t].Gain(node).Should().BeGreaterThan(0.75);
                    model.Statistics[t].RowCount(node).Should().Be(
                        model.Statistics[t].RowCount(tree.Left(node)) + model.Statistics[t].RowCount(tree.Right(node)));
                }
            }
        }
    }

    [Fact]
    public void Leaf_wise_growth_takes_the_largest_gains_first()
    {
        NewtonBoostingRegressor recipe = new() { Rounds = 1, GrowthPolicy = GrowthPolicy.LeafWise, MaxDepth = null };
        NewtonBoostingRegressionModel few = (recipe with { MaxLeaves = 6 }).Fit(Data.Regression);
        NewtonBoostingRegressionModel more = (recipe with { MaxLeaves = 7 }).Fit(Data.Regression);

        double[] gains = [.. Enumerable.Range(0, 5).Select(few.Statistics[0].Gain)];
        double[] others = [.. Enumerable.Range(0, 6).Select(more.Statistics[0].Gain)];

        others.Should().Contain(gains, "a leaf more is a split more");
    }

    [Fact]
    public void The_loss_on_the_training_rows_falls_every_round()
    {
        new NewtonBoostingClassifier { Rounds = 20 }.Fit(Data.Classification, Data.Classification)
            .History.Validation().Should().HaveCount(20).And.BeInDescendingOrder().And.OnlyHaveUniqueItems();
        new NewtonBoostingRegressor { Rounds = 20 }.Fit(Data.Regression, Data.Regression)
            .History.Validation().Should().HaveCount(20).And.BeInDescendingOrder().And.OnlyHaveUniqueItems();
    }

    [Fact]
    public void Early_stopping_keeps_the_best_round()
    {
        var recipe = new NewtonBoostingClassifier { Rounds = 200, LearningRate = 0.5, EarlyStoppingRounds = 4 };

        NewtonBoostingClassificationModel model = recipe.Fit(Data.Classification, Other.Classification);

        int best = model.History.BestRound!.Value;
        model.History.RoundCount.Should().Be(best + 5, "it ends four rounds after the best");
        model.History.Validation().Min().Should().Be(model.History.Validation()[best]).And.Be(model.History.BestScore);
        model.RoundCount.Should().Be(best + 1);
        model.Trees.Should().HaveCount(3 * (best + 1));
        model.Statistics.Should().HaveCount(3 * (best + 1));
        double[] predicted = [.. model.PredictProbabilities(Other.Table).Cast<double>()];
        LogLoss.Compute(Other.Classification.Labels, predicted, 3, Other.Weights).Should().BeApproximately(model.History.BestScore!.Value, 1e-12);
        Fitted alone = Fitted.Of((recipe with { Rounds = best + 1, EarlyStoppingRounds = null }).Fit(Data.Classification));
        Fitted.Of(model).TreeBits().Should().Equal(alone.TreeBits());
    }

    [Fact]
    public void A_validation_set_alone_changes_nothing()
    {
        var recipe = new NewtonBoostingRegressor { Rounds = 6, Subsample = 0.7 };

        NewtonBoostingRegressionModel measured = recipe.Fit(Data.Regression, Other.Regression);
        NewtonBoostingRegressionModel alone = recipe.Fit(Data.Regression);

        Fitted.Of(measured).TreeBits().Should().Equal(Fitted.Of(alone).TreeBits());
        measured.History.RoundCount.Should().Be(6);
        alone.History.RoundCount.Should().Be(0);
        alone.History.BestRound.Should().BeNull();
        RootMeanSquaredError.Compute(Other.Targets, measured.Predict(Other.Table), Other.Weights)
            .Should().BeApproximately(measured.History.Validation()[5], 1e-12);
    }

    [Fact]
    public void Subsample_draws_other_rows_every_round()
    {
        var recipe = new NewtonBoostingRegressor { Rounds = 8, Subsample = 0.3 };
        int present = Data.Weights.Count(w => w > 0);

        NewtonBoostingRegressionModel model = recipe.Fit(Data.Regression);

        int[] counts = [.. model.Statistics.Select(statistics => statistics.RowCount(0))];
        counts.Should().OnlyContain(count => Math.Abs(count - (0.3 * present)) < 5 * Math.Sqrt(0.21 * present));
        counts.Distinct().Count().Should().BeGreaterThan(3);
        Fitted.Of((recipe with { Seed = 5 }).Fit(Data.Regression)).TreeBits().Should().NotEqual(Fitted.Of(model).TreeBits());
        new NewtonBoostingRegressor { Rounds = 1, Subsample = 1e-9 }.Fit(Data.Regression).Statistics[0].RowCount(0).Should().Be(1);
    }

    [Fact]
    public void Columns_by_tree_are_all_that_a_tree_uses()
    {
        NewtonBoostingRegressionModel model = new NewtonBoostingRegressor { Rounds = 30, ColumnSampleByTree = 0.5 }.Fit(Data.Regression);

        int[][] used = [.. model.Trees.Select(tree => Enumerable.Range(0, tree.InnerCount).Select(tree.Feature).Distinct().Order().ToArray())];
        used.Should().OnlyContain(features => features.Length <= 2);
        used.SelectMany(features => features).Distinct().Should().HaveCount(4);
    }

    [Fact]
    public void The_scale_of_positive_rows_is_a_weight()
    {
        ContractData two = Data with { Targets = Array.ConvertAll(Data.Targets, y => Math.Min(y, 1)) };
        var names = new ClassLabels(["no", "yes"]);
        int[] labels = Array.ConvertAll(two.Targets, y => (int)y);
        double[] scaled = [.. Data.Weights.Select((w, r) => labels[r] == 1 ? 3 * w : w)];
        var recipe = new NewtonBoostingClassifier { Rounds = 4 };

        NewtonBoostingClassificationModel model = (recipe with { ScalePositiveWeight = 3 })
            .Fit(ClassificationDataset.FromIndices(two.Table, names, labels, two.Weights));
        NewtonBoostingClassificationModel weighted = recipe.Fit(ClassificationDataset.FromIndices(two.Table, names, labels, scaled));

        model.Trees.Should().HaveCount(4, "two classes need one tree a round");
        Fitted.Of(model).TreeBits().Should().Equal(Fitted.Of(weighted).TreeBits());
    }

    [Fact]
    public void A_row_of_whole_weight_is_as_many_rows()
    {
        ContractData data = ContractData.Mixed(200);
        int[] repeated = [.. Enumerable.Range(0, 200).SelectMany(r => Enumerable.Repeat(r, 1 + (r % 3)))];
        double[] weights = [.. Enumerable.Range(0, 200).Select(r => 1.0 + (r % 3))];
        var recipe = new NewtonBoostingClassifier { Rounds = 3, MaxDepth = 3, MinChildWeight = 2 };

        double[] ofWeights = LearnerCase.Fit(recipe, data with { Weights = weights }).PredictGrid();
        double[] ofRows = LearnerCase.Fit(recipe, data.SelectRows(repeated)).PredictGrid();

        // Gradients are 32-bit floats.
        ofWeights.Should().Equal(ofRows, (a, b) => Math.Abs(a - b) < 1e-6);
    }

    [Fact]
    public void Importances_count_what_they_say()
    {
        NewtonBoostingRegressionModel model = new NewtonBoostingRegressor { Rounds = 10 }.Fit(Data.Regression);

        double[] weight = model.FeatureImportances(BoostingImportance.Weight);
        double[] gain = model.FeatureImportances(BoostingImportance.Gain);
        double[] totalGain = model.FeatureImportances(BoostingImportance.TotalGain);
        double[] cover = model.FeatureImportances(BoostingImportance.Cover);
        double[] totalCover = model.FeatureImportances(BoostingImportance.TotalCover);

        weight.Sum().Should().Be(model.Trees.Sum(tree => tree.InnerCount));
        totalGain.Sum().Should().BeApproximately(
            model.Statistics.Select((s, t) => Enumerable.Range(0, model.Trees[t].InnerCount).Sum(s.Gain)).Sum(), 1e-9);
        for (int f = 0; f < 4; f++)
        {
            totalGain[f].Should().BeApproximately(weight[f] * gain[f], 1e-9);
            totalCover[f].Should().BeApproximately(weight[f] * cover[f], 1e-9);
            model.FeatureImportances()[f].Should().BeApproximately(totalGain[f] / totalGain.Sum(), 1e-12);
        }
    }

    [Fact]
    public void What_cannot_work_is_refused_before_any_work()
    {
        ((Action)(() => new NewtonBoostingClassifier { EarlyStoppingRounds = 3 }.Fit(Data.Classification)))
            .Should().Throw<ArgumentException>().WithMessage("*validation set*");
        ((Action)(() => new NewtonBoostingClassifier { ScalePositiveWeight = 3 }.Fit(Data.Classification)))
            .Should().Throw<ArgumentException>().WithMessage("*two classes; there are 3*");
        ClassificationDataset two = ClassificationDataset.FromIndices(
            FeatureTable.FromRows(new double[2, 1]), new ClassLabels(["no", "yes"]), [0, 1]);
        ((Action)(() => new NewtonBoostingClassifier { BaseScore = 1 }.Fit(two)))
            .Should().Throw<ArgumentException>().WithMessage("*between 0 and 1*");
        ((Action)(() => new NewtonBoostingClassifier().Fit(Data.Classification, two)))
            .Should().Throw<ArgumentException>().WithMessage("*classes*");
        RegressionDataset narrow = Other.Regression.SelectColumns([0, 1]);
        ((Action)(() => new NewtonBoostingRegressor().Fit(Data.Regression, narrow)))
            .Should().Throw<ArgumentException>().WithMessage("*'few'*");
        RegressionDataset huge = RegressionDataset.Create(FeatureTable.FromRows(new double[2, 1]), [1e60, -1e60]);
        ((Action)(() => new NewtonBoostingRegressor().Fit(huge))).Should().Throw<ArgumentException>().WithMessage("*32-bit floats*");
    }
}
