using Ensembles.Data;
using Ensembles.Learners;
using Ensembles.RandomForests;
using Ensembles.Trees;

namespace Ensembles.Tests.RandomForests;

public class ForestContinuationTests
{
    public static TheoryData<ForestClassifier> Classifiers => new()
    {
        new RandomForestClassifier { TreeCount = 4, ClassWeights = ClassWeights.BalancedPerSample },
        new RandomForestClassifier { TreeCount = 4, FeatureSampling = FeatureSampling.PerTree, Voting = Voting.Majority },
        new ExtraTreesClassifier { TreeCount = 4 },
    };

    [Theory]
    [MemberData(nameof(Classifiers))]
    public void Growing_in_steps_gives_the_forest_grown_at_once(ForestClassifier recipe)
    {
        ClassificationDataset data = ForestData.Classes(weights: ForestData.Weights(300, 2));
        ForestClassificationModel once = (recipe with { TreeCount = 10 }).Fit(data);

        ForestClassificationModel steps = recipe.Fit(data).Continue(data, 1).Continue(data, 5, new FitOptions { Threads = 2 });

        steps.Recipe.Should().Be(once.Recipe);
        ForestData.Describe(steps.Trees, steps.Statistics).Should().Be(ForestData.Describe(once.Trees, once.Statistics));
        steps.PredictProbabilities(data.Features).Cast<double>().Should().Equal(once.PredictProbabilities(data.Features).Cast<double>());
        (steps.OutOfBag?.LogLoss).Should().Be(once.OutOfBag?.LogLoss);
        (steps.OutOfBag?.ErrorCurve.ToArray()).Should().Equal(once.OutOfBag?.ErrorCurve.ToArray());
    }

    [Fact]
    public void A_continued_regressor_keeps_its_leaf_samples()
    {
        RegressionDataset data = ForestData.Numbers();
        var recipe = new RandomForestRegressor { TreeCount = 3, KeepLeafSamples = true, MinSamplesLeaf = 5 };
        ForestRegressionModel once = (recipe with { TreeCount = 7 }).Fit(data);

        ForestRegressionModel steps = recipe.Fit(data).Continue(data, 4);

        ForestData.Describe(steps.Trees, steps.Statistics).Should().Be(ForestData.Describe(once.Trees, once.Statistics));
        steps.PredictQuantiles(data.Features, 0.1, 0.9).Cast<double>()
            .Should().Equal(once.PredictQuantiles(data.Features, 0.1, 0.9).Cast<double>());
    }

    [Fact]
    public void Other_data_are_refused()
    {
        ClassificationDataset data = ForestData.Classes(60);
        ForestClassificationModel model = new RandomForestClassifier { TreeCount = 2 }.Fit(data);
        int[] turned = [.. Enumerable.Range(0, 60).Reverse()];

        Refused(() => model.Continue(ForestData.Classes(61), 1), "*rows: 61 and not 60*");
        Refused(() => model.Continue(data.SelectRows(turned), 1), "*other targets or weights*");
        Refused(() => model.Continue(data.WithWeights(Enumerable.Repeat(2.0, 60).ToArray()), 1), "*other targets or weights*");
        Refused(() => model.Continue(data.SelectColumns([0, 1]), 1), "*other columns*");
        Refused(() => model.Continue(ForestData.Classes(60, classes: 2), 1), "*other classes*");
        Refused(() => model.PermutationImportances(ForestData.Classes(61)), "*rows: 61 and not 60*");
        Refused(() => model.OutOfBagProximities(ForestData.Classes(61)), "*rows: 61 and not 60*");
        FluentActions.Invoking(() => model.Continue(data, 0)).Should().Throw<ArgumentOutOfRangeException>();
    }

    private static void Refused(Action action, string message) => action.Should().Throw<ArgumentException>().WithMessage(message);
}
