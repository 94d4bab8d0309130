using Ensembles.Metrics;
using Ensembles.NewtonBoosting;
using Ensembles.Tests.Contracts;

namespace Ensembles.Tests.NewtonBoosting;

/// <summary>Boosting with dropout of trees.</summary>
public class DropoutTests
{
    private static readonly ContractData Data = NewtonFits.Draw(1500);
    private static readonly ContractData Other = NewtonFits.Draw(700, seed: 9);

    [Fact]
    public void Without_drops_nothing_changes()
    {
        var recipe = new NewtonBoostingRegressor { Rounds = 6, Subsample = 0.8 };
        long[] plain = Fitted.Of(recipe.Fit(Data.Regression)).TreeBits();

        NewtonBoostingRegressionModel none = (recipe with { Dropout = new Dropout { Rate = 0 } }).Fit(Data.Regression);
        NewtonBoostingRegressionModel skipped = (recipe with { Dropout = new Dropout { Rate = 1, SkipRate = 1, OneDrop = true } }).Fit(Data.Regression);

        Fitted.Of(none).TreeBits().Should().Equal(plain);
        Fitted.Of(skipped).TreeBits().Should().Equal(plain);
        none.TreeWeights.Should().OnlyContain(weight => weight == 1).And.HaveCount(6);
    }

    /// <summary>Where all is dropped in every round, a round fits what the base score leaves over: the same tree again.</summary>
    [Fact]
    public void Weights_by_hand()
    {
        var recipe = new NewtonBoostingRegressor { Rounds = 3, LearningRate = 0.5, Dropout = new Dropout { Rate = 1 } };

        NewtonBoostingRegressionModel tree = recipe.Fit(Data.Regression);
        NewtonBoostingRegressionModel forest = (recipe with { Dropout = new Dropout { Rate = 1, Normalization = DropoutNormalization.Forest } })
            .Fit(Data.Regression);

        // Round 2 drops one tree: 1/(1 + ½) for both; round 3 drops two: 2/(2 + ½) for them, 1/(2 + ½) for the third.
        double[] expected = [2.0 / 3 * 0.8, 2.0 / 3 * 0.8, 0.4];
        tree.TreeWeights.Should().Equal(expected, (a, b) => Math.Abs(a - b) < 1e-12);
        double[] ofForest = [4.0 / 9, 4.0 / 9, 2.0 / 3];
        forest.TreeWeights.Should().Equal(ofForest, (a, b) => Math.Abs(a - b) < 1e-12);
        double first = new NewtonBoostingRegressor { Rounds = 1, LearningRate = 0.5 }.Fit(Data.Regression).Trees[0].LeafValue(0)[0];
        tree.Trees.Select(t => t.LeafValue(0)[0] / first).Should().Equal(expected, (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Theory]
    [InlineData(DropoutSampling.Uniform)]
    [InlineData(DropoutSampling.Weighted)]
    public void Trees_are_dropped_at_their_rate(DropoutSampling sampling)
    {
        var dropout = new TreeDropout(new Dropout { Rate = 0.3, SkipRate = 0.25, Sampling = sampling }, seed: 5, learningRate: 0.1);
        List<double> weights = [1, 1, 0.5, 0.5, 0, 3];
        var counts = new double[6];
        const int Rounds = 20_000;
        int skipped = 0;
        for (int round = 0; round < Rounds; round++)
        {
            bool[] dropped = dropout.Draw(round, weights);
            skipped += dropped.Length == 0 ? 1 : 0;
            for (int t = 0; t < dropped.Length; t++)
            {
                counts[t] += dropped[t] ? 1.0 / Rounds : 0;
            }
        }

        for (int t = 0; t < 6; t++)
        {
            double rate = sampling == DropoutSampling.Uniform ? 0.3 : 0.3 * weights[t];
            counts[t].Should().BeApproximately(0.75 * rate, 0.02);
        }

        skipped.Should().BeGreaterThan((int)(0.24 * Rounds));
        dropout.Draw(3, weights).Should().Equal(dropout.Draw(3, weights), "a draw is a function of its round");
    }

    [Fact]
    public void One_is_dropped_where_none_was_drawn()
    {
        List<double> weights = [1, 2, 0, 1];
        foreach (DropoutSampling sampling in Enum.GetValues<DropoutSampling>())
        {
            var dropout = new TreeDropout(new Dropout { Rate = 0, OneDrop = true, Sampling = sampling }, seed: 1, learningRate: 0.1);
            int[] ones = [.. Enumerable.Range(0, 4000).Select(round => Array.IndexOf(dropout.Draw(round, weights), true))];

            for (int t = 0; t < 4; t++)
            {
                double share = sampling == DropoutSampling.Uniform ? 0.25 : weights[t] / 4;
                (ones.Count(one => one == t) / 4000.0).Should().BeApproximately(share, 0.03);
            }

            dropout.Draw(0, []).Should().BeEmpty("the first round has no tree to drop");
        }
    }

    [Fact]
    public void The_best_round_is_kept_as_it_was_and_not_as_later_rounds_scaled_it()
    {
        var recipe = new NewtonBoostingClassifier
        {
            Rounds = 60,
            LearningRate = 0.7,
            MaxDepth = 4,
            EarlyStoppingRounds = 4,
            EarlyStoppingMinDelta = 0.003,
            EvaluateTraining = true,
            Dropout = new Dropout { Rate = 0.3, OneDrop = true },
        };

        NewtonBoostingClassificationModel model = recipe.Fit(Data.Classification, Other.Classification);

        int best = model.History.BestRound!.Value;
        best.Should().BeLessThan(model.History.RoundCount - 1);
        double[] predicted = [.. model.PredictProbabilities(Other.Table).Cast<double>()];
        LogLoss.Compute(Other.Classification.Labels, predicted, 3, Other.Weights).Should().Be(model.History.BestScore);
        predicted = [.. model.PredictProbabilities(Data.Table).Cast<double>()];
        LogLoss.Compute(Data.Classification.Labels, predicted, 3, Data.Weights).Should().Be(model.History.Training()[best]);
        Fitted.Of(model).TreeBits().Should().Equal(
            Fitted.Of((recipe with { Rounds = best + 1, EarlyStoppingRounds = null, EarlyStoppingMinDelta = 0 }).Fit(Data.Classification)).TreeBits());
        model.TreeWeights.Should().HaveCount(model.Trees.Count).And.Contain(weight => weight < 1);
    }

    [Fact]
    public void Measuring_the_training_set_changes_nothing()
    {
        var recipe = new NewtonBoostingRegressor { Rounds = 12, Subsample = 0.5, Dropout = new Dropout { Rate = 0.4 } };

        Fitted.Of((recipe with { EvaluateTraining = true }).Fit(Data.Regression, Other.Regression)).TreeBits()
            .Should().Equal(Fitted.Of(recipe.Fit(Data.Regression)).TreeBits());
        Fitted.Of((recipe with { Seed = 3 }).Fit(Data.Regression)).TreeBits().Should().NotEqual(Fitted.Of(recipe.Fit(Data.Regression)).TreeBits());
    }
}
