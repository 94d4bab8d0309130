using Ensembles.Learners;
using Ensembles.Metrics;
using Ensembles.Numerics;
using MathNet.Numerics;
using MathNet.Numerics.Distributions;

namespace Ensembles.Evaluation;

/// <summary>
/// Whether one model is better than another on the same rows, or by chance. All tests are two-sided. (The p values come from the
/// distributions of MathNet.Numerics; they are the same on all machines up to the last digits.)
/// </summary>
public static class PairedTests
{
    private const int ExactRanks = 50;
    private const int ExactDisagreements = 25;

    /// <summary>
    /// The paired t test. Of folds it finds differences where there are none, because their training sets overlap: use
    /// <see cref="CorrectedT(ReadOnlySpan{double}, ReadOnlySpan{double}, double, double)"/>.
    /// </summary>
    /// <param name="first">The scores of one model.</param>
    /// <param name="second">Those of the other, of the same test sets in the same order; at least two.</param>
    /// <param name="confidence">The level of the interval, between 0 and 1 (default 0.95).</param>
    /// <exception cref="ArgumentException">There are fewer than two scores, not as many of both, or one is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The level is out of range.</exception>
    public static PairedTestResult T(ReadOnlySpan<double> first, ReadOnlySpan<double> second, double confidence = 0.95) =>
        StudentTest("paired t test", Differences(first, second, 2), 0, confidence);

    /// <summary>
    /// The paired t test with the variance that overlapping training sets ask for, s²·(1/n + n_test/n_train) (C. Nadeau and Y. Bengio 2003;
    /// of repeated folds R. Bouckaert and E. Frank 2004).
    /// </summary>
    /// <param name="first">The scores of one model.</param>
    /// <param name="second">Those of the other, of the same folds in the same order; at least two.</param>
    /// <param name="testRatio">The number of rows tested on for each row learned from, above 0: of k folds 1/(k − 1).</param>
    /// <param name="confidence">The level of the interval, between 0 and 1 (default 0.95).</param>
    /// <exception cref="ArgumentException">There are fewer than two scores, not as many of both, or one is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The ratio or the level is out of range.</exception>
    public static PairedTestResult CorrectedT(
        ReadOnlySpan<double> first, ReadOnlySpan<double> second, double testRatio, double confidence = 0.95)
    {
        if (!(testRatio > 0 && double.IsFinite(testRatio)))
        {
            throw new ArgumentOutOfRangeException(nameof(testRatio), testRatio, "testRatio must be above 0 and finite.");
        }

        return StudentTest("corrected t test", Differences(first, second, 2), testRatio, confidence);
    }

    /// <summary>The corrected t test of two cross-validations by the same folds.</summary>
    /// <typeparam name="TModel">The kind of the models.</typeparam>
    /// <typeparam name="TMetric">The kind of the metrics.</typeparam>
    /// <param name="first">One model.</param>
    /// <param name="second">The other.</param>
    /// <param name="metric">What is compared; null for the first metric.</param>
    /// <param name="confidence">The level of the interval, between 0 and 1 (default 0.95).</param>
    /// <exception cref="ArgumentException">The folds differ, there is only one, or the metric was not measured.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The level is out of range.</exception>
    public static PairedTestResult CorrectedT<TModel, TMetric>(
        CrossValidationResult<TModel, TMetric> first,
        CrossValidationResult<TModel, TMetric> second,
        TMetric? metric = null,
        double confidence = 0.95)
        where TModel : Model
        where TMetric : Metric
    {
        (MetricScores<TMetric> a, MetricScores<TMetric> b) = SameFolds(first, second, metric);
        return CorrectedT(a.Values, b.Values, a.TestRatio, confidence);
    }

    /// <summary>
    /// The 5×2 t test of five times two folds (T. Dietterich: Approximate Statistical Tests for Comparing Supervised Classification
    /// Learning Algorithms, 1998).
    /// </summary>
    /// <param name="first">The ten scores of one model: of both folds of the first time, of the second time, and so on.</param>
    /// <param name="second">Those of the other.</param>
    /// <exception cref="ArgumentException">There are not ten scores of both, or one is not finite.</exception>
    public static PairedTestResult FiveByTwoT(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        double[] differences = FiveByTwo(first, second, out double variances);
        double t = Ratio(differences[0], Math.Sqrt(variances / 5));
        return new PairedTestResult("5×2 t test", differences.Average(), t, TwoSidedT(t, 5)) { DegreesOfFreedom = 5 };
    }

    /// <summary>
    /// The 5×2 t test of two cross-validations by the same folds, those of <c>FoldPlan.Standard(2, seed).Repeat(5)</c>.
    /// </summary>
    /// <inheritdoc cref="CorrectedT{TModel, TMetric}"/>
    /// <param name="first">One model.</param>
    /// <param name="second">The other.</param>
    /// <param name="metric">What is compared; null for the first metric.</param>
    /// <exception cref="ArgumentException">The folds differ or are not five times two, or the metric was not measured.</exception>
    public static PairedTestResult FiveByTwoT<TModel, TMetric>(
        CrossValidationResult<TModel, TMetric> first, CrossValidationResult<TModel, TMetric> second, TMetric? metric = null)
        where TModel : Model
        where TMetric : Metric
    {
        (MetricScores<TMetric> a, MetricScores<TMetric> b) = SameFolds(first, second, metric);
        return FiveByTwoT(a.Values, b.Values);
    }

    /// <summary>
    /// The 5×2 F test, which takes all ten differences and so does not depend on their order (E. Alpaydın: Combined 5×2 cv F Test, 1999).
    /// </summary>
    /// <inheritdoc cref="FiveByTwoT(ReadOnlySpan{double}, ReadOnlySpan{double})"/>
    public static PairedTestResult FiveByTwoF(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        double[] differences = FiveByTwo(first, second, out double variances);
        double f = Ratio(differences.Sum(d => d * d), 2 * variances);

        // The upper tail of F(10, 5) as a beta function of 5/(5 + 10 F), exact where it is small.
        double p = double.IsPositiveInfinity(f) ? 0 : SpecialFunctions.BetaRegularized(2.5, 5, 5 / (5 + (10 * f)));
        return new PairedTestResult("5×2 F test", differences.Average(), f, p) { DegreesOfFreedom = 10 };
    }

    /// <summary>The 5×2 F test of two cross-validations by the same folds.</summary>
    /// <inheritdoc cref="FiveByTwoT{TModel, TMetric}"/>
    public static PairedTestResult FiveByTwoF<TModel, TMetric>(
        CrossValidationResult<TModel, TMetric> first, CrossValidationResult<TModel, TMetric> second, TMetric? metric = null)
        where TModel : Model
        where TMetric : Metric
    {
        (MetricScores<TMetric> a, MetricScores<TMetric> b) = SameFolds(first, second, metric);
        return FiveByTwoF(a.Values, b.Values);
    }

    /// <summary>
    /// The signed-rank test: whether the median difference is 0, without any assumption on the shape of the distribution (F. Wilcoxon 1945).
    /// Differences of 0 are left out; equal ones share their mean rank. The distribution is exact up to 50 differences, ties included, and
    /// normal beyond.
    /// </summary>
    /// <param name="first">The scores of one model.</param>
    /// <param name="second">Those of the other, of the same data sets (or folds) in the same order.</param>
    /// <exception cref="ArgumentException">There are no scores, not as many of both, or one is not finite.</exception>
    public static PairedTestResult WilcoxonSignedRank(ReadOnlySpan<double> first, ReadOnlySpan<double> second)
    {
        double[] all = Differences(first, second, 1);
        double[] differences = [.. all.Where(d => d != 0).OrderBy(Math.Abs)];
        int n = differences.Length;

        // Ranks twice over, so that those of ties are whole.
        var ranks = new int[n];
        double tieCubes = 0;
        for (int i = 0; i < n;)
        {
            int end = i;
            while (end < n && Math.Abs(differences[end]) == Math.Abs(differences[i]))
            {
                end++;
            }

            ranks.AsSpan(i, end - i).Fill(i + end + 1);
            double ties = end - i;
            tieCubes += (ties * ties * ties) - ties;
            i = end;
        }

        long positive = 0;
        long negative = 0;
        for (int i = 0; i < n; i++)
        {
            positive += differences[i] > 0 ? ranks[i] : 0;
            negative += differences[i] < 0 ? ranks[i] : 0;
        }

        long smaller = Math.Min(positive, negative);
        double p = n == 0 ? 1 : n <= ExactRanks ? ExactRankTail(ranks, smaller) : NormalRankTail(n, smaller / 2.0, tieCubes);
        return new PairedTestResult("Wilcoxon signed-rank test", all.Average(), smaller / 2.0, p);
    }

    /// <summary>
    /// McNemar's test of two classifiers on one test set: whether the rows that only the one gets right are as many as those that only the
    /// other does (Q. McNemar 1947). Below 25 such rows the binomial distribution is used, else χ² with the continuity correction (A. Edwards
    /// 1948).
    /// </summary>
    /// <param name="labels">The true class of each row.</param>
    /// <param name="first">What one classifier says.</param>
    /// <param name="second">What the other says.</param>
    /// <returns>The difference is that of the accuracies; the statistic is χ², or of the binomial test the smaller of the two numbers.</returns>
    /// <exception cref="ArgumentException">There are no rows, or lengths differ.</exception>
    public static PairedTestResult McNemar(ReadOnlySpan<int> labels, ReadOnlySpan<int> first, ReadOnlySpan<int> second)
    {
        MetricArguments.RequireRows(labels.Length, nameof(labels));
        MetricArguments.RequireLength(first.Length, labels.Length);
        MetricArguments.RequireLength(second.Length, labels.Length);
        int onlyFirst = 0;
        int onlySecond = 0;
        for (int r = 0; r < labels.Length; r++)
        {
            onlyFirst += first[r] == labels[r] && second[r] != labels[r] ? 1 : 0;
            onlySecond += first[r] != labels[r] && second[r] == labels[r] ? 1 : 0;
        }

        int both = onlyFirst + onlySecond;
        double difference = (double)(onlyFirst - onlySecond) / labels.Length;
        if (both < ExactDisagreements)
        {
            int smaller = Math.Min(onlyFirst, onlySecond);
            double tail = both == 0 ? 1 : Math.Min(1, 2 * Binomial.CDF(0.5, both, smaller));
            return new PairedTestResult("McNemar's test, binomial", difference, smaller, tail);
        }

        double gap = Math.Max(0, Math.Abs(onlyFirst - onlySecond) - 1);
        double chiSquared = gap * gap / both;
        return new PairedTestResult("McNemar's test, χ²", difference, chiSquared, SpecialFunctions.Erfc(Math.Sqrt(chiSquared / 2)))
        {
            DegreesOfFreedom = 1,
        };
    }

    /// <summary>McNemar's test of two evaluations of the same rows.</summary>
    /// <param name="first">One classifier.</param>
    /// <param name="second">The other.</param>
    /// <exception cref="ArgumentException">The evaluations are of other rows or classes.</exception>
    public static PairedTestResult McNemar(ClassificationEvaluation first, ClassificationEvaluation second)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        if (!first.Classes.Equals(second.Classes) || !first.Rows.SequenceEqual(second.Rows) || !first.Labels.SequenceEqual(second.Labels))
        {
            throw new ArgumentException("The two evaluations are not of the same rows.", nameof(second));
        }

        return McNemar(first.Labels, first.Predictions, second.Predictions);
    }

    private static PairedTestResult StudentTest(string name, double[] differences, double testRatio, double confidence)
    {
        if (!(confidence > 0 && confidence < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(confidence), confidence, "The level must lie between 0 and 1, both excluded.");
        }

        int n = differences.Length;
        double mean = OrderedSum.Of(differences) / n;
        double variance = differences.Sum(d => (d - mean) * (d - mean)) / (n - 1);
        double error = Math.Sqrt(variance * ((1.0 / n) + testRatio));
        double t = Ratio(mean, error);
        double reach = error * StudentT.InvCDF(0, 1, n - 1, (1 + confidence) / 2);
        return new PairedTestResult(name, mean, t, TwoSidedT(t, n - 1))
        {
            DegreesOfFreedom = n - 1,
            Lower = mean - reach,
            Upper = mean + reach,
        };
    }

    private static double[] FiveByTwo(ReadOnlySpan<double> first, ReadOnlySpan<double> second, out double variances)
    {
        double[] differences = Differences(first, second, 10);
        if (differences.Length != 10)
        {
            throw new ArgumentException(MetricArguments.Text($"Five times two folds have 10 scores, not {differences.Length}."), nameof(first));
        }

        variances = 0;
        for (int i = 0; i < 5; i++)
        {
            // Of two numbers the squared distances from their mean are half of the square of their distance.
            double gap = differences[2 * i] - differences[(2 * i) + 1];
            variances += gap * gap / 2;
        }

        return differences;
    }

    /// <summary>A quotient where nothing by nothing is nothing.</summary>
    private static double Ratio(double value, double scale) => value == 0 ? 0 : value / scale;

    private static double TwoSidedT(double t, double degrees) =>
        double.IsInfinity(t) ? 0 : Math.Min(1, 2 * StudentT.CDF(0, 1, degrees, -Math.Abs(t)));

    /// <summary>Twice the probability of a sum of ranks up to this one, when every rank has either sign with equal chance.</summary>
    private static double ExactRankTail(int[] ranks, long smaller)
    {
        var probability = new double[ranks.Sum() + 1];
        probability[0] = 1;
        int reach = 0;
        foreach (int rank in ranks)
        {
            for (int sum = reach; sum >= 0; sum--)
            {
                double half = probability[sum] / 2;
                probability[sum] = half;
                probability[sum + rank] += half;
            }

            reach += rank;
        }

        double tail = 0;
        for (int sum = 0; sum <= smaller; sum++)
        {
            tail += probability[sum];
        }

        return Math.Min(1, 2 * tail);
    }

    private static double NormalRankTail(int n, double smaller, double tieCubes)
    {
        double count = n;
        double mean = count * (count + 1) / 4;
        double variance = ((count * (count + 1) * ((2 * count) + 1)) - (tieCubes / 2)) / 24;
        return SpecialFunctions.Erfc((mean - smaller) / Math.Sqrt(2 * variance));
    }

    private static double[] Differences(ReadOnlySpan<double> first, ReadOnlySpan<double> second, int least)
    {
        MetricArguments.RequireLength(second.Length, first.Length);
        MetricArguments.RequireFinite(first);
        MetricArguments.RequireFinite(second);
        if (first.Length < least)
        {
            throw new ArgumentException(MetricArguments.Text($"At least {least} scores are needed; there are {first.Length}."), nameof(first));
        }

        var differences = new double[first.Length];
        for (int i = 0; i < differences.Length; i++)
        {
            differences[i] = first[i] - second[i];
        }

        return differences;
    }

    private static (MetricScores<TMetric> First, MetricScores<TMetric> Second) SameFolds<TModel, TMetric>(
        CrossValidationResult<TModel, TMetric> first, CrossValidationResult<TModel, TMetric> second, TMetric? metric)
        where TModel : Model
        where TMetric : Metric
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        bool same = first.Folds.Count == second.Folds.Count
            && first.Folds.Zip(second.Folds).All(pair =>
                pair.First.Train.SequenceEqual(pair.Second.Train) && pair.First.Test.SequenceEqual(pair.Second.Test));
        if (!same)
        {
            throw new ArgumentException("The two cross-validations were not done by the same folds.", nameof(second));
        }

        MetricScores<TMetric> scores = first.Find(metric);
        return (scores, second.Find(scores.Metric));
    }
}
