using Ensembles.Calibration;
using Ensembles.Metrics;
using Ensembles.Numerics;

namespace Ensembles.Tests.Calibration;

public class CalibratorTests
{
    /// <summary>With every score alike nothing but the share of the (smoothed) positives is learned: (3·4/5 + 1/3)/4.</summary>
    [Fact]
    public void Scores_that_are_all_alike_give_the_mean_of_the_targets()
    {
        PlattScaling platt = PlattScaling.Fit([1, 1, 1, 0], [5, 5, 5, 5]);

        platt.Slope.Should().Be(0);
        platt.Predict(123).Should().BeApproximately(((3 * 0.8) + (1 / 3.0)) / 4, 1e-9);
    }

    /// <summary>Two scores and two numbers: the probability at each is the mean of its targets.</summary>
    [Fact]
    public void Two_scores_are_met_exactly()
    {
        // Four positives have the target 5/6, six others 1/8.
        int[] labels = [0, 0, 0, 0, 1, 0, 0, 1, 1, 1];
        double[] scores = [-1, -1, -1, -1, -1, 7, 7, 7, 7, 7];

        PlattScaling platt = PlattScaling.Fit(labels, scores);

        platt.Predict(-1).Should().BeApproximately(((5 / 6.0) + (4 / 8.0)) / 5, 1e-9);
        platt.Predict(7).Should().BeApproximately(((3 * 5 / 6.0) + (2 / 8.0)) / 5, 1e-9);
    }

    [Fact]
    public void Rows_of_weight_count_as_many_rows()
    {
        int[] labels = [0, 1, 0, 1, 1];
        double[] scores = [0.1, 0.3, 0.35, 0.7, 0.9];
        double[] weights = [3, 1, 2, 0, 2];
        int[] repeated = [0, 0, 0, 1, 2, 2, 4, 4];
        int[] labelsOfMany = Array.ConvertAll(repeated, r => labels[r]);
        double[] scoresOfMany = Array.ConvertAll(repeated, r => scores[r]);

        PlattScaling one = PlattScaling.Fit(labels, scores, weights);
        PlattScaling many = PlattScaling.Fit(labelsOfMany, scoresOfMany);
        one.Slope.Should().BeApproximately(many.Slope, 1e-7);
        one.Intercept.Should().BeApproximately(many.Intercept, 1e-7);
        IsotonicRegression isotonic = IsotonicRegression.Fit(scores, Array.ConvertAll(labels, y => (double)y), weights);
        IsotonicRegression isotonicOfMany = IsotonicRegression.Fit(scoresOfMany, Array.ConvertAll(labelsOfMany, y => (double)y));
        isotonic.X.ToArray().Should().Equal(isotonicOfMany.X.ToArray());
        isotonic.Y.ToArray().Should().Equal(isotonicOfMany.Y.ToArray());
    }

    [Fact]
    public void Violators_are_pooled()
    {
        IsotonicRegression function = IsotonicRegression.Fit([1, 2, 3, 4, 5, 6], [1, 3, 2, 4, 3.5, 9]);

        function.X.ToArray().Should().Equal(1, 2, 3, 4, 5, 6);
        function.Y.ToArray().Should().Equal(1, 2.5, 2.5, 3.75, 3.75, 9);
        function.Predict(0).Should().Be(1);
        function.Predict(1.5).Should().Be(1.75);
        function.Predict(2.5).Should().Be(2.5);
        function.Predict(7).Should().Be(9);
        IsotonicRegression.Fit([2, 1, 2], [4, 5, 0]).Y.ToArray().Should().AllBeEquivalentTo(3.0, "the rows at 2 are one, of mean 2");
    }

    /// <summary>Against the least squares over all ways to part six rows in pools.</summary>
    [Fact]
    public void No_rising_function_is_nearer()
    {
        var random = new RandomStream(5);
        double[] x = [1, 2, 3, 4, 5, 6];
        for (int trial = 0; trial < 50; trial++)
        {
            double[] y = Array.ConvertAll(x, _ => random.NextDouble());
            double[] w = Array.ConvertAll(x, _ => 0.5 + random.NextDouble());

            IsotonicRegression function = IsotonicRegression.Fit(x, y, w);

            double best = Enumerable.Range(0, 1 << 5).Min(cuts => LossOfPools(cuts, y, w));
            Enumerable.Range(0, 6).Sum(i => w[i] * Math.Pow(y[i] - function.Predict(x[i]), 2)).Should().BeApproximately(best, 1e-12);
        }

        static double LossOfPools(int cuts, double[] y, double[] w)
        {
            double loss = 0;
            double last = double.NegativeInfinity;
            for (int first = 0; first < 6;)
            {
                int end = first + 1;
                while (end < 6 && (cuts & (1 << (end - 1))) == 0)
                {
                    end++;
                }

                double mean = Enumerable.Range(first, end - first).Sum(i => w[i] * y[i]) / w[first..end].Sum();
                if (mean < last)
                {
                    return double.PositiveInfinity;
                }

                last = mean;
                loss += Enumerable.Range(first, end - first).Sum(i => w[i] * Math.Pow(y[i] - mean, 2));
                first = end;
            }

            return loss;
        }
    }

    [Fact]
    public void The_temperature_of_probabilities_that_are_too_sure_is_found_again()
    {
        var random = new RandomStream(11);
        const int rows = 20_000;
        var probabilities = new double[rows * 3];
        var labels = new int[rows];
        for (int r = 0; r < rows; r++)
        {
            // The true probabilities, and what one says who takes their logarithms two and a half times.
            Span<double> row = probabilities.AsSpan(r * 3, 3);
            double[] scores = [random.NextGaussian(), random.NextGaussian(), random.NextGaussian()];
            double sum = scores.Sum(Math.Exp);
            double u = random.NextDouble() * sum;
            labels[r] = u < Math.Exp(scores[0]) ? 0 : u < Math.Exp(scores[0]) + Math.Exp(scores[1]) ? 1 : 2;
            double sharp = scores.Sum(s => Math.Exp(2.5 * s));
            for (int k = 0; k < 3; k++)
            {
                row[k] = Math.Exp(2.5 * scores[k]) / sharp;
            }
        }

        TemperatureScaling scaling = TemperatureScaling.Fit(labels, probabilities, 3);

        scaling.Temperature.Should().BeApproximately(2.5, 0.1);
        double before = LogLoss.Compute(labels, probabilities, 3);
        for (int r = 0; r < rows; r++)
        {
            scaling.Apply(probabilities.AsSpan(r * 3, 3));
        }

        LogLoss.Compute(labels, probabilities, 3).Should().BeLessThan(before - 0.1);
        foreach (double other in new[] { 0.99, 1.01 })
        {
            double[] changed = [.. probabilities];
            var twice = new TemperatureScaling(other, 0);
            for (int r = 0; r < rows; r++)
            {
                twice.Apply(changed.AsSpan(r * 3, 3));
            }

            LogLoss.Compute(labels, changed, 3).Should().BeGreaterThan(LogLoss.Compute(labels, probabilities, 3));
        }
    }

    [Fact]
    public void Predictions_that_are_always_right_stay_as_they_are()
    {
        TemperatureScaling scaling = TemperatureScaling.Fit([0, 1, 1], [1, 0, 0, 1, 0, 1], 2);

        scaling.Temperature.Should().BeApproximately(1, 1e-9);
    }

    [Fact]
    public void What_cannot_be_learned_from_is_refused()
    {
        ((Action)(() => PlattScaling.Fit([0, 2], [1, 2]))).Should().Throw<ArgumentException>().WithMessage("Row 1*");
        ((Action)(() => PlattScaling.Fit([0, 1], [1, double.NaN]))).Should().Throw<ArgumentException>().WithMessage("Row 1*finite*");
        ((Action)(() => IsotonicRegression.Fit([1, 2], [0]))).Should().Throw<ArgumentException>();
        ((Action)(() => TemperatureScaling.Fit([0], [0.4, 0.4], 2))).Should().Throw<ArgumentException>().WithMessage("Row 0*add up*");
    }
}
