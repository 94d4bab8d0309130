using Ensembles.Data;
using Ensembles.Learners;
using Ensembles.LinearBoosting;
using Ensembles.Metrics;
using Ensembles.Tests.Contracts;
using Ensembles.Tests.NewtonBoosting;
using MathNet.Numerics.LinearAlgebra;

namespace Ensembles.Tests.LinearBoosting;

public class LinearBoostingTests
{
    private static readonly ContractData Data = NewtonFits.Draw(900);
    private static readonly ContractData Other = NewtonFits.Draw(500, seed: 9);

    [Fact]
    public void Ridge_regression_reaches_the_closed_form()
    {
        (double[,] x, double[] y, double[] w) = Numbers();
        const double L2 = 0.3;

        LinearBoostingRegressionModel model = new LinearBoostingRegressor { Rounds = 400, LearningRate = 1, L2 = L2 }
            .Fit(RegressionDataset.Create(FeatureTable.FromRows(x), y, w));

        // The intercept has no penalty: a column of ones, and a zero on the diagonal.
        Matrix<double> design = Matrix<double>.Build.Dense(y.Length, 5, (r, c) => c < 4 ? x[r, c] : 1);
        Matrix<double> weights = Matrix<double>.Build.DiagonalOfDiagonalArray(w);
        Matrix<double> penalty = Matrix<double>.Build.Diagonal(5, 5, c => c < 4 ? L2 * w.Sum() : 0);
        Vector<double> expected = ((design.TransposeThisAndMultiply(weights) * design) + penalty)
            .Solve(design.TransposeThisAndMultiply(weights) * Vector<double>.Build.DenseOfArray(y));
        double[] found = [.. Enumerable.Range(0, 4).Select(f => model.Coefficients(f)[0]), model.Intercept];
        found.Should().Equal(expected, (a, b) => Math.Abs(a - b) < 1e-5);
    }

    /// <summary>Of |∂/∂w| the penalty bounds those of zeros and is that of the others, with the opposite sign.</summary>
    [Fact]
    public void The_lasso_meets_its_optimality_conditions()
    {
        (double[,] x, double[] y, double[] w) = Numbers();
        const double L1 = 0.6;

        LinearBoostingRegressionModel model = new LinearBoostingRegressor { Rounds = 400, LearningRate = 1, L1 = L1 }
            .Fit(RegressionDataset.Create(FeatureTable.FromRows(x), y, w));

        double[] predictions = model.Predict(FeatureTable.FromRows(x));
        double limit = L1 * w.Sum();
        var signs = new List<int>();
        for (int f = 0; f < 4; f++)
        {
            double slope = Enumerable.Range(0, y.Length).Sum(r => w[r] * x[r, f] * (predictions[r] - y[r]));
            double coefficient = model.Coefficients(f)[0];
            signs.Add(Math.Sign(coefficient));
            (coefficient == 0 ? Math.Max(0, Math.Abs(slope) - limit) : slope + (Math.Sign(coefficient) * limit))
                .Should().BeApproximately(0, 1e-3 * limit);
        }

        signs.Should().Contain(0).And.Contain(1);
        Enumerable.Range(0, y.Length).Sum(r => w[r] * (predictions[r] - y[r])).Should().BeApproximately(0, 1e-3);
    }

    [Theory]
    [InlineData(FeatureSelector.Cyclic)]
    [InlineData(FeatureSelector.Shuffle)]
    [InlineData(FeatureSelector.Random)]
    [InlineData(FeatureSelector.Greedy)]
    [InlineData(FeatureSelector.Thrifty)]
    public void Every_order_ends_at_the_same_optimum_and_goes_on_where_it_was(FeatureSelector selector)
    {
        (double[,] x, double[] y, double[] w) = Numbers();
        RegressionDataset data = RegressionDataset.Create(FeatureTable.FromRows(x), y, w);
        var recipe = new LinearBoostingRegressor { Rounds = 300, L2 = 0.1, L1 = 0.05, FeatureSelector = selector, Seed = 4 };

        LinearBoostingRegressionModel model = recipe.Fit(data);
        LinearBoostingRegressionModel twice = (recipe with { Rounds = 100 }).Fit(data).Continue(data, 200, new FitOptions { Threads = 2 });

        LinearBoostingRegressionModel cyclic = new LinearBoostingRegressor { Rounds = 400, L2 = 0.1, L1 = 0.05 }.Fit(data);
        for (int f = 0; f < 4; f++)
        {
            model.Coefficients(f)[0].Should().BeApproximately(cyclic.Coefficients(f)[0], 1e-5);
        }

        Fitted.Of(twice).TreeBits().Should().Equal(Fitted.Of(model).TreeBits());
        twice.Recipe.Should().Be(model.Recipe);
    }

    [Fact]
    public void Early_stopping_keeps_the_best_round()
    {
        var recipe = new LinearBoostingClassifier
        {
            Rounds = 200,
            LearningRate = 1,
            EarlyStoppingRounds = 2,
            EvaluationMetrics = [ClassificationMetric.Accuracy, ClassificationMetric.LogLoss],
            EvaluateTraining = true,
        };

        LinearBoostingClassificationModel model = recipe.Fit(Data.Classification, Other.Classification);

        model.RoundCount.Should().Be(model.History.BestRound + 1).And.Be(model.History.RoundCount - 2);
        Accuracy.Compute(Other.Classification.Labels, model.PredictClasses(Other.Table), Other.Weights).Should().Be(model.History.BestScore);
        double[] training = [.. model.PredictProbabilities(Data.Table).Cast<double>()];
        LogLoss.Compute(Data.Classification.Labels, training, 3, Data.Weights)
            .Should().Be(model.History.Training(ClassificationMetric.LogLoss)[model.RoundCount - 1]);
    }

    [Fact]
    public void Many_rows_give_the_same_bits_at_any_number_of_threads()
    {
        ContractData many = NewtonFits.Draw(30_000);
        long[] Bits(int threads) => Fitted.Of(new LinearBoostingClassifier { Rounds = 3, L2 = 0.01 }
            .Fit(many.Classification, new FitOptions { Threads = threads })).TreeBits();

        foreach (int threads in new[] { 2, 3, 8 })
        {
            Bits(threads).Should().Equal(Bits(1));
        }
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        LinearBoostingRegressionModel model = new LinearBoostingRegressor { Rounds = 1 }.Fit(Data.Regression);
        RegressionDataset infinite = RegressionDataset.Create(FeatureTable.FromRows(new double[,] { { 1 }, { double.PositiveInfinity } }), [0, 1]);

        Refused(() => new LinearBoostingRegressor { TopFeatures = 2 }.Fit(Data.Regression), "TopFeatures needs*");
        Refused(() => new LinearBoostingRegressor().Fit(infinite), "*row 1*");
        Refused(() => model.Continue(Data.Regression.SelectColumns([0]), 1), "*other columns*");
        Refused(() => new LinearBoostingRegressor { BaseScore = 9 }.Continue(model, Data.Regression), "*another base score*");
        Refused(() => new LinearBoostingRegressor { EarlyStoppingRounds = 2 }.Fit(Data.Regression), "*validation set*");
        FluentActions.Invoking(() => new LinearBoostingRegressor { TopFeatures = 0 }).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => new LinearBoostingRegressor { L1 = -1 }).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => new LinearBoostingRegressor { L2 = double.NaN }).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => new LinearBoostingRegressor { LearningRate = 0 }).Should().Throw<ArgumentOutOfRangeException>();
    }

    private static void Refused(Action action, string message) => action.Should().Throw<ArgumentException>().WithMessage(message);

    /// <summary>Four columns that depend on each other; the fourth says nothing.</summary>
    private static (double[,] X, double[] Y, double[] W) Numbers()
    {
        var x = new double[300, 4];
        var y = new double[300];
        var w = new double[300];
        var random = new Ensembles.Numerics.RandomStream(11);
        for (int r = 0; r < 300; r++)
        {
            double common = random.NextDouble();
            for (int f = 0; f < 4; f++)
            {
                x[r, f] = (f + 1) * (random.NextDouble() + (f < 3 ? 0.5 * common : 0));
            }

            y[r] = 5 + (4 * x[r, 0]) - (2 * x[r, 1]) + (2 * x[r, 2]) + random.NextDouble();
            w[r] = 0.5 + random.NextDouble();
        }

        return (x, y, w);
    }
}
