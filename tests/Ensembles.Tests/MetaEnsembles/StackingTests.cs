using Ensembles.Data;
using Ensembles.Datasets;
using Ensembles.MetaEnsembles;
using Ensembles.Metrics;
using Ensembles.RandomForests;
using Ensembles.Trees;

namespace Ensembles.Tests.MetaEnsembles;

public class StackingTests
{
    /// <summary>
    /// A member that knows its training rows by heart is right on all of them: only what it says of others tells that it knows nothing.
    /// </summary>
    [Fact]
    public void The_final_learner_sees_predictions_of_unseen_rows()
    {
        double[] noise = SyntheticData.Friedman1(400, noise: 1, seed: 3).Targets.ToArray();
        int[] labels = [.. Enumerable.Range(0, 400).Select(r => (r * 7919) % 400 / 200)];
        ClassificationDataset data = ClassificationDataset.Create(FeatureTable.FromColumns([noise]), labels);
        var byHeart = new DecisionTreeClassifier();

        var recipe = new StackingClassifier(new DecisionTreeClassifier { MaxDepth = 1 }, byHeart) { Folds = 4 };
        StackingClassificationModel model = recipe.Fit(data);

        var final = (DecisionTreeClassificationModel)model.Final;
        final.Tree.InnerCount.Should().Be(1);
        double difference = final.Tree.LeafValue(0)[1] - final.Tree.LeafValue(1)[1];
        Math.Abs(difference).Should().BeLessThan(0.3, "it learned that the member is of no use");
        Accuracy.Compute(labels, model.Members[0].PredictClasses(data.Features)).Should().Be(1);
    }

    [Fact]
    public void Two_classes_give_one_meta_feature_a_member_and_more_give_all()
    {
        var recipe = new StackingClassifier(
            new DecisionTreeClassifier { MaxDepth = 2 },
            new DecisionTreeClassifier { MaxDepth = 2 },
            new RandomForestClassifier { TreeCount = 3 });

        StackingClassificationModel two = recipe.Fit(SampleData.BreastCancer());
        StackingClassificationModel three = recipe.Fit(SampleData.Wine());
        StackingClassificationModel passed = (recipe with { Passthrough = true }).Fit(SampleData.Wine());

        two.Final.Schema.Count.Should().Be(2);
        three.Final.Schema.Count.Should().Be(6);
        three.Final.Schema[0].Name.Should().Be($"member 0: {SampleData.Wine().Classes[0]}");
        passed.Final.Schema.Count.Should().Be(6 + SampleData.Wine().Schema.Count);
    }

    [Fact]
    public void Predictions_are_those_of_the_final_model_on_what_the_members_say()
    {
        (RegressionDataset train, RegressionDataset test) = SampleData.Diabetes().Split(0.7, seed: 1);
        StackingRegressionModel model = new StackingRegressor(
            new RandomForestRegressor { TreeCount = 5, MinSamplesLeaf = 10 },
            new DecisionTreeRegressor { MaxDepth = 3 },
            new RandomForestRegressor { TreeCount = 10 })
        {
            Passthrough = true,
        }.Fit(train);

        double[] tree = model.Members[0].Predict(test.Features);
        double[] forest = model.Members[1].Predict(test.Features);
        double[] predicted = model.Predict(test.Features);
        for (int r = 0; r < test.RowCount; r++)
        {
            predicted[r].Should().Be(model.Final.Predict([tree[r], forest[r], .. test.Features.Row(r)]));
        }
    }

    [Fact]
    public void A_stack_is_no_worse_than_its_worst_member()
    {
        ClassificationDataset data = SampleData.TelcoChurn();
        (ClassificationDataset train, ClassificationDataset test) = data.SplitStratified(0.5, seed: 1);
        var final = new RandomForestClassifier { TreeCount = 50, MinSamplesLeaf = 20 };

        StackingClassificationModel model = new StackingClassifier(
            final, new DecisionTreeClassifier(), new RandomForestClassifier { TreeCount = 50, MinSamplesLeaf = 5 }).Fit(train);

        double stacked = Accuracy.Compute(test.Labels, model.PredictClasses(test.Features));
        stacked.Should().BeGreaterThan(Accuracy.Compute(test.Labels, model.Members[0].PredictClasses(test.Features)) + 0.02);
    }

    [Fact]
    public void Names_of_features_are_no_obstacle()
    {
        FeatureTable table = new FeatureTableBuilder()
            .Numeric("member 0: prediction", [1.0, 2, 3, 4, 5, 6])
            .Categorical("letter", ["a", "b", null, "a", "b", "c"])
            .Build();
        RegressionDataset data = RegressionDataset.Create(table, [1, 2, 3, 4, 5, 6]);

        StackingRegressionModel model = new StackingRegressor(new DecisionTreeRegressor(), new DecisionTreeRegressor())
        {
            Folds = 9,
            Passthrough = true,
        }.Fit(data);

        model.Final.Schema.Select(feature => feature.Name).Should().Equal("member 0: prediction'", "member 0: prediction", "letter");
        model.Predict(table).Should().HaveCount(6);
    }
}
