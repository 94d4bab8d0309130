using Ensembles.Data;
using Ensembles.Datasets;
using Ensembles.Evaluation;
using Ensembles.Metrics;
using Ensembles.Numerics;
using Ensembles.RandomForests;
using Ensembles.Trees;

namespace Ensembles.Tests.Evaluation;

public class PairedTestsTests
{
    /// <summary>Differences 1, 2, 3: mean 2, s = 1, t = 2·√3; of t with 2 degrees F(t) = ½ + t/(2·√(2 + t²)), so p = 1 − t/√(2 + t²).</summary>
    [Fact]
    public void The_t_test_of_three_differences_is_known_in_closed_form()
    {
        PairedTestResult result = PairedTests.T([2, 4, 6], [1, 2, 3]);

        result.Difference.Should().Be(2);
        result.Statistic.Should().BeApproximately(2 * Math.Sqrt(3), 1e-14);
        result.DegreesOfFreedom.Should().Be(2);
        result.PValue.Should().BeApproximately(1 - Math.Sqrt(12 / 14.0), 1e-10);
        result.Lower.Should().BeApproximately(2 - (4.3026527299 / Math.Sqrt(3)), 1e-8);
        result.Upper.Should().BeApproximately(2 + (4.3026527299 / Math.Sqrt(3)), 1e-8);
    }

    [Fact]
    public void Overlapping_training_sets_widen_the_interval()
    {
        PairedTestResult plain = PairedTests.T([2, 4, 6], [1, 2, 3]);
        PairedTestResult corrected = PairedTests.CorrectedT([2, 4, 6], [1, 2, 3], testRatio: 0.5);

        (corrected.Upper - 2).Should().BeApproximately((plain.Upper - 2) * Math.Sqrt(((1 / 3.0) + 0.5) * 3), 1e-12);
        corrected.PValue.Should().BeGreaterThan(plain.PValue);
    }

    [Fact]
    public void Models_that_are_the_same_differ_by_nothing()
    {
        double[] scores = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];

        foreach (PairedTestResult result in new[]
        {
            PairedTests.T(scores, scores),
            PairedTests.CorrectedT(scores, scores, 0.1),
            PairedTests.FiveByTwoT(scores, scores),
            PairedTests.FiveByTwoF(scores, scores),
            PairedTests.WilcoxonSignedRank(scores, scores),
            PairedTests.McNemar([0, 1], [0, 0], [0, 0]),
        })
        {
            result.Difference.Should().Be(0);
            result.Statistic.Should().Be(0);
            result.PValue.Should().Be(1, "this is the {0}", result.Test);
        }
    }

    [Fact]
    public void A_difference_that_is_always_the_same_is_certain()
    {
        double[] zeros = new double[10];
        double[] ones = [.. Enumerable.Repeat(1.0, 10)];

        PairedTests.T(ones, zeros).PValue.Should().Be(0);
        PairedTests.FiveByTwoT(ones, zeros).PValue.Should().Be(0);
        PairedTests.FiveByTwoF(ones, zeros).PValue.Should().Be(0);
        PairedTests.WilcoxonSignedRank(ones, zeros).PValue.Should().BeApproximately(2 / 1024.0, 1e-15);
    }

    /// <summary>Against all ways to give signs to the ranks, with ties and zeros.</summary>
    [Fact]
    public void Signed_ranks_are_counted_exactly_also_with_ties()
    {
        var random = new RandomStream(2);
        for (int trial = 0; trial < 30; trial++)
        {
            double[] first = [.. Enumerable.Range(0, 9).Select(_ => (double)(random.NextInt(9) - 3))];
            double[] differences = [.. first.Where(d => d != 0)];
            double[] ranks = [.. differences.Select(d =>
                differences.Count(e => Math.Abs(e) < Math.Abs(d)) + ((differences.Count(e => Math.Abs(e) == Math.Abs(d)) + 1) / 2.0))];
            double smaller = Math.Min(SumWhere(i => differences[i] > 0), SumWhere(i => differences[i] < 0));
            int ways = Enumerable.Range(0, 1 << ranks.Length).Count(signs => SumWhere(i => (signs & (1 << i)) != 0) <= smaller);

            PairedTestResult result = PairedTests.WilcoxonSignedRank(first, new double[9]);

            result.Statistic.Should().Be(smaller);
            result.PValue.Should().BeApproximately(Math.Min(1, 2.0 * ways / (1 << ranks.Length)), 1e-12);

            double SumWhere(Func<int, bool> condition) => Enumerable.Range(0, ranks.Length).Where(condition).Sum(i => ranks[i]);
        }
    }

    [Fact]
    public void McNemar_counts_the_rows_that_only_one_gets_right()
    {
        // Only the first is right in 1 row, only the second in 5: p = 2·(1 + 6)/2⁶.
        int[] labels = new int[10];
        int[] first = [0, 1, 1, 1, 1, 1, 0, 0, 1, 1];
        int[] second = [1, 0, 0, 0, 0, 0, 0, 0, 1, 1];

        PairedTestResult few = PairedTests.McNemar(labels, first, second);
        few.Difference.Should().BeApproximately(-0.4, 1e-15);
        few.PValue.Should().BeApproximately(14 / 64.0, 1e-12);

        // 10 and 20: (10 − 1)²/30.
        int[] manyLabels = new int[40];
        int[] a = [.. Enumerable.Range(0, 40).Select(r => r < 10 ? 0 : r < 30 ? 1 : 0)];
        int[] b = [.. Enumerable.Range(0, 40).Select(r => r < 10 ? 1 : 0)];
        PairedTestResult many = PairedTests.McNemar(manyLabels, a, b);
        many.Statistic.Should().BeApproximately(81 / 30.0, 1e-14);
        many.DegreesOfFreedom.Should().Be(1);
    }

    [Fact]
    public void Two_cross_validations_by_the_same_folds_are_compared()
    {
        ClassificationDataset data = SampleData.BreastCancer();
        FoldPlan plan = FoldPlan.Standard(2, seed: 1).Repeat(5);
        ClassificationCrossValidation forest = CrossValidation.Run(new RandomForestClassifier { TreeCount = 20 }, data, plan);
        ClassificationCrossValidation stump = CrossValidation.Run(new DecisionTreeClassifier { MaxDepth = 1 }, data, plan);

        PairedTestResult corrected = PairedTests.CorrectedT(forest, stump, ClassificationMetric.Accuracy);

        corrected.Difference.Should().BeApproximately(
            forest[ClassificationMetric.Accuracy].Mean - stump[ClassificationMetric.Accuracy].Mean, 1e-14);
        corrected.Should().Be(PairedTests.CorrectedT(
            forest[ClassificationMetric.Accuracy].Values, stump[ClassificationMetric.Accuracy].Values, Judge.TestRatio(forest.Folds)));
        corrected.Lower.Should().BeGreaterThan(0);
        PairedTests.FiveByTwoF(forest, stump, ClassificationMetric.Accuracy).PValue.Should().BeLessThan(0.1);
        PairedTests.FiveByTwoT(forest, stump).Test.Should().Be("5×2 t test");
        PairedTests.McNemar(forest.OutOfFold, stump.OutOfFold).Difference.Should().BeGreaterThan(0);
        ClassificationCrossValidation other = CrossValidation.Run(new DecisionTreeClassifier(), data, FoldPlan.Standard(2, seed: 2).Repeat(5));
        ((Action)(() => PairedTests.CorrectedT(forest, other))).Should().Throw<ArgumentException>().WithMessage("*same folds*");
        corrected.ToString().Should().MatchRegex(@"^corrected t test: difference 0\.\d+ \(0\.\d+ to 0\.\d+\), statistic [\d.]+, p = \S+$");
    }

    [Fact]
    public void What_cannot_be_compared_is_refused()
    {
        ((Action)(() => PairedTests.T([1], [2]))).Should().Throw<ArgumentException>().WithMessage("At least 2*");
        ((Action)(() => PairedTests.T([1, 2], [2]))).Should().Throw<ArgumentException>();
        ((Action)(() => PairedTests.T([1, double.NaN], [2, 3]))).Should().Throw<ArgumentException>().WithMessage("Row 1*");
        ((Action)(() => PairedTests.T([1, 2], [2, 3], 1))).Should().Throw<ArgumentOutOfRangeException>();
        ((Action)(() => PairedTests.CorrectedT([1, 2], [2, 3], 0))).Should().Throw<ArgumentOutOfRangeException>();
        ((Action)(() => PairedTests.FiveByTwoT(new double[12], new double[12]))).Should().Throw<ArgumentException>().WithMessage("*10 scores*");
    }
}
