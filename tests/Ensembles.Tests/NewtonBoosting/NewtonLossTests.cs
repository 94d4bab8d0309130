using Ensembles.Data;
using Ensembles.Datasets;
using Ensembles.Learners;
using Ensembles.NewtonBoosting;

namespace Ensembles.Tests.NewtonBoosting;

public class NewtonLossTests
{
    private static readonly RegressionDataset Numbers = SyntheticData.Friedman1(400, 3, noise: 1);

    private static readonly RegressionDataset Counts = Numbers.WithTargets(y => Math.Floor(Math.Abs(y) / 4));

    private static readonly RegressionDataset Shares = Numbers.WithTargets(y => Math.Clamp(y / 30, 0, 1));

    private static readonly NewtonLoss LogCosh = NewtonLoss.Of("log-cosh", (target, score) =>
    {
        double slope = 1 - (2 / (1 + Math.Exp(2 * (score - target))));
        return (slope, 1 - (slope * slope));
    });

    public static TheoryData<string> Names => ["Poisson", "Gamma", "Tweedie", "Logistic", "PseudoHuber", "own"];

    [Theory]
    [MemberData(nameof(Names))]
    public void Boosting_starts_where_the_gradients_sum_to_nothing_and_makes_the_loss_smaller(string name)
    {
        (NewtonLoss loss, RegressionDataset data) = Case(name);
        RegressionDataset weighted = data.WithWeights([.. Enumerable.Range(0, data.RowCount).Select(r => 0.5 + (r % 4))]);

        NewtonBoostingRegressionModel model = new NewtonBoostingRegressor { Loss = loss, Rounds = 30 }.Fit(weighted);

        double[] start = [.. Enumerable.Repeat(model.BaseScore, data.RowCount)];
        double[] end = [.. model.RawScores(data.Features).Cast<double>()];
        Steepness(loss, weighted, start).Sum().Should().BeApproximately(0, 1e-6);
        Steepness(loss, weighted, end).Sum(Math.Abs).Should().BeLessThan(0.6 * Steepness(loss, weighted, start).Sum(Math.Abs));
        model.Predict(data.Features).Should().Equal(end.Select(loss.ToPrediction));
        model.StagedPredictions(data.Features).Last().Should().Equal(model.Predict(data.Features));
        model.Predict(data.Features).Should().OnlyContain(value => Math.Abs(loss.ToPrediction(loss.ToScore(value)) - value) < 1e-9);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Threads_and_continuation_change_no_bit(string name)
    {
        (NewtonLoss loss, RegressionDataset data) = Case(name);
        var recipe = new NewtonBoostingRegressor { Loss = loss, Rounds = 8, Subsample = 0.7 };

        double[] atOnce = recipe.Fit(data, new FitOptions { Threads = 1 }).Predict(data.Features);

        recipe.Fit(data, new FitOptions { Threads = 4 }).Predict(data.Features).Should().Equal(atOnce);
        (recipe with { Rounds = 5 }).Fit(data).Continue(data, 3).Predict(data.Features).Should().Equal(atOnce);
    }

    [Fact]
    public void The_start_is_found_wherever_the_targets_are()
    {
        NewtonLoss[] losses = [NewtonLoss.PseudoHuber(5), NewtonLoss.Poisson, NewtonLoss.Gamma, NewtonLoss.Tweedie(), LogCosh];
        for (int rows = 1; rows <= 60; rows++)
        {
            foreach (double size in (double[])[1e-3, 1, 40])
            {
                RegressionDataset data = Numbers.SelectRows([.. Enumerable.Range(0, rows)]).WithTargets(y => size * (Math.Abs(y) + 0.1));
                foreach (NewtonLoss loss in losses)
                {
                    double start = new NewtonBoostingRegressor { Loss = loss, Rounds = 1 }.Fit(data).BaseScore;

                    loss.ToPrediction(start).Should().BeInRange(data.Targets.ToArray().Min() - 1e-9, data.Targets.ToArray().Max() + 1e-9);
                }
            }
        }
    }

    [Fact]
    public void Ones_own_squared_error_is_the_squared_error()
    {
        var recipe = new NewtonBoostingRegressor { Rounds = 20 };
        double[] expected = recipe.Fit(Numbers).Predict(Numbers.Features);

        double[] own = (recipe with { Loss = NewtonLoss.Of("own", (y, score) => (score - y, 1)) }).Fit(Numbers).Predict(Numbers.Features);

        own.Should().Equal(expected, (a, b) => Math.Abs(a - b) < 1e-4);
    }

    [Fact]
    public void Counts_are_measured_by_their_deviance()
    {
        (RegressionDataset train, RegressionDataset test) = Counts.Split(0.7, seed: 1);

        NewtonBoostingRegressionModel model = new NewtonBoostingRegressor { Loss = NewtonLoss.Poisson, Rounds = 20 }.Fit(train, test);

        model.History.Metrics.Should().Equal(Ensembles.Metrics.RegressionMetric.MeanPoissonDeviance);
        model.History.Validation()[^1].Should().BeLessThan(model.History.Validation()[0]);
    }

    [Fact]
    public void What_a_loss_must_not_give_is_refused_with_the_row()
    {
        RegressionDataset data = Numbers;
        Refused(NewtonLoss.Of("hollow", (y, score) => (score - y, y == data.Targets[7] ? -1 : 1)), data, "Row 7: hollow*hessian -1*");
        Refused(NewtonLoss.Of("lost", (y, score) => (y == data.Targets[3] ? double.NaN : 1, 1)), data, "Row 3: lost*gradient NaN*");
        Refused(new Unwritten(), data, "Row 0: *NaN*");
        Refused(NewtonLoss.Poisson, data.WithTargets(y => y - 12), "Row *: the targets of*Poisson* must be at least 0; this one is -*");
        Refused(NewtonLoss.Gamma, Counts, "Row *: the targets of*must be above 0; this one is 0.");
        Refused(NewtonLoss.Logistic, data, "*from 0 to 1*");
    }

    [Fact]
    public void What_cannot_work_together_is_refused()
    {
        NewtonBoostingRegressionModel counts = new NewtonBoostingRegressor { Loss = NewtonLoss.Poisson, Rounds = 2 }.Fit(Counts);
        Action otherLoss = () => new NewtonBoostingRegressor().Continue(counts, Counts);
        Action noMean = () => new NewtonBoostingRegressor { Loss = NewtonLoss.Poisson, BaseScore = -1 }.Fit(Counts);
        Action power = () => NewtonLoss.Tweedie(2);
        Action slope = () => NewtonLoss.PseudoHuber(0);
        Action none = () => _ = new NewtonBoostingRegressor { Loss = null! };

        otherLoss.Should().Throw<ArgumentException>().WithMessage("*Poisson*Squared*");
        noMean.Should().Throw<ArgumentException>().WithMessage("BaseScore*-1*");
        power.Should().Throw<ArgumentOutOfRangeException>().WithParameterName("variancePower");
        slope.Should().Throw<ArgumentOutOfRangeException>().WithParameterName("slope");
        none.Should().Throw<ArgumentNullException>().WithParameterName("Loss");
        NewtonLoss.Tweedie(1.3).Should().Be(NewtonLoss.Tweedie(1.3)).And.NotBe(NewtonLoss.Tweedie());
    }

    private static (NewtonLoss Loss, RegressionDataset Data) Case(string name) => name switch
    {
        "Poisson" => (NewtonLoss.Poisson, Counts),
        "Gamma" => (NewtonLoss.Gamma, Numbers.WithTargets(y => Math.Abs(y) + 0.1)),
        "Tweedie" => (NewtonLoss.Tweedie(1.3), Counts),
        "Logistic" => (NewtonLoss.Logistic, Shares),
        "PseudoHuber" => (NewtonLoss.PseudoHuber(2), Numbers),
        _ => (LogCosh, Numbers),
    };

    private static double[] Steepness(NewtonLoss loss, RegressionDataset data, double[] scores)
    {
        var gradients = new double[scores.Length];
        var hessians = new double[scores.Length];
        loss.Differentiate(data.Targets, scores, gradients, hessians);
        return [.. gradients.Select((gradient, r) => gradient * data.Weights[r])];
    }

    private static void Refused(NewtonLoss loss, RegressionDataset data, string message)
    {
        Action fit = () => new NewtonBoostingRegressor { Loss = loss, Rounds = 3 }.Fit(data, new FitOptions { Threads = 1 });
        fit.Should().Throw<ArgumentException>().WithMessage(message);
    }

    private sealed record Unwritten : NewtonLoss
    {
        public override void Differentiate(
            ReadOnlySpan<double> targets, ReadOnlySpan<double> scores, Span<double> gradients, Span<double> hessians)
        {
        }
    }
}

/// <summary>Other targets for the same rows.</summary>
file static class OtherTargets
{
    public static RegressionDataset WithTargets(this RegressionDataset data, Func<double, double> target) =>
        RegressionDataset.Create(data.Features, [.. data.Targets.ToArray().Select(target)]);
}
