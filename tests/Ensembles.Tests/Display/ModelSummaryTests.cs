using Ensembles.Data;
using Ensembles.Datasets;
using Ensembles.Learners;
using Ensembles.NewtonBoosting;
using Ensembles.RandomForests;
using Ensembles.Tests.Contracts;
using Ensembles.Trees;

namespace Ensembles.Tests.Display;

public class ModelSummaryTests
{
    public static TheoryData<string> All => LearnerCase.Names();

    [Theory]
    [MemberData(nameof(All))]
    public void Every_model_says_what_it_is(string name)
    {
        Model model = LearnerCase.Named(name).Fit(ContractData.Mixed()).Model;

        model.ToString().Should().MatchRegex("^[a-z ]+: .*[0-9]+ feature").And.NotContain("\n");
        model.ToHtml().Should().StartWith("<table>").And.Contain("recipe").And.EndWith("</table>\n");
    }

    [Fact]
    public void A_forest_says_its_size_and_its_out_of_bag_estimate()
    {
        ForestClassificationModel forest = new RandomForestClassifier { TreeCount = 20, Seed = 3 }.Fit(SampleData.Iris());

        forest.ToString().Should().StartWith("forest classifier: 20 trees, 4 features, 3 classes (")
            .And.Contain(FormattableString.Invariant($"out-of-bag accuracy {forest.OutOfBag!.Accuracy:G4}"));
        forest.OutOfBag!.ToString().Should().StartWith("out of bag: accuracy ").And.EndWith(" of 150 rows");
        forest.ToHtml().Should().Contain("RandomForestClassifier: Seed = 3, TreeCount = 20").And.Contain("importances")
            .And.NotContain("MaxDepth");
    }

    [Fact]
    public void Names_are_escaped()
    {
        DecisionTreeClassificationModel tree = new DecisionTreeClassifier().Fit(ClassificationDataset.Create(
            new FeatureTableBuilder().Numeric("<script>", [1.0, 2]).Build(), ["<b>", "&"]));

        tree.ToHtml().Should().NotContain("<script>").And.NotContain("<b>").And.Contain("&lt;script&gt;").And.Contain("&lt;b&gt;");
        tree.ToString().Should().Be("decision tree: 2 leaves, depth 1, 1 feature");
    }

    [Fact]
    public void A_history_says_its_best_round()
    {
        var (train, valid) = SampleData.BreastCancer().SplitStratified(0.7, seed: 1);
        NewtonBoostingClassificationModel model = new NewtonBoostingClassifier { Rounds = 50, EarlyStoppingRounds = 5 }.Fit(train, valid);

        model.ToString().Should().Contain($"best round {model.RoundCount}, validation log loss ");
        model.History.ToString().Should()
            .StartWith($"{model.History.RoundCount} rounds measured; best after {model.RoundCount} rounds: log loss 0.");
        model.History.ToHtml().Should().Contain($">{model.RoundCount}<").And.NotContain(">0<", "rounds are counted from 1");
    }

    [Fact]
    public void A_table_shows_its_first_rows()
    {
        string html = SampleData.TelcoChurn().Features.ToHtml();

        html.Should().Contain("<th>tenure</th>").And.Contain("<td>Month-to-month</td>").And.Contain("7043 rows");
        html.Split("<tr>").Should().HaveCount(1 + 1 + 10 + 1, "there is a header, ten rows and an ellipsis");
        new FeatureTableBuilder().Numeric("x", [double.NaN]).Build().ToHtml().Should().Contain("<td></td>");
    }
}
