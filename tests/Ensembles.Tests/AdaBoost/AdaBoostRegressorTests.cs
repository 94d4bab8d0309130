using Ensembles.AdaBoost;
using Ensembles.Data;
using Ensembles.Datasets;
using Ensembles.Metrics;
using Ensembles.Trees;

namespace Ensembles.Tests.AdaBoost;

public class AdaBoostRegressorTests
{
    private static RegressionDataset Diabetes { get; } = SampleData.Diabetes();

    /// <summary>The rounds worked out again from what the members predict, in the symbols of the paper.</summary>
    [Theory]
    [InlineData(AdaBoostLoss.Linear, 1)]
    [InlineData(AdaBoostLoss.Square, 1)]
    [InlineData(AdaBoostLoss.Exponential, 1)]
    [InlineData(AdaBoostLoss.Linear, 0.3)]
    public void Errors_and_weights_of_members_follow_the_paper(AdaBoostLoss loss, double rate)
    {
        double[] weights = [.. Enumerable.Range(0, Diabetes.RowCount).Select(r => 1.0 + (r % 3))];
        RegressionDataset data = Diabetes.WithWeights(weights);

        AdaBoostRegressionModel model = new AdaBoostRegressor { Rounds = 12, Loss = loss, LearningRate = rate, Seed = 5 }.Fit(data);

        double[] p = [.. weights.Select(w => w / weights.Sum())];
        for (int m = 0; m < model.Members.Count; m++)
        {
            double[] error = [.. model.Members[m].Predict(data.Features).Zip(data.Targets.ToArray(), (y, t) => Math.Abs(y - t))];
            double[] l = [.. error.Select(e => e / error.Max()).Select(r => loss switch
            {
                AdaBoostLoss.Square => r * r,
                AdaBoostLoss.Exponential => 1 - Math.Exp(-r),
                _ => r,
            })];
            double mean = l.Zip(p, (a, b) => a * b).Sum();
            double beta = mean / (1 - mean);
            model.MemberErrors[m].Should().BeApproximately(mean, 1e-12);
            model.MemberWeights[m].Should().BeApproximately(rate * Math.Log(1 / beta), 1e-11);
            p = [.. p.Zip(l, (w, row) => w * Math.Pow(beta, rate * (1 - row)))];
            p = [.. p.Select(w => w / p.Sum())];
        }

        double[] first = Diabetes.Features.Row(0);
        double half = model.MemberWeights.Sum() / 2;
        double[] values = [.. model.Members.Select(member => member.Predict(first))];
        double WeightUpTo(double y) => values.Zip(model.MemberWeights).Where(member => member.First <= y).Sum(member => member.Second);
        model.Predict(first).Should().Be(values.Where(y => WeightUpTo(y) >= half).Min());
    }

    [Fact]
    public void The_median_is_weighted()
    {
        RegressionDataset train = SyntheticData.Friedman1(300, noise: 1, seed: 1);
        AdaBoostRegressionModel model = new AdaBoostRegressor { Rounds = 30 }.Fit(train);
        double[] predicted = model.Predict(train.Features);

        double[] plain = [.. Enumerable.Range(0, train.RowCount).Select(r =>
            model.Members.Select(member => member.Predict(train.Features.Row(r))).Order().ElementAt((model.Members.Count - 1) / 2))];

        predicted.Should().NotEqual(plain);
    }

    [Fact]
    public void It_is_better_than_a_single_tree()
    {
        RegressionDataset train = SyntheticData.Friedman1(500, noise: 1, seed: 1);
        RegressionDataset test = SyntheticData.Friedman1(2000, noise: 1, seed: 2);
        DecisionTreeRegressionModel tree = new DecisionTreeRegressor { MaxDepth = 3 }.Fit(train);
        double single = MeanSquaredError.Compute(test.Targets, tree.Predict(test.Features));

        double boosted = MeanSquaredError.Compute(test.Targets, new AdaBoostRegressor().Fit(train).Predict(test.Features));

        boosted.Should().BeLessThan(0.6 * single);
    }

    [Fact]
    public void Stages_end_with_the_prediction()
    {
        (RegressionDataset train, RegressionDataset test) = Diabetes.Split(0.7, seed: 1);
        AdaBoostRegressionModel model = new AdaBoostRegressor { Rounds = 20 }.Fit(train);

        double[][] stages = [.. model.StagedPredictions(test.Features)];

        stages.Should().HaveCount(model.Members.Count);
        stages[0].Should().Equal(model.Members[0].Predict(test.Features));
        stages[^1].Should().Equal(model.Predict(test.Features));
        double[][] again = [.. model.StagedPredictions(test.Features)];
        again[5].Should().Equal(stages[5]);
    }

    [Fact]
    public void Early_stopping_keeps_the_rounds_up_to_the_best()
    {
        (RegressionDataset train, RegressionDataset validation) = Diabetes.Split(0.6, seed: 2);
        var recipe = new AdaBoostRegressor { Rounds = 100 };

        AdaBoostRegressionModel all = recipe.Fit(train, validation);
        AdaBoostRegressionModel stopped = (recipe with { EarlyStoppingRounds = 4 }).Fit(train, validation);

        all.History.Validation().Should().Equal(all.StagedPredictions(validation.Features)
            .Select(stage => RootMeanSquaredError.Compute(validation.Targets, stage)));
        int best = stopped.History.BestRound!.Value;
        stopped.History.Validation().Should().Equal(all.History.Validation().Take(best + 5));
        stopped.Members.Should().HaveCount(best + 1);
        stopped.History.BestScore.Should().Be(stopped.History.Validation().Min());
    }

    [Fact]
    public void A_first_member_of_too_great_an_error_is_the_only_one()
    {
        // Of one leaf: half of the targets are as far from its value as any.
        RegressionDataset data = RegressionDataset.Create(FeatureTable.FromColumns([new[] { 1.0, 1, 1, 1 }]), [0, 0, 1, 1]);

        AdaBoostRegressionModel model = new AdaBoostRegressor { BoostBy = BoostBy.Reweighting }.Fit(data);

        model.MemberErrors.Should().Equal(1);
        model.MemberWeights.Should().Equal(1);
        model.Predict(data.Features).Should().OnlyContain(value => value == 0.5);
    }

    [Fact]
    public void A_member_without_errors_is_the_last()
    {
        RegressionDataset data = RegressionDataset.Create(FeatureTable.FromColumns([new[] { 1.0, 2, 3, 4 }]), [5, 5, 7, 7]);

        AdaBoostRegressionModel model = new AdaBoostRegressor { BoostBy = BoostBy.Reweighting }.Fit(data);

        model.MemberErrors.Should().Equal(0);
        model.MemberWeights.Should().Equal(1);
        model.Predict(data.Features).Should().Equal(5, 5, 7, 7);
    }

    [Fact]
    public void Early_stopping_without_a_validation_set_is_refused() =>
        ((Action)(() => new AdaBoostRegressor { EarlyStoppingRounds = 3 }.Fit(Diabetes)))
            .Should().Throw<ArgumentException>().WithMessage("EarlyStoppingRounds needs a validation set*");
}
