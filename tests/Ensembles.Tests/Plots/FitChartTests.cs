using System.Text.Json.Nodes;
using Ensembles.Datasets;
using Ensembles.Explanation;
using Ensembles.Metrics;
using Ensembles.NewtonBoosting;
using Ensembles.Plots;
using Ensembles.RandomForests;

namespace Ensembles.Tests.Plots;

public class FitChartTests
{
    [Fact]
    public void Importances_are_sorted_cut_and_named_apart()
    {
        JsonObject spec = Specification.Of(Plot.Importances(["a", "b", "b", "c", "d"], [1, 3, 2, double.NaN, 0.5], top: 3));

        JsonObject[] rows = Specification.Rows(spec);
        Specification.Texts(rows, "feature").Should().Equal("b", "b (2)", "a");
        Specification.Numbers(rows, "importance").Should().Equal(3, 2, 1);
        ((string)spec["title"]!["subtitle"]!).Should().Be("the first 3 of 5 features");
        Specification.Layers(spec, "rule").Should().BeEmpty();
    }

    [Fact]
    public void Standard_errors_are_bars_and_are_left_out_where_unknown()
    {
        Specification.Of(Plot.Importances(["a"], [1], measure: "log loss")).ToJsonString()
            .Should().Contain("\"title\":\"log loss\"").And.NotContain("\"title\":\"importance\"");
        JsonObject spec = Specification.Of(Plot.Importances([new PermutationImportance("a", 0.5, 0.125), new("b", 0.25, double.NaN)]));

        JsonObject[] rows = Specification.Rows(spec);
        ((double)rows[0]["low"]!).Should().Be(0.375);
        ((double)rows[0]["high"]!).Should().Be(0.625);
        rows[1]["low"].Should().BeNull();
        Specification.Layers(spec, "rule").Should().ContainSingle();
    }

    [Fact]
    public void A_model_shows_its_own_importances()
    {
        ForestClassificationModel forest = new RandomForestClassifier { TreeCount = 5 }.Fit(SampleData.Iris());

        JsonObject[] rows = Specification.Rows(Specification.Of(Plot.Importances(forest)));

        rows.Should().HaveCount(4);
        Specification.Numbers(rows, "importance").Should().BeInDescendingOrder().And.BeEquivalentTo(
            forest.FeatureImportances(), options => options.WithoutStrictOrdering().Using<double>(
                context => context.Subject.Should().BeApproximately(context.Expectation, 1e-8)).WhenTypeIs<double>());
    }

    [Fact]
    public void History_marks_the_best_round()
    {
        var (train, valid) = SampleData.BreastCancer().SplitStratified(0.7, seed: 1);
        NewtonBoostingClassificationModel model = new NewtonBoostingClassifier
        {
            Rounds = 200,
            LearningRate = 0.5,
            EarlyStoppingRounds = 5,
            EvaluateTraining = true,
            EvaluationMetrics = [ClassificationMetric.LogLoss, ClassificationMetric.Accuracy],
        }.Fit(train, valid);

        JsonObject spec = Specification.Of(Plot.History(model.History));

        JsonObject[] rows = Specification.Rows(spec);
        rows.Should().HaveCount(2 * model.History.RoundCount);
        Specification.Texts(rows, "line").Distinct(StringComparer.Ordinal).Should().Equal("validation", "training");
        ((double)Specification.Layers(spec, "rule")[0]["encoding"]!["x"]!["datum"]!).Should().Be(model.RoundCount, "people count rounds from 1");
        Specification.Texts(Specification.Rows(Specification.Layers(spec, "text")[0]), "text")
            .Should().ContainSingle().Which.Should().StartWith($"best round {model.RoundCount}: ");
        Plot.History(model.History, ClassificationMetric.Accuracy).Title.Should().Be("Boosting: accuracy by round");
    }

    [Fact]
    public void A_history_without_rounds_is_refused_and_a_wrong_best_round_named()
    {
        ((Action)(() => Plot.History("loss", validation: null))).Should().Throw<ArgumentException>().WithMessage("*EvaluateTraining*");
        ((Action)(() => Plot.History("loss", [3, 2, 1], bestRound: 4, firstRound: 1)))
            .Should().Throw<ArgumentException>().WithMessage("Round 4 is none of 1 to 3.*");
    }

    [Fact]
    public void Histories_of_several_models_have_a_line_each_counted_from_one()
    {
        JsonObject[] rows = Specification.Rows(Specification.Of(Plot.History("error", ("slow", [3, 2]), ("fast", [double.NaN, 1, 1]))));

        Specification.Texts(rows, "line").Should().Equal("slow", "slow", "fast", "fast", "fast");
        Specification.Numbers(rows, "x").Should().Equal(1, 2, 1, 2, 3);
        rows[2]["y"].Should().BeNull();
        ((Action)(() => Plot.History("error", ("none", [])))).Should().Throw<ArgumentException>();
    }

    [Fact]
    public void Long_lines_are_thinned_but_keep_their_ends_and_the_marked_place()
    {
        double[] values = [.. Enumerable.Range(0, 100_000).Select(i => (double)i)];

        double[] shown = Specification.Numbers(Specification.Rows(Specification.Of(Plot.History("loss", values, bestRound: 777))), "x");

        shown.Should().HaveCountLessThan(2100).And.Contain([1, 777, 100_000]);
    }

    [Fact]
    public void Out_of_bag_errors_count_trees_from_one_and_leave_gaps()
    {
        JsonObject spec = Specification.Of(Plot.OutOfBagError("error", ("a", [double.NaN, 0.5, 0.25]), ("b", [1, 0.5, 0.5])));

        JsonObject[] rows = Specification.Rows(spec);
        Specification.Numbers(rows, "x").Should().Equal(1, 2, 3, 1, 2, 3);
        rows[0]["y"].Should().BeNull();
        ((string)spec["layer"]![0]!["encoding"]!["color"]!["field"]!).Should().Be("line");
        ((Action)(() => Plot.OutOfBagError("error"))).Should().Throw<ArgumentException>().WithMessage("There is nothing to draw.*");
    }
}
