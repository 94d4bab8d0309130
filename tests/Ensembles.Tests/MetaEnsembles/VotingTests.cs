using Ensembles.Data;
using Ensembles.Datasets;
using Ensembles.Learners;
using Ensembles.MetaEnsembles;
using Ensembles.RandomForests;
using Ensembles.Trees;

namespace Ensembles.Tests.MetaEnsembles;

public class VotingTests
{
    private static readonly Learner<ClassificationDataset, ClassificationModel>[] Members =
    [
        new DecisionTreeClassifier { MaxDepth = 1 },
        new DecisionTreeClassifier { MaxDepth = 2, MaxFeatures = FeatureCount.Exactly(2) },
        new RandomForestClassifier { TreeCount = 5, MaxDepth = 2 },
    ];

    private static ClassificationDataset Wine { get; } = SampleData.Wine();

    [Fact]
    public void Soft_votes_are_weighted_means()
    {
        VotingClassificationModel model = new VotingClassifier(Members) { Weights = [1, 2, 5] }.Fit(Wine);

        double[][] said = [.. model.Members.Select(member => member.PredictProbabilities(Wine.Features).Cast<double>().ToArray())];
        model.PredictProbabilities(Wine.Features).Cast<double>()
            .Should().Equal(said[0].Select((p, i) => (p + (2 * said[1][i]) + (5 * said[2][i])) / 8), (a, b) => Math.Abs(a - b) < 1e-14);
    }

    [Theory]
    [InlineData(VotingRule.Plurality)]
    [InlineData(VotingRule.Majority)]
    [InlineData(VotingRule.MajorityOrReject)]
    public void Hard_votes_are_counted_by_weight(VotingRule rule)
    {
        var recipe = new VotingClassifier(Members) { Weights = [2, 3, 5] };
        VotingClassificationModel model = (recipe with { Rule = rule }).Fit(Wine);
        VotingClassificationModel soft = recipe.Fit(Wine);
        int[][] votes = [.. model.Members.Select(member => member.PredictClasses(Wine.Features))];
        int[] ofSoft = soft.PredictClasses(Wine.Features);
        int[] predicted = model.PredictClasses(Wine.Features);
        int?[] judged = model.PredictOrReject(Wine.Features);
        int divided = 0;

        for (int r = 0; r < Wine.RowCount; r++)
        {
            var counts = new int[3];
            counts[votes[0][r]] += 2;
            counts[votes[1][r]] += 3;
            counts[votes[2][r]] += 5;
            int most = Array.IndexOf(counts, counts.Max());
            bool majority = counts.Max() > 5;
            divided += majority ? 0 : 1;
            predicted[r].Should().Be(rule == VotingRule.Majority && !majority ? ofSoft[r] : most);
            judged[r].Should().Be(rule == VotingRule.MajorityOrReject && !majority ? null : predicted[r]);
            model.PredictOrReject(Wine.Features.Row(r)).Should().Be(judged[r]);
        }

        divided.Should().BePositive("half of the weight is no majority");
    }

    [Fact]
    public void A_regressor_predicts_the_weighted_mean()
    {
        RegressionDataset data = SampleData.Diabetes();
        var recipe = new VotingRegressor(new DecisionTreeRegressor { MaxDepth = 2 }, new RandomForestRegressor { TreeCount = 5 });
        VotingRegressionModel model = (recipe with { Weights = [1, 3] }).Fit(data);

        double[] tree = model.Members[0].Predict(data.Features);
        double[] forest = model.Members[1].Predict(data.Features);
        model.Predict(data.Features).Should().Equal(tree.Zip(forest, (a, b) => (a + (3 * b)) / 4), (a, b) => Math.Abs(a - b) < 1e-11);
    }

    [Fact]
    public void Recipes_are_compared_by_what_they_hold()
    {
        new VotingClassifier(Members) { Weights = [1, 2, 3] }.Should().Be(new VotingClassifier([.. Members]) { Weights = [1, 2, 3] });
        new VotingClassifier(Members) { Weights = [1, 2, 3] }.Should().NotBe(new VotingClassifier(Members) { Weights = [1, 2, 4] });
        new VotingClassifier(Members).ToString().Should().Contain("RandomForestClassifier { ").And.Contain("TreeCount = 5");
    }

    [Fact]
    public void Members_and_weights_must_fit_together()
    {
        ((Action)(() => new VotingClassifier(Members) { Weights = [1, 2] }.Fit(Wine)))
            .Should().Throw<ArgumentException>().WithMessage("There are 3 members but 2 Weights.");
        ((Action)(() => _ = new VotingClassifier())).Should().Throw<ArgumentException>().WithMessage("There must be at least one member*");
        ((Action)(() => _ = new VotingRegressor([null!]))).Should().Throw<ArgumentException>();
    }
}
