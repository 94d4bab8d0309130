using Ensembles.Data;
using Ensembles.Datasets;

namespace Ensembles.Tests.Datasets;

public class SyntheticDataTests
{
    private const int ManyRows = 40_000;

    private static readonly Dictionary<string, Func<int, ulong, Dataset>> Designs = new(StringComparer.Ordinal)
    {
        ["Friedman1"] = (rows, seed) => SyntheticData.Friedman1(rows, seed, noise: 1),
        ["Friedman2"] = (rows, seed) => SyntheticData.Friedman2(rows, seed, noise: 125),
        ["Friedman3"] = (rows, seed) => SyntheticData.Friedman3(rows, seed, noise: 0.1),
        ["TwoMoons"] = (rows, seed) => SyntheticData.TwoMoons(rows, seed, noise: 0.2),
        ["Hastie"] = (rows, seed) => SyntheticData.Hastie(rows, seed),
        ["Hypercube"] = (rows, seed) =>
            SyntheticData.Hypercube(rows, new HypercubeOptions { Informative = 5, Repeated = 2, Classes = 3 }, seed),
        ["SparseRegression"] = (rows, seed) => SyntheticData.SparseRegression(rows, seed),
        ["HiggsLike"] = (rows, seed) => SyntheticData.HiggsLike(rows, seed),
    };

    public static TheoryData<string> Names => [.. Designs.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_larger_set_starts_with_the_rows_of_a_smaller_one(string name)
    {
        Dataset small = Designs[name](30, 7), large = Designs[name](200, 7), other = Designs[name](30, 8);

        for (int r = 0; r < 30; r++)
        {
            large.Features.Row(r).Should().Equal(small.Features.Row(r));
            Target(large, r).Should().Be(Target(small, r));
            other.Features.Row(r).Should().NotEqual(small.Features.Row(r));
        }
    }

    // Pinned: a change of a single bit of any cell changes them, on any machine.
    [Theory]
    [InlineData("Friedman1", "6990b443cb02672e")]
    [InlineData("Friedman2", "236ea85407ab7fa0")]
    [InlineData("Friedman3", "e743fa995b575bbf")]
    [InlineData("TwoMoons", "293a312101cbf5d1")]
    [InlineData("Hastie", "70fddeac660b673d")]
    [InlineData("Hypercube", "6816a6587e2726c5")]
    [InlineData("SparseRegression", "ab6dd3e4f5e4802a")]
    [InlineData("HiggsLike", "0c6712333da367b1")]
    public void Every_bit_is_the_same_everywhere(string name, string fingerprint)
    {
        Dataset data = Designs[name](1000, 42);
        string actual = data is ClassificationDataset classification
            ? Fingerprint.Of(classification, 0)
            : Fingerprint.Of((RegressionDataset)data, 0);
        actual.Should().Be(fingerprint);
    }

    [Fact]
    public void Designs_do_not_share_their_random_numbers()
    {
        double[] a = SyntheticData.Hastie(20, 3).Features.Column(0), b = SyntheticData.SparseRegression(20, 3).Features.Column(0);
        a.Intersect(b).Should().BeEmpty();
    }

    [Fact]
    public void Friedman_1_has_uniform_features_and_its_formula_for_target()
    {
        RegressionDataset data = SyntheticData.Friedman1(ManyRows, seed: 1, features: 6);

        for (int c = 0; c < 6; c++)
        {
            double[] column = data.Features.Column(c);
            column.Should().OnlyContain(x => x > 0 && x < 1);

            // 20 equal bins: the 0.999 quantile of chi-squared with 19 degrees of freedom is 43.8.
            double expected = ManyRows / 20.0;
            column.GroupBy(x => (int)(20 * x)).Sum(bin => (bin.Count() - expected) * (bin.Count() - expected) / expected)
                .Should().BeLessThan(43.8);
        }

        for (int r = 0; r < 1000; r++)
        {
            double[] x = data.Features.Row(r);
            double y = (10 * Math.Sin(Math.PI * x[0] * x[1])) + (20 * Math.Pow(x[2] - 0.5, 2)) + (10 * x[3]) + (5 * x[4]);
            data.Targets[r].Should().BeApproximately(y, 1e-12);
        }

        // E = 10 (γ + ln π − Ci(π))/π + 20/12 + 15/2;  Var = 100 (½ − Si(2π)/4π − E²[sin]) + 400 (1/80 − 1/144) + 125/12.
        double[] target = data.Targets.ToArray();
        Mean(target).Should().BeApproximately(14.413, 4 * Math.Sqrt(23.83 / ManyRows));
        Variance(target).Should().BeApproximately(23.83, 0.6);
    }

    [Fact]
    public void Noise_and_further_features_leave_the_rest_of_friedman_1_alone()
    {
        RegressionDataset bare = SyntheticData.Friedman1(ManyRows, seed: 1, features: 5);
        RegressionDataset noisy = SyntheticData.Friedman1(ManyRows, seed: 1, noise: 2, features: 9);

        noisy.Features.Row(17)[..5].Should().Equal(bare.Features.Row(17));
        double[] noise = [.. Enumerable.Range(0, ManyRows).Select(r => noisy.Targets[r] - bare.Targets[r])];
        Mean(noise).Should().BeApproximately(0, 4 * 2 / Math.Sqrt(ManyRows));
        Variance(noise).Should().BeApproximately(4, 4 * 4 * Math.Sqrt(2.0 / ManyRows));
    }

    [Fact]
    public void Friedman_2_and_3_are_impedance_and_phase_of_the_same_circuit()
    {
        RegressionDataset impedance = SyntheticData.Friedman2(ManyRows, seed: 5);
        RegressionDataset phase = SyntheticData.Friedman3(ManyRows, seed: 5);

        for (int r = 0; r < 1000; r++)
        {
            double[] x = impedance.Features.Row(r);
            phase.Features.Row(r).Should().Equal(x);
            x[0].Should().BeInRange(0, 100);
            x[1].Should().BeInRange(40 * Math.PI, 560 * Math.PI);
            x[2].Should().BeInRange(0, 1);
            x[3].Should().BeInRange(1, 11);
            double reactance = (x[1] * x[2]) - (1 / (x[1] * x[3]));
            impedance.Targets[r].Should().BeApproximately(Math.Sqrt((x[0] * x[0]) + (reactance * reactance)), 1e-9);
            phase.Targets[r].Should().BeApproximately(Math.Atan(reactance / x[0]), 1e-14);
        }

        // Mean and standard deviation from 3,000,000 rows of scikit-learn's generators of the same designs.
        Mean(impedance.Targets.ToArray()).Should().BeApproximately(479.7, 4 * 379 / Math.Sqrt(ManyRows));
        Math.Sqrt(Variance(impedance.Targets.ToArray())).Should().BeApproximately(378.9, 6);
        Mean(phase.Targets.ToArray()).Should().BeApproximately(1.3241, 4 * 0.3164 / Math.Sqrt(ManyRows));
        Math.Sqrt(Variance(phase.Targets.ToArray())).Should().BeApproximately(0.3164, 0.02);
    }

    [Fact]
    public void Moons_without_noise_are_half_circles()
    {
        ClassificationDataset data = SyntheticData.TwoMoons(501, seed: 2);

        data.Classes.Should().Equal("outer", "inner");
        data.CountByClass().Should().Equal(251, 250);
        for (int r = 0; r < data.RowCount; r++)
        {
            double x = data.Features[r, 0], y = data.Features[r, 1];
            (double across, double up) = data.Labels[r] == 0 ? (x, y) : (1 - x, 0.5 - y);
            ((across * across) + (up * up)).Should().BeApproximately(1, 1e-6);
            up.Should().BeGreaterThan(-1e-6);
        }
    }

    [Fact]
    public void Noise_of_the_moons_has_the_given_deviation()
    {
        ClassificationDataset bare = SyntheticData.TwoMoons(ManyRows, seed: 2);
        ClassificationDataset noisy = SyntheticData.TwoMoons(ManyRows, seed: 2, noise: 0.3);

        for (int c = 0; c < 2; c++)
        {
            double[] before = bare.Features.Column(c);
            double[] noise = [.. noisy.Features.Column(c).Select((v, r) => v - before[r])];
            Math.Sqrt(Variance(noise)).Should().BeApproximately(0.3, 4 * 0.3 / Math.Sqrt(2.0 * ManyRows));
        }
    }

    [Fact]
    public void Hastie_s_classes_are_the_halves_of_a_chi_squared_distribution()
    {
        ClassificationDataset data = SyntheticData.Hastie(ManyRows, seed: 9);
        double[] sums = new double[ManyRows];
        for (int c = 0; c < 10; c++)
        {
            double[] column = data.Features.Column(c);
            Mean(column).Should().BeApproximately(0, 4 / Math.Sqrt(ManyRows));
            Variance(column).Should().BeApproximately(1, 4 * Math.Sqrt(2.0 / ManyRows));
            for (int r = 0; r < ManyRows; r++)
            {
                sums[r] += column[r] * column[r];
            }
        }

        data.Classes.Should().Equal("-1", "1");
        data.Labels.ToArray().Should().Equal(sums.Select(sum => sum > 9.34 ? 1 : 0));
        Mean(sums).Should().BeApproximately(10, 4 * Math.Sqrt(20.0 / ManyRows));
        Variance(sums).Should().BeApproximately(20, 1.2);
        ((double)data.CountByClass()[1] / ManyRows).Should().BeApproximately(0.5, 4 * 0.5 / Math.Sqrt(ManyRows));
    }

    [Fact]
    public void Sparse_regression_is_a_noisy_sum_of_four_features()
    {
        RegressionDataset data = SyntheticData.SparseRegression(ManyRows, seed: 4, features: 6);
        double[] noise = new double[ManyRows];
        for (int r = 0; r < ManyRows; r++)
        {
            double[] x = data.Features.Row(r);
            noise[r] = data.Targets[r] - (x[0] + (2 * x[1]) - (2 * x[2]) - (1.5 * x[3]));
        }

        Mean(noise).Should().BeApproximately(0, 4 / Math.Sqrt(ManyRows));
        Variance(noise).Should().BeApproximately(1, 4 * Math.Sqrt(2.0 / ManyRows));
        double[] target = data.Targets.ToArray();
        Variance(target).Should().BeApproximately(1 + 1 + 4 + 4 + 2.25, 4 * 12.25 * Math.Sqrt(2.0 / ManyRows));
        for (int c = 0; c < 6; c++)
        {
            double[] column = data.Features.Column(c);
            double covariance = Mean([.. column.Select((x, r) => x * target[r])]);
            covariance.Should().BeApproximately(c switch { 0 => 1, 1 => 2, 2 => -2, 3 => -1.5, _ => 0 }, 0.08);
        }
    }

    [Fact]
    public void Higgs_like_data_have_the_names_the_share_and_the_masses_of_higgs()
    {
        ClassificationDataset data = SyntheticData.HiggsLike(ManyRows, seed: 1);

        data.Features.ColumnCount.Should().Be(28);
        data.Classes.Should().Equal("background", "signal");
        ((double)data.CountByClass()[1] / ManyRows).Should().BeApproximately(0.53, 4 * 0.5 / Math.Sqrt(ManyRows));
        int first = data.Schema.IndexOf("jet_1_pt"), second = data.Schema.IndexOf("jet_2_pt"), mass = data.Schema.IndexOf("m_jj");
        for (int r = 0; r < 500; r++)
        {
            double[] x = data.Features.Row(r);

            // Two massless particles: m² = 2 p₁p₂ (cosh Δη − cos Δφ).
            double angle = (x[first + 2] - x[second + 2]) * Math.PI / Math.Sqrt(3);
            double square = 2 * x[first] * x[second] * (Math.Cosh(x[first + 1] - x[second + 1]) - Math.Cos(angle));
            x[mass].Should().BeApproximately(Math.Sqrt(square), 1e-4);
        }

        data.Features.Column(data.Schema.IndexOf("jet_3_b_tag")).Distinct().Should().BeEquivalentTo([0.0, 1.0, 2.0]);
        double[] momentum = data.Features.Column(0);
        Skewness(momentum).Should().BeGreaterThan(1);
        Skewness(data.Features.Column(data.Schema.IndexOf("lepton_eta"))).Should().BeApproximately(0, 0.06);

        // What parts the classes is where the mass lies, not how large it is: signal is concentrated.
        double[] masses = data.Features.Column(mass);
        double Spread(int label) => Variance([.. masses.Where((_, r) => data.Labels[r] == label).Select(m => Math.Log(m))]);
        Spread(1).Should().BeLessThan(0.75 * Spread(0));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-3)]
    public void Sets_have_rows(int rows)
    {
        foreach (Func<int, ulong, Dataset> make in Designs.Values)
        {
            make.Invoking(m => m(rows, 0)).Should().Throw<ArgumentOutOfRangeException>().WithParameterName(nameof(rows));
        }
    }

    [Fact]
    public void Noise_is_a_finite_deviation_and_features_are_enough()
    {
        foreach (double noise in new[] { -1, double.NaN, double.PositiveInfinity })
        {
            FluentActions.Invoking(() => SyntheticData.Friedman1(5, noise: noise)).Should().Throw<ArgumentOutOfRangeException>();
            FluentActions.Invoking(() => SyntheticData.Friedman2(5, noise: noise)).Should().Throw<ArgumentOutOfRangeException>();
            FluentActions.Invoking(() => SyntheticData.TwoMoons(5, noise: noise)).Should().Throw<ArgumentOutOfRangeException>();
            FluentActions.Invoking(() => SyntheticData.SparseRegression(5, noise: noise)).Should().Throw<ArgumentOutOfRangeException>();
        }

        FluentActions.Invoking(() => SyntheticData.Friedman1(5, features: 4)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => SyntheticData.SparseRegression(5, features: 3)).Should().Throw<ArgumentOutOfRangeException>();
    }

    private static double Target(Dataset data, int row) =>
        data is ClassificationDataset classification ? classification.Labels[row] : ((RegressionDataset)data).Targets[row];

    private static double Mean(double[] values) => values.Average();

    private static double Variance(double[] values)
    {
        double mean = Mean(values);
        return values.Sum(v => (v - mean) * (v - mean)) / values.Length;
    }

    private static double Skewness(double[] values)
    {
        double mean = Mean(values);
        return values.Average(v => Math.Pow(v - mean, 3)) / Math.Pow(Variance(values), 1.5);
    }
}
