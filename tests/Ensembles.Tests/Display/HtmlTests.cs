using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Ensembles.Data;
using Ensembles.Evaluation;
using Ensembles.Explanation;
using Ensembles.Metrics;
using Ensembles.NewtonBoosting;
using Ensembles.Trees;

namespace Ensembles.Tests.Display;

/// <summary>What notebooks show of evaluations, explanations and data.</summary>
public partial class HtmlTests
{
    private const string Awkward = "<b>&\"";

    private static readonly ClassificationDataset Classes = MakeClasses();
    private static readonly RegressionDataset Numbers = RegressionDataset.Create(
        Classes.Features, [.. Classes.Labels.ToArray().Select((k, r) => k + (r * 0.01))]);
    private static readonly FoldPlan Plan = FoldPlan.Stratified(3, seed: 1);
    private static readonly DecisionTreeClassifier Recipe = new() { MaxDepth = 3 };

    private static readonly Dictionary<string, Func<object>> Shown = new(StringComparer.Ordinal)
    {
        ["confusion matrix"] = () => Evaluation().ConfusionMatrix(),
        ["report"] = () => Evaluation().Report(),
        ["calibration"] = () => Evaluation().CalibrationCurve(),
        ["evaluation"] = () => Evaluation(),
        ["regression"] = () => RegressionEvaluation.Of(new DecisionTreeRegressor { MaxDepth = 2 }.Fit(Numbers), Numbers),
        ["residuals"] = () => RegressionEvaluation.Of(new DecisionTreeRegressor { MaxDepth = 2 }.Fit(Numbers), Numbers).ResidualSummary(),
        ["cross-validation"] = () => CrossValidation.Run(Recipe, Classes, Plan, options: new() { EvaluateTraining = true }),
        ["search"] = () => HyperParameterSearch.Run(
            new SearchSpace<DecisionTreeClassifier>(Recipe).Add(Awkward, [1, 2], (recipe, value) => recipe with { MaxDepth = value }),
            Classes,
            SearchStrategy.Grid(),
            Plan),
        ["learning curve"] = () => LearningCurve.Run(Recipe, Classes, folds: Plan),
        ["validation curve"] = () =>
            ValidationCurve.Run(Recipe, [1, 2], (recipe, value) => recipe with { MaxDepth = value }, Classes, Plan),
        ["paired test"] = () => PairedTests.T([0.5, 0.7, 0.9], [0.4, 0.65, 0.7]),
        ["paired test without interval"] = () => PairedTests.McNemar(Evaluation(), Evaluation(depth: 1)),
        ["history"] = () => new NewtonBoostingClassifier { Rounds = 12 }.Fit(Classes, Classes).History,
        ["classes"] = () => Classes.WithWeights([.. Enumerable.Range(1, Classes.RowCount).Select(i => i / 4.0)]),
        ["numbers"] = () => Numbers,
        ["SHAP"] = () => Recipe.Fit(Classes).Explain(Classes.Features),
        ["dependence"] = () => Recipe.Fit(Classes).PartialDependence(Classes.Features, "x", new() { GridResolution = 4 }),
        ["dependence on two"] = () => Recipe.Fit(Classes).PartialDependence(Classes.Features, ("x", Awkward), new() { GridResolution = 3 }),
        ["pruning"] = () => Recipe.Fit(Classes).PruningPath(),
        ["pruned"] = () => new PrunedTreeClassifier().GrowAndValidate(Classes).Validation,
        ["permutation"] = () => Recipe.Fit(Classes).PermutationImportances(Classes, ClassificationMetric.LogLoss),
        ["drop column"] = () => Recipe.DropColumnImportances(Classes, Classes, ClassificationMetric.Accuracy),
    };

    public static TheoryData<string> All => [.. Shown.Keys];

    [Theory]
    [MemberData(nameof(All))]
    public void What_has_a_text_has_a_table_with_the_same_numbers(string name)
    {
        object shown = Shown[name]();
        string html = (string)shown.GetType().GetMethod("ToHtml", [])!.Invoke(shown, null)!;

        html.Should().NotContain(Awkward).And.NotContain("<b>");
        XElement page = XElement.Parse($"<div>{html}</div>");
        page.Elements("table").Should().NotBeEmpty().And.OnlyContain(table => table.Elements("tr").Any());
        string text = string.Join(' ', page.Descendants().Where(element => !element.HasElements).Select(element => element.Value));
        string[] numbers = [.. Number().Matches(shown.ToString()!).Select(match => match.Value)];
        numbers.Should().NotBeEmpty().And.BeSubsetOf(Number().Matches(text).Select(match => match.Value));
    }

    [Fact]
    public void Names_show_as_they_are_written()
    {
        XElement matrix = XElement.Parse(Evaluation().ConfusionMatrix().ToHtml());

        matrix.Elements("tr").Skip(1).Select(line => line.Element("td")!.Value).Should().Equal(Classes.Classes);
        Classes.Classes.Should().Contain(Awkward);
    }

    [Fact]
    public void Cells_of_a_confusion_matrix_are_coloured_by_the_share_of_the_row()
    {
        ConfusionMatrix matrix = ConfusionMatrix.Compute([0, 0, 0, 0, 1], [0, 0, 0, 1, 1], 2);

        XElement html = XElement.Parse(matrix.ToHtml());

        Colours(html, 1).Should().Equal("0.45", "0.15");
        Colours(html, 2).Should().Equal("0", "0.6");

        static IEnumerable<string> Colours(XElement table, int line) => table.Elements("tr").ElementAt(line).Elements("td")
            .Select(cell => Colour().Match(cell.Attribute("style")!.Value)).Where(match => match.Success)
            .Select(match => match.Groups["share"].Value);
    }

    [Fact]
    public void Bars_are_as_long_as_importances()
    {
        ShapValues values = Recipe.Fit(Classes).Explain(Classes.Features);

        string[] widths = [.. Width().Matches(values.ToHtml()).Select(match => match.Groups["px"].Value)];

        double most = values.Importances()[0].Importance;
        widths.Should().Equal(
            values.Importances().Select(pair => ((int)(120 * pair.Importance / most)).ToString(CultureInfo.InvariantCulture)));
        widths[0].Should().Be("120");
    }

    [Fact]
    public void Data_show_their_targets_and_weights()
    {
        XElement table = XElement.Parse(Classes.WithWeights([.. Enumerable.Repeat(0.25, Classes.RowCount)]).ToHtml());

        table.Elements("tr").First().Elements().Select(cell => cell.Value).Should().Equal("target", "weight", "x", Awkward);
        table.Elements("tr").ElementAt(1).Elements().Take(2).Select(cell => cell.Value)
            .Should().Equal(Classes.Classes[Classes.Labels[0]], "0.25");
        table.Elements("tr").Last().Elements().Should().OnlyContain(cell => cell.Value == "…").And.HaveCount(4);
    }

    [Fact]
    public void One_is_not_many()
    {
        FeatureTable table = new FeatureTableBuilder().Numeric("x", [1.0]).Build();
        DecisionTreeRegressionModel leaf = new DecisionTreeRegressor().Fit(RegressionDataset.Create(table, [2.0]));

        table.ToString().Should().StartWith("1 row × 1 feature (");
        leaf.PruningPath().ToString().Should().Be("1 subtree, 1 leaf, alpha up to 0");
        leaf.PruningPath()[0].ToString().Should().Be("alpha 0: 1 leaf, impurity 0");
        leaf.Explain(table).ToString().Should().StartWith("SHAP values of 1 row × 1 feature; ");
    }

    private static ClassificationEvaluation Evaluation(int depth = 2) =>
        ClassificationEvaluation.Of((Recipe with { MaxDepth = depth }).Fit(Classes), Classes);

    private static ClassificationDataset MakeClasses()
    {
        double[] x = [.. Enumerable.Range(0, 60).Select(i => (double)(i * 7 % 60))];
        double[] noise = [.. Enumerable.Range(0, 60).Select(i => (double)(i * 11 % 13))];
        string[] names = ["a", Awkward, "c"];
        return ClassificationDataset.Create(
            new FeatureTableBuilder().Numeric("x", x).Numeric(Awkward, noise).Build(),
            [.. x.Select((value, i) => names[noise[i] > 10 ? i % 3 : (int)(value / 20)])]);
    }

    [GeneratedRegex(@"\d+(\.\d+)?(E[+-]\d+)?", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Number();

    [GeneratedRegex(@"rgba\(0,114,178,(?<share>[\d.]+)\)", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Colour();

    [GeneratedRegex(@"width:(?<px>\d+)px", RegexOptions.ExplicitCapture, 60_000)]
    private static partial Regex Width();
}
