using System.Text.RegularExpressions;
using Ensembles.Data;
using Ensembles.Trees;

namespace Ensembles.Tests.Trees.Export;

public class TreeExportTests
{
    private const RegexOptions Linear = RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture;

    private static readonly string[] Cities = ["Berlin", "Rome", "Oslo", "Rome", "Berlin", "Oslo", "Berlin", "Rome"];

    // Up to 37.5 all say no; above, those of Oslo and Rome say yes.
    private static readonly DecisionTreeClassificationModel Model = new DecisionTreeClassifier().Fit(ClassificationDataset.Create(
        new FeatureTableBuilder().Numeric("age", [20.0, 25, 30, 40, 45, 50, 55, 35]).Categorical("city", Cities).Build(),
        ["no", "no", "no", "yes", "no", "yes", "no", "no"]));

    [Fact]
    public void Thresholds_between_decimal_numbers_are_written_as_decimal_numbers()
    {
        DecisionTreeClassificationModel model = new DecisionTreeClassifier().Fit(ClassificationDataset.Create(
            new FeatureTableBuilder().Numeric("charges", [93.65, 93.7]).Build(), ["no", "yes"]));

        model.Tree.Threshold(0).Should().NotBe(93.675, "the middle of two numbers has digits that neither has");
        model.ToText().Should().Contain("charges <= 93.675:");
        model.Rule([93.0]).ToString(showMissing: false).Should().StartWith("charges <= 93.675 =>");
    }

    [Fact]
    public void Text_is_indented_by_depth()
    {
        Model.ToText().Should().Be(
            """
            all: 8 rows, gini 0.375, no 0.75, yes 0.25
            |  age <= 37.5: 4 rows, gini 0, no 1, yes 0 => no (1)
            |  age > 37.5: 4 rows, gini 0.5, no 0.5, yes 0.5
            |  |  city in {Berlin}: 2 rows, gini 0, no 1, yes 0 => no (1)
            |  |  city not in {Berlin}: 2 rows, gini 0, no 0, yes 1 => yes (1)

            """.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void Dot_is_a_digraph()
    {
        Model.ToDot(new TreeExportOptions { ShowMissing = true }).Should().Be(
            """
            digraph tree {
                node [shape=box, style=rounded, fontname="Helvetica", margin="0.15,0.08"];
                edge [fontname="Helvetica"];
                n0 [label="age <= 37.5\n8 rows\ngini 0.375\nno 0.75, yes 0.25"];
                n2 [label="4 rows\ngini 0\nno 1, yes 0\n=> no (1)", style="rounded,bold"];
                n0 -> n2 [label="  yes, missing  "];
                n1 [label="city in {Berlin}\n4 rows\ngini 0.5\nno 0.5, yes 0.5"];
                n0 -> n1 [label="  no  "];
                n4 [label="2 rows\ngini 0\nno 1, yes 0\n=> no (1)", style="rounded,bold"];
                n1 -> n4 [label="  yes, missing  "];
                n3 [label="2 rows\ngini 0\nno 0, yes 1\n=> yes (1)", style="rounded,bold"];
                n1 -> n3 [label="  no  "];
            }

            """.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void Mermaid_is_a_flowchart()
    {
        Model.ToMermaid(new TreeExportOptions { MaxDepth = 1 }).Should().Be(
            """
            flowchart TD
                n0["age #lt;= 37.5<br/>8 rows<br/>gini 0.375<br/>no 0.75, yes 0.25"]
                n2(["4 rows<br/>gini 0<br/>no 1, yes 0<br/>=#gt; no (1)"])
                n0 -->|"yes"| n2
                n1[["city in #123;Berlin#125;<br/>4 rows<br/>gini 0.5<br/>no 0.5, yes 0.5<br/>… 2 leaves below"]]
                n0 -->|"no"| n1

            """.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void Models_say_their_size()
    {
        Model.ToString().Should().Be("decision tree: 3 leaves, depth 2, 2 features");
        var constant = RegressionDataset.Create(FeatureTable.FromRows(new double[,] { { 1 } }), [2]);
        DecisionTreeRegressionModel leaf = new DecisionTreeRegressor().Fit(constant);

        leaf.ToString().Should().Be("decision tree: 1 leaf, depth 0, 1 feature");
        leaf.ToText().Should().Be("all: 1 row, squared error 0, value 2\n");
        leaf.Rules().Single().ToString().Should().Be("always => 2");
    }

    [Fact]
    public void Regression_trees_show_values_weights_and_round_trip_thresholds()
    {
        var data = RegressionDataset.Create(
            new FeatureTableBuilder().Numeric("x", [0.1, 0.30000000000000004, 2]).Build(), [1, 1.0 / 3, 123456.7], [1, 0.5, 2]);

        new DecisionTreeRegressor().Fit(data).ToText(new TreeExportOptions { Digits = 3 }).Should().Be(
            """
            all: 3 rows, weight 3.5, squared error 3732579118, value 70547
            |  x <= 1.15: 2 rows, weight 1.5, squared error 0.0988, value 0.778
            |  |  x <= 0.2: 1 row, squared error 0, value 1
            |  |  x > 0.2: 1 row, weight 0.5, squared error 0, value 0.333
            |  x > 1.15: 1 row, weight 2, squared error 0, value 123457

            """.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void Names_cannot_break_out_of_their_format()
    {
        string feature = "a\"b\\N &lt; `c` %%{x}%%\nend";
        var data = ClassificationDataset.Create(
            new FeatureTableBuilder().Numeric(feature, [1.0, 2]).Build(), ["<b>|\"];", "#1;"]);
        DecisionTreeClassificationModel model = new DecisionTreeClassifier().Fit(data);

        model.ToText().Split('\n').Should().HaveCount(4, "three nodes and the end of the last line");
        string dot = model.ToDot();
        foreach (Match label in Regex.Matches(dot, "label=\"(?<label>(?:[^\"\\\\]|\\\\.)*)\"", Linear))
        {
            label.Groups["label"].Value.Replace("&amp;", string.Empty).Should().NotContain("&").And.NotContain("\n");
        }

        dot.Should().Contain("""n0 [label="\"a\\\"b\\\\N &amp;lt; `c` %%{x}%%\\nend\" <= 1.5\n2 rows""");
        Regex.Replace(dot, "\"(?:[^\"\\\\]|\\\\.)*\"", "s", Linear).Split('\n').Should()
            .OnlyContain(line => Regex.IsMatch(line, @"^(digraph tree \{|\}||    [a-z]\w*( -> n\d)? \[[a-z, =s]*\];)$", Linear));
        foreach (string line in model.ToMermaid().Split('\n').Where(line => line.Contains('[')))
        {
            line.Should().MatchRegex("""^    n\d\(?\["[^"]*"\]\)?$""");
            line.Replace("<br/>", string.Empty).Should().NotMatchRegex("[<>`%{}|]").And.NotMatchRegex(@"&|#(?!\w+;)");
        }
    }

    [Fact]
    public void Long_sets_and_many_classes_are_elided()
    {
        string[] categories = [.. Enumerable.Range(0, 20).Select(i => $"c{i:00}")];
        var codes = Enumerable.Range(0, 40).Select(i => i % 20).ToArray();
        FeatureTable features = new FeatureTableBuilder().Categorical("c", categories, codes).Build();
        var data = ClassificationDataset.Create(features, codes.Select(c => c < 8 ? 0 : c % 9).ToArray());

        DecisionTreeClassificationModel model = new DecisionTreeClassifier { MaxDepth = 1 }.Fit(data);
        string[] lines = model.ToText(new TreeExportOptions { MaxCategories = 3 }).Split('\n');

        lines[0].Should().Be("all: 40 rows, gini 0.715, 0 0.5, 1 0.1, 8 0.1, 2 0.05, 3 0.05, …");
        lines[1].Should().MatchRegex(@"^\|  c (not )?in \{c\d\d, c\d\d, c\d\d, … \d more\}: ");
    }

    [Fact]
    public void Deep_trees_are_written_and_said_without_recursion()
    {
        const int n = 20_000;
        double[] x = [.. Enumerable.Range(0, n).Select(i => (double)i)];
        var data = RegressionDataset.Create(new FeatureTableBuilder().Numeric("x", x).Build(), [.. x.Select(v => v * v * v)]);
        DecisionTreeRegressionModel model = Chains.Model(n, data);

        model.ToText().Split('\n').Should().HaveCount((2 * n) + 2);
        model.ToDot().Should().EndWith("}\n");
        model.Rules().Should().HaveCount(n + 1);
        model.Rule([0.0]).ToString(showMissing: false).Should().Be("x <= 1 => 0");
        model.Tree.Depth.Should().Be(n);
    }

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        FluentActions.Invoking(() => new TreeExportOptions { MaxDepth = -1 }).Should()
            .Throw<ArgumentOutOfRangeException>().WithParameterName("MaxDepth");
        FluentActions.Invoking(() => new TreeExportOptions { MaxCategories = 0 }).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => new TreeExportOptions { Digits = 18 }).Should().Throw<ArgumentOutOfRangeException>();
    }
}
