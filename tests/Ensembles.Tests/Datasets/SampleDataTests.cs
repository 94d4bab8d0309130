using System.Globalization;
using Ensembles.Data;
using Ensembles.Datasets;

namespace Ensembles.Tests.Datasets;

public class SampleDataTests
{
    public static TheoryData<string> Names => [.. SampleData.All.Select(info => info.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_set_has_the_published_shape(string name)
    {
        DatasetInfo info = SampleData.All.Single(i => string.Equals(i.Name, name, StringComparison.Ordinal));
        Dataset data = Load(name);

        data.RowCount.Should().Be(info.Rows);
        data.Features.ColumnCount.Should().Be(info.Features).And.Be(info.Columns - 1);
        data.Schema.Count(f => f.IsCategorical).Should().Be(info.CategoricalFeatures);
        Enumerable.Range(0, info.Features).Sum(data.Features.MissingCount).Should().Be(info.MissingCells);
        data.IsWeighted.Should().BeFalse();
        if (data is ClassificationDataset classification)
        {
            info.Task.Should().Be(DatasetTask.Classification);
            classification.ClassCount.Should().Be(info.Classes);
            classification.CountByClass().Should().OnlyContain(count => count > 0);
        }
        else
        {
            info.Task.Should().Be(DatasetTask.Regression);
            info.Classes.Should().Be(0);
        }
    }

    // Printed by make_data.py from what scikit-learn and R gave, before anything was packed.
    [Theory]
    [InlineData("BreastCancer", 30, "9898e044fd754e98")]
    [InlineData("CreditData", 0, "e04197ee4e305056")]
    [InlineData("Diabetes", 10, "c34836e163066009")]
    [InlineData("Diamonds", 6, "75213d631f3baea9")]
    [InlineData("Digits", 64, "a1d5c140aefb4a53")]
    [InlineData("Iris", 4, "87374f692e25c966")]
    [InlineData("TelcoChurn", 0, "fd16d493237ec4f7")]
    [InlineData("Wine", 13, "d297284fced2aebc")]
    public void Every_cell_is_the_source_s_to_the_last_bit(string name, int targetColumn, string fingerprint)
    {
        string actual = Load(name) switch
        {
            ClassificationDataset data => Fingerprint.Of(data, targetColumn),
            RegressionDataset data => Fingerprint.Of(data, targetColumn),
            _ => string.Empty,
        };
        actual.Should().Be(fingerprint);
    }

    [Fact]
    public void Provenance_is_complete_and_the_table_in_the_documentation_says_the_same()
    {
        string[] written = File.ReadAllLines(RepositoryFile("docs/datasets.md"));
        foreach (DatasetInfo info in SampleData.All)
        {
            info.Source.Should().NotBeNullOrWhiteSpace();
            info.Licence.Should().NotBeNullOrWhiteSpace();
            info.Citation.Should().NotBeNullOrWhiteSpace();
            string task = info.Task == DatasetTask.Regression
                ? "regression"
                : string.Create(CultureInfo.InvariantCulture, $"{info.Classes} classes");
            string shape = string.Create(
                CultureInfo.InvariantCulture,
                $"{info.Rows:N0} | {info.Columns} | {info.CategoricalFeatures} | {info.MissingCells} | {task}");
            written.Should().Contain(
                $"| `{info.Name}` | {shape} | {info.Target} | {info.Source} | {info.Licence} | {info.Citation} |");
        }

        written.Count(line => line.StartsWith("| `", StringComparison.Ordinal) && line.Contains("Debian", StringComparison.Ordinal))
            .Should().Be(SampleData.All.Count);
    }

    [Fact]
    public void Iris_is_Fisher_s()
    {
        ClassificationDataset data = SampleData.Iris();

        data.Schema.Select(f => f.Name).Should().Equal(
            "sepal length (cm)", "sepal width (cm)", "petal length (cm)", "petal width (cm)");
        data.Classes.Should().Equal("setosa", "versicolor", "virginica");
        data.CountByClass().Should().Equal(50, 50, 50);
        data.Features.Row(0).Should().Equal(5.1, 3.5, 1.4, 0.2);
        data.Features.Row(149).Should().Equal(5.9, 3.0, 5.1, 1.8);
        Mean(data, 0).Should().BeApproximately(5.843333, 1e-6);
        Mean(data, 1).Should().BeApproximately(3.057333, 1e-6);
        Mean(data, 2).Should().BeApproximately(3.758, 1e-6);
        Mean(data, 3).Should().BeApproximately(1.199333, 1e-6);

        // The two rows that the UCI copy has wrong (its rows 35 and 38).
        data.Features.Row(34).Should().Equal(4.9, 3.1, 1.5, 0.2);
        data.Features.Row(37).Should().Equal(4.9, 3.6, 1.4, 0.1);
    }

    [Fact]
    public void Wine_has_its_three_cultivars()
    {
        ClassificationDataset data = SampleData.Wine();

        data.Classes.Should().Equal("class_0", "class_1", "class_2");
        data.CountByClass().Should().Equal(59, 71, 48);
        data.Schema[11].Name.Should().Be("od280/od315_of_diluted_wines");
        data.Features.Row(0).Should().Equal(14.23, 1.71, 2.43, 15.6, 127, 2.8, 3.06, 0.28, 2.29, 5.64, 1.04, 3.92, 1065);
        data.Features.Row(177).Should().Equal(14.13, 4.1, 2.74, 24.5, 96, 2.05, 0.76, 0.56, 1.35, 9.2, 0.61, 1.6, 560);
        Mean(data, 0).Should().BeApproximately(13.000618, 1e-6);
    }

    [Fact]
    public void Breast_cancer_counts_malignant_first()
    {
        ClassificationDataset data = SampleData.BreastCancer();

        data.Classes.Should().Equal("malignant", "benign");
        data.CountByClass().Should().Equal(212, 357);
        data.Schema[0].Name.Should().Be("mean radius");
        data.Schema[29].Name.Should().Be("worst fractal dimension");
        data.Features.Row(0)[..6].Should().Equal(17.99, 10.38, 122.8, 1001, 0.1184, 0.2776);
        data.Labels[0].Should().Be(0);
        data.Labels[568].Should().Be(1);
        Mean(data, 0).Should().BeApproximately(14.127292, 1e-6);
    }

    [Fact]
    public void Digits_are_eight_by_eight_pixels_up_to_sixteen()
    {
        ClassificationDataset data = SampleData.Digits();

        data.CountByClass().Should().Equal(178, 182, 177, 183, 181, 182, 181, 179, 174, 180);
        data.Classes.Should().Equal("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
        data.Classes.As<int>(7).Should().Be(7);
        data.Schema[8].Name.Should().Be("pixel_1_0");
        double[] cells = [.. Enumerable.Range(0, 64).SelectMany(data.Features.Column)];
        cells.Min().Should().Be(0);
        cells.Max().Should().Be(16);
        cells.Sum().Should().Be(561_718);
        data.Labels[1796].Should().Be(8);
    }

    [Fact]
    public void Diabetes_is_scaled_and_keeps_every_bit()
    {
        RegressionDataset data = SampleData.Diabetes();

        data.Schema.Select(f => f.Name).Should().Equal("age", "sex", "bmi", "bp", "s1", "s2", "s3", "s4", "s5", "s6");
        data.Features.Row(0).Should().Equal(
            0.038075906433423026, 0.05068011873981862, 0.061696206518683294, 0.0218723855140367, -0.04422349842444599,
            -0.03482076283769895, -0.04340084565202491, -0.002592261998183278, 0.019907486170462722, -0.01764612515980379);
        data.Targets[0].Should().Be(151);
        data.Targets[441].Should().Be(57);
        data.Targets.ToArray().Average().Should().BeApproximately(152.133484, 1e-6);
        for (int c = 0; c < 10; c++)
        {
            double[] column = data.Features.Column(c);
            column.Sum().Should().BeApproximately(0, 1e-12);
            column.Sum(v => v * v).Should().BeApproximately(1, 1e-12);
        }
    }

    [Fact]
    public void Credit_data_keeps_its_levels_and_its_missing_cells()
    {
        ClassificationDataset data = SampleData.CreditData();

        data.Classes.Should().Equal("bad", "good");
        data.CountByClass().Should().Equal(1254, 3200);
        Feature(data, "Home").Categories.Should().Equal("ignore", "other", "owner", "parents", "priv", "rent");
        Feature(data, "Marital").Categories.Should().Equal("divorced", "married", "separated", "single", "widow");
        MissingByColumn(data).Should().Equal("Home 6", "Marital 1", "Job 2", "Income 381", "Assets 47", "Debt 18");
        double[] first = data.Features.Row(0);
        first[data.Schema.IndexOf("Seniority")].Should().Be(9);
        first[data.Schema.IndexOf("Home")].Should().Be(5);
        first[data.Schema.IndexOf("Price")].Should().Be(846);
        data.Features.Row(4453)[data.Schema.IndexOf("Assets")].Should().Be(4000);
        Mean(data, data.Schema.IndexOf("Age")).Should().BeApproximately(37.080377, 1e-6);
    }

    [Fact]
    public void Telco_churn_misses_the_total_of_new_customers()
    {
        ClassificationDataset data = SampleData.TelcoChurn();

        data.Classes.Should().Equal("Yes", "No");
        data.CountByClass().Should().Equal(1869, 5174);
        MissingByColumn(data).Should().Equal("total_charges 11");
        double[] tenure = data.Features.Column(data.Schema.IndexOf("tenure"));
        double[] total = data.Features.Column(data.Schema.IndexOf("total_charges"));
        Enumerable.Range(0, data.RowCount).Where(r => double.IsNaN(total[r]))
            .Should().Equal(488, 753, 936, 1082, 1340, 3331, 3826, 4380, 5218, 6670, 6754);
        Enumerable.Range(0, data.RowCount).Where(r => double.IsNaN(total[r])).Should().OnlyContain(r => tenure[r] == 0);
        Feature(data, "contract").Categories.Should().Equal("Month-to-month", "One year", "Two year");
        total[0].Should().Be(29.85);
        total[7042].Should().Be(6844.5);
    }

    [Fact]
    public void Diamonds_keep_the_order_of_their_grades()
    {
        RegressionDataset data = SampleData.Diamonds();

        data.Schema.Select(f => f.Name).Should().Equal("carat", "cut", "color", "clarity", "depth", "table", "x", "y", "z");
        Feature(data, "cut").Categories.Should().Equal("Fair", "Good", "Very Good", "Premium", "Ideal");
        Feature(data, "color").Categories.Should().Equal("D", "E", "F", "G", "H", "I", "J");
        Feature(data, "clarity").Categories.Should().Equal("I1", "SI2", "SI1", "VS2", "VS1", "VVS2", "VVS1", "IF");
        data.Features.Row(0).Should().Equal(0.23, 4, 1, 1, 61.5, 55, 3.95, 3.98, 2.43);
        data.Features.Row(53_939).Should().Equal(0.75, 4, 0, 1, 62.2, 55, 5.83, 5.87, 3.64);
        data.Targets[53_939].Should().Be(2757);
        data.Targets.ToArray().Average().Should().BeApproximately(3932.799722, 1e-6);
        Mean(data, 0).Should().BeApproximately(0.797940, 1e-6);
        data.Features.Column(1).Count(code => code == 4).Should().Be(21_551);
    }

    private static Dataset Load(string name) => name switch
    {
        nameof(SampleData.BreastCancer) => SampleData.BreastCancer(),
        nameof(SampleData.CreditData) => SampleData.CreditData(),
        nameof(SampleData.Diabetes) => SampleData.Diabetes(),
        nameof(SampleData.Diamonds) => SampleData.Diamonds(),
        nameof(SampleData.Digits) => SampleData.Digits(),
        nameof(SampleData.Iris) => SampleData.Iris(),
        nameof(SampleData.TelcoChurn) => SampleData.TelcoChurn(),
        nameof(SampleData.Wine) => SampleData.Wine(),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "No such set."),
    };

    private static Feature Feature(Dataset data, string name) => data.Schema[data.Schema.IndexOf(name)];

    private static double Mean(Dataset data, int column) => data.Features.Column(column).Average();

    private static IEnumerable<string> MissingByColumn(Dataset data) =>
        Enumerable.Range(0, data.Schema.Count).Where(c => data.Features.MissingCount(c) > 0)
            .Select(c => string.Create(CultureInfo.InvariantCulture, $"{data.Schema[c].Name} {data.Features.MissingCount(c)}"));

    private static string RepositoryFile(string path)
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Ensembles.sln")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder!.FullName, path);
    }
}
