using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Ensembles.Data;
using Ensembles.Plots;
using Ensembles.Plots.Html;
using Ensembles.Tests.Docs;
using Ensembles.Trees;

namespace Ensembles.Tests.Plots;

public class FigureTests
{
    private const RegexOptions Linear = RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture;
    private const string Hostile = "</script><img src=x onerror=alert(1)>\"'&\u2028]]>";

    private static readonly Chart Bars = Plot.Importances(["age", "city"], [0.75, 0.25]);

    private static readonly DecisionTreeClassificationModel Model = new DecisionTreeClassifier().Fit(ClassificationDataset.Create(
        new FeatureTableBuilder().Numeric(Hostile, [1.0, 2, 3, 4]).Build(), ["no", "no", "yes", Hostile]));

    [Fact]
    public void A_chart_is_varied_by_with_and_equal_by_what_it_draws()
    {
        Chart wide = Bars with { Title = "Wide", Subtitle = "and flat", Width = 900, Height = 100 };

        JsonObject spec = Specification.Of(wide);
        ((int)spec["width"]!).Should().Be(900);
        ((int)spec["height"]!).Should().Be(100);
        ((string)spec["title"]!["text"]!).Should().Be("Wide");
        ((string)spec["title"]!["subtitle"]!).Should().Be("and flat");
        ((string)spec["description"]!).Should().Be("Wide: and flat");
        wide.Should().NotBe(Bars);
        Plot.Importances(["age", "city"], [0.75, 0.25]).Should().Be(Bars);
        (Bars with { Width = 560 }).GetHashCode().Should().Be(Bars.GetHashCode());
    }

    [Fact]
    public void Text_is_ascii_and_the_same_in_every_culture()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            var commas = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            commas.NumberFormat.NumberDecimalSeparator = ",";
            commas.NumberFormat.NegativeSign = "~";
            CultureInfo.CurrentCulture = commas;
            string text = Plot.Importances(["größe", "b"], [1234.5, -0.25], [0.5, double.NaN]).ToVegaLite();
            text.Should().MatchRegex("^[\\x20-\\x7e]*$").And.Contain("1234.5").And.Contain("gr\\u00F6\\u00DFe");
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10_001)]
    public void Sizes_out_of_range_are_refused(int size)
    {
        Func<Chart> width = () => Bars with { Width = size };
        Func<Chart> height = () => Bars with { Height = size };
        width.Should().Throw<ArgumentOutOfRangeException>().WithMessage("Width must be from 1 to 10,000*");
        height.Should().Throw<ArgumentOutOfRangeException>().WithMessage("Height must be from 1 to 10,000*");
    }

    [Fact]
    public void Names_cannot_leave_the_script_or_become_markup()
    {
        Figure[] figures = [Plot.Importances([Hostile], [1]) with { Title = Hostile, Subtitle = Hostile }, Plot.Tree(Model)];
        foreach (Figure figure in figures)
        {
            string fragment = figure.ToHtml();
            string page = (figure with { Title = Hostile }).ToPage();

            Count(fragment, "<script").Should().Be(1);
            Count(fragment, "</script").Should().Be(1);
            fragment.Should().NotContain("<img").And.NotContain("\u2028");
            page.Should().NotContain("<img");
            Count(page, "<script").Should().Be(Count(page, "</script")).And.Be(1 + figure.Libraries.Count);
        }
    }

    [Fact]
    public void A_fragment_loads_pinned_and_checked_scripts_unless_told_not_to()
    {
        Bars.ToHtml().Should().Contain("https://cdn.jsdelivr.net/npm/vega@5.33.1/build/vega.min.js")
            .And.Contain(ScriptFile.VegaLite[0].Integrity[7..27]);
        Bars.ToHtml(ChartScripts.None).Should().NotContain("://cdn").And.NotContain("vega.min.js");
        Bars.ToHtml(ChartScripts.At("/js")).Should().Contain("/js/vega-lite/build/vega-lite.min.js").And.NotContain("://cdn");
        Bars.ToHtml().Should().Be(Bars.ToHtml());
    }

    [Fact]
    public void The_script_that_draws_the_documentation_uses_the_same_versions()
    {
        JsonObject versions = JsonNode.Parse(Repository.Read("docs/charts/package.json"))!["dependencies"]!.AsObject();
        foreach (ScriptFile file in ScriptFile.VegaLite.Concat(ScriptFile.Graphviz))
        {
            ((string)versions[file.Package]!).Should().Be(file.Version);
        }
    }

    [Fact]
    public void A_page_loads_what_its_figures_need_once_and_shows_them_in_order()
    {
        string html = new FigurePage { Title = "a < b" }
            .AddHeading("1 < 2").AddParagraph("x & y").Add(Bars).AddText("  t").Add(Plot.Tree(Model)).AddHtml("<i>z</i>").Add(Bars)
            .ToHtml();

        html.Should().StartWith("<!DOCTYPE html>").And.Contain("<h1>a &lt; b</h1>").And.Contain("<h2>1 &lt; 2</h2>")
            .And.Contain("<p>x &amp; y</p>").And.Contain("<pre>  t</pre>").And.Contain("<i>z</i>").And.EndWith("</html>\n");
        Regex.Matches(html, "<script src=\"[^\"]*/(?<name>[a-z-]+).(min.)?js\" integrity=\"sha384-", Linear, TimeSpan.FromSeconds(5))
            .Select(match => match.Groups["name"].Value).Should().Equal("vega", "vega-lite", "vega-embed", "viz-global");
        Count(html, "class=\"ensembles-figure\"").Should().Be(3);
        html.IndexOf("1 &lt; 2", StringComparison.Ordinal).Should().BeLessThan(html.IndexOf("<i>z", StringComparison.Ordinal));
    }

    [Fact]
    public void Files_are_of_the_kind_that_their_names_end_with()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("ensembles-plots-");
        try
        {
            string Saved(Figure figure, string name)
            {
                string path = Path.Combine(folder.FullName, name);
                figure.Save(path);
                return File.ReadAllText(path);
            }

            Saved(Bars, "a.vl.json").Should().Be(Bars.ToVegaLite());
            Saved(Bars, "a.HTML").Should().Be(Bars.ToPage());
            Saved(Plot.Tree(Model), "a.dot").Should().StartWith("digraph");
            Saved(Plot.Tree(Model), "a.mmd").Should().StartWith("flowchart");
            Action unknown = () => Bars.Save(Path.Combine(folder.FullName, "a.png"));
            unknown.Should().Throw<ArgumentException>().WithMessage("*.html or .vl.json*");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public void A_tree_for_Graphviz_has_its_title_above_it()
    {
        Plot.Tree(Model).ToDot().Should().NotContain("graph [");
        (Plot.Tree(Model) with { Title = Hostile, Subtitle = "below" }).ToDot().Split('\n')[1].Should()
            .StartWith("    graph [label=<<font point-size=\"18\"><b>").And.NotContain("</script>")
            .And.EndWith("</b></font><br align=\"left\"/>below<br align=\"left\"/>>, labelloc=t, labeljust=l, fontname=\"Helvetica\"];");
    }

    [Fact]
    public void A_tree_is_filled_by_what_it_predicts()
    {
        DecisionTreeRegressionModel regression = new DecisionTreeRegressor { MaxDepth = 1 }.Fit(RegressionDataset.Create(
            new FeatureTableBuilder().Numeric("x", [1.0, 2, 3, 4]).Build(), [10.0, 10, 20, 20]));
        Plot.Tree(regression).ToDot().Should()
            .Contain("fillcolor=\"#0072B200\"").And.Contain("fillcolor=\"#0072B27f\"").And.Contain("fillcolor=\"#0072B23f\"");

        DecisionTreeClassificationModel classes = new DecisionTreeClassifier().Fit(ClassificationDataset.Create(
            new FeatureTableBuilder().Numeric("x", [1.0, 2, 3, 4]).Build(), ["a", "a", "b", "b"]));
        string dot = classes.ToDot(new TreeExportOptions { FillColors = ["#111111", "#222222"] });
        dot.Should().Contain("style=\"rounded,filled\", fillcolor=\"#11111100\"")
            .And.Contain("style=\"rounded,bold,filled\", fillcolor=\"#1111117f\"")
            .And.Contain("fillcolor=\"#2222227f\"");
        Func<object> other = () => new TreeExportOptions { FillColors = ["red\", x=\""] };
        other.Should().Throw<ArgumentException>().WithMessage("FillColors must*");
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;
}
