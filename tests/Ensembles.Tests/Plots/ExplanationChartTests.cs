using System.Text.Json.Nodes;
using Ensembles.Data;
using Ensembles.Datasets;
using Ensembles.Explanation;
using Ensembles.NewtonBoosting;
using Ensembles.Plots;
using Ensembles.Tests.Contracts;
using Ensembles.Trees;

namespace Ensembles.Tests.Plots;

public class ExplanationChartTests
{
    private static readonly ClassificationDataset Data = SampleData.TelcoChurn().SelectRows([.. Enumerable.Range(0, 300)]);

    private static readonly ShapValues Values =
        new NewtonBoostingClassifier { Rounds = 10, MaxDepth = 3 }.Fit(Data).Explain(Data.Features);

    [Fact]
    public void A_summary_has_a_point_a_row_and_feature_up_to_the_limit()
    {
        Chart chart = Plot.ShapSummary(Values, top: 5, mostPoints: 500);

        JsonObject[] points = Specification.Rows(Specification.Of(chart));
        points.Should().HaveCount(500);
        chart.Subtitle.Should().Be("the first 5 of 19 features; 100 of 300 rows, drawn at random");
        Specification.Texts(points, "feature").Distinct(StringComparer.Ordinal).Should()
            .Equal(Values.Importances().Take(5).Select(i => i.Feature));
        Specification.Numbers(points, "offset").Should().OnlyContain(offset => Math.Abs(offset) <= 1);
        foreach (JsonObject point in points)
        {
            int feature = Values.Rows.Schema.IndexOf((string)point["feature"]!);
            ((double)point["shap"]!).Should().BeApproximately(Values[(int)point["row"]!, feature], 1e-7);
            (point["color"] is null).Should().Be(Values.Rows.Schema[feature].IsCategorical, "categories have no order");
        }
    }

    [Fact]
    public void A_summary_draws_categories_grey_in_a_layer_without_a_scale_of_colours()
    {
        JsonObject spec = Specification.Of(Plot.ShapSummary(Values, top: 5));

        JsonObject[] layers = Specification.Layers(spec, "circle");
        layers.Should().HaveCount(2).And.OnlyContain(layer => layer["encoding"]!["y"]!["scale"]!["domain"]!.AsArray().Count == 5);
        layers[0]["encoding"]!["y"]!["scale"]!["domain"]!.AsArray().Select(name => (string)name!).Should()
            .Equal(Values.Importances().Take(5).Select(i => i.Feature));
        ((string)layers[0]["transform"]![0]!["filter"]!).Should().Be("!isValid(datum.color)");
        ((string)layers[0]["encoding"]!["color"]!["value"]!).Should().Be("#999999");
        ((string)layers[1]["encoding"]!["color"]!["field"]!).Should().Be("color");

        FeatureTable numbers = SampleData.BreastCancer().Features;
        ShapValues ofNumbers = new NewtonBoostingClassifier { Rounds = 3 }.Fit(SampleData.BreastCancer()).Explain(numbers);
        Specification.Layers(Specification.Of(Plot.ShapSummary(ofNumbers)), "circle").Should().ContainSingle();
    }

    [Fact]
    public void A_waterfall_leads_from_the_base_value_to_what_the_model_says()
    {
        JsonObject[] bars = Specification.Rows(Specification.Of(Plot.ShapWaterfall(Values, row: 7, top: 4)));

        bars.Should().HaveCount(5);
        ((string)bars[^1]["feature"]!).Should().Be("15 other features");
        ((double)bars[^1]["from"]!).Should().BeApproximately(Values.BaseValues[0], 1e-8);
        ((double)bars[0]["to"]!).Should().BeApproximately(Values.Sum(7), 1e-8);
        for (int i = 1; i < bars.Length; i++)
        {
            ((double)bars[i]["to"]!).Should().Be((double)bars[i - 1]["from"]!);
        }

        bars[..^1].Select(bar => Math.Abs((double)bar["added"]!)).Should().BeInDescendingOrder();
        Plot.ShapWaterfall(Values, row: 7, top: 50).Height.Should().Be(19 * 22);
    }

    [Fact]
    public void Dependence_shows_values_of_numbers_and_names_of_categories()
    {
        JsonObject[] numbers = Specification.Rows(Specification.Of(Plot.ShapDependence(Values, "tenure", colorBy: "contract")));
        numbers.Should().HaveCount(300);
        int tenure = Values.Rows.Schema.IndexOf("tenure");
        ((double)numbers[3]["x"]!).Should().Be(Values.Rows[3, tenure]);
        ((double)numbers[3]["y"]!).Should().BeApproximately(Values[3, tenure], 1e-8);
        Specification.Texts(numbers, "color").Should().Contain("Month-to-month");

        JsonObject[] categories = Specification.Rows(Specification.Of(Plot.ShapDependence(Values, "contract")));
        Specification.Texts(categories, "x").Should().Contain("Two year");
        ((Action)(() => Plot.ShapDependence(Values, "nothing"))).Should().Throw<ArgumentException>().WithMessage("*'nothing'*");
    }

    [Fact]
    public void Shap_importances_are_means_of_absolute_values() =>
        Specification.Numbers(Specification.Rows(Specification.Of(Plot.Importances(Values, top: 3))), "importance")
            .Should().Equal(Values.MeanAbsolute().OrderDescending().Take(3), (a, b) => Math.Abs(a - b) < 1e-8);

    [Fact]
    public void Partial_dependence_has_single_rows_behind_the_mean()
    {
        var individual = new double[100, 3];
        Chart chart = Plot.PartialDependence("x", [1.0, 2, 4], [0.1, 0.2, 0.3], individual, mostLines: 20);

        JsonObject spec = Specification.Of(chart);
        Specification.Rows(Specification.Layers(spec, "line")[0]).Should().HaveCount(20 * 3);
        Specification.Numbers(Specification.Rows(spec), "y").Should().Equal(0.1, 0.2, 0.3);
        chart.Subtitle.Should().EndWith("20 of 100 rows, drawn at random");

        JsonObject categories = Specification.Of(Plot.PartialDependence("city", ["Rome", "Oslo"], [0.5, 0.25]));
        Specification.Texts(Specification.Rows(categories), "x").Should().Equal("Rome", "Oslo");
        Action other = () => Plot.PartialDependence("x", [1.0, 2], [0.1, 0.2], individual);
        other.Should().Throw<ArgumentException>().WithMessage("There are 3 of these and 2 of the others.*");
    }

    [Fact]
    public void A_computed_dependence_is_drawn_as_it_is()
    {
        ContractData data = ContractData.Mixed();
        DecisionTreeClassificationModel model = new DecisionTreeClassifier { MaxDepth = 4 }.Fit(data.Classification);

        PartialDependence age = model.PartialDependence(data.Table, "age", new() { GridResolution = 4, KeepIndividual = true });
        JsonObject lines = Specification.Of(Plot.PartialDependence(age, output: 0, mostLines: 5));
        Specification.Numbers(Specification.Rows(lines), "y").Should().Equal(age.Values(0), (a, b) => Math.Abs(a - b) < 1e-8);
        Specification.Rows(Specification.Layers(lines, "line")[0]).Should().HaveCount(5 * age.Grid().Count);
        lines.ToJsonString().Should().Contain($"mean probability of {age.OutputNames[0]}");

        PartialDependence colour = model.PartialDependence(data.Table, "colour");
        Specification.Texts(Specification.Rows(Specification.Of(Plot.PartialDependence(colour))), "x").Should().Equal(colour.Labels());

        PartialDependence both = model.PartialDependence(data.Table, ("colour", "size"), new() { GridResolution = 3 });
        JsonObject[] cells = Specification.Rows(Specification.Of(Plot.PartialDependence(both, output: 1)));
        Specification.Texts(cells, "x").Distinct(StringComparer.Ordinal).Should().Equal(both.Labels(0));
        Specification.Numbers(cells, "value").Should().Equal(both.Values(1), (a, b) => Math.Abs(a - b) < 1e-8);
        PartialDependence numbers = model.PartialDependence(data.Table, ("age", "size"), new() { GridResolution = 3 });
        Specification.Rows(Specification.Of(Plot.PartialDependence(numbers)))[0].Should().ContainKey("x1");
        ((Action)(() => Plot.PartialDependence(age, output: 9))).Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void Cells_of_two_features_meet_midway_between_their_values()
    {
        JsonObject[] cells = Specification.Rows(Specification.Of(
            Plot.PartialDependence(("x", [0.0, 1, 3]), ("y", [5.0, 6]), new double[3, 2] { { 1, 2 }, { 3, 4 }, { 5, 6 } })));

        Specification.Numbers(cells, "value").Should().Equal(1, 2, 3, 4, 5, 6);
        Specification.Numbers(cells, "x1").Should().Equal(0, 0, 0.5, 0.5, 2, 2);
        Specification.Numbers(cells, "x2").Should().Equal(0.5, 0.5, 2, 2, 3, 3);
    }
}
