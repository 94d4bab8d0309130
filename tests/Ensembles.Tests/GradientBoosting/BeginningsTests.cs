using Ensembles.Data;
using Ensembles.Datasets;
using Ensembles.GradientBoosting;
using Ensembles.Learners;
using Ensembles.RandomForests;
using Ensembles.Trees;

namespace Ensembles.Tests.GradientBoosting;

/// <summary>Where boosting starts, goes on and stops.</summary>
public class BeginningsTests
{
    private static readonly RegressionDataset Numbers = SyntheticData.Friedman1(400, 1, noise: 1);

    private static readonly ClassificationDataset Classes = ClassificationDataset.Create(
        Numbers.Features, [.. Numbers.Targets.ToArray().Select(y => y > 17 ? 2 : y > 12 ? 1 : 0)]);

    public static TheoryData<GradientBoostingRegressor> Regressors =>
    [
        new GradientBoostingRegressor(),
        new GradientBoostingRegressor { SplitMethod = SplitMethod.Histogram, Subsample = 0.6, MaxLeaves = 5 },
        new GradientBoostingRegressor { Loss = RegressionLoss.Huber, Subsample = 0.5, MaxFeatures = FeatureCount.Sqrt, Seed = 3 },
        new GradientBoostingRegressor { Loss = RegressionLoss.AbsoluteError, InitialLearner = new DecisionTreeRegressor { MaxDepth = 2 } },
    ];

    [Theory]
    [MemberData(nameof(Regressors))]
    public void A_continued_model_is_the_one_of_all_rounds(GradientBoostingRegressor recipe)
    {
        GradientBoostingRegressionModel atOnce = (recipe with { Rounds = 12 }).Fit(Numbers);
        GradientBoostingRegressionModel first = (recipe with { Rounds = 5 }).Fit(Numbers);

        GradientBoostingRegressionModel whole = (recipe with { Rounds = 7 }).Continue(first, Numbers);

        first.RoundCount.Should().Be(5);
        whole.Recipe.Should().Be(atOnce.Recipe);
        whole.Predict(Numbers.Features).Should().Equal(atOnce.Predict(Numbers.Features));
        whole.TrainingLosses.Should().Equal(atOnce.TrainingLosses);
        whole.OutOfBagImprovements.Should().Equal(atOnce.OutOfBagImprovements);
        whole.FeatureImportances().Should().Equal(atOnce.FeatureImportances());
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void A_continued_classifier_is_the_one_of_all_rounds(int classes)
    {
        ClassificationDataset data = ClassificationDataset.Create(
            Classes.Features, [.. Classes.Labels.ToArray().Select(label => Math.Min(label, classes - 1))]);
        var recipe = new GradientBoostingClassifier { Rounds = 4, Subsample = 0.7 };

        GradientBoostingClassificationModel whole = recipe.Continue(recipe.Fit(data), data);

        whole.PredictProbabilities(data.Features).Should().BeEquivalentTo(
            (recipe with { Rounds = 8 }).Fit(data).PredictProbabilities(data.Features));
    }

    [Fact]
    public void Rounds_that_do_not_help_are_taken_back_from_a_continued_model()
    {
        RegressionDataset validation = SyntheticData.Friedman1(200, 7, noise: 1);
        var recipe = new GradientBoostingRegressor { Rounds = 300, LearningRate = 0.5, EarlyStoppingRounds = 5, Subsample = 0.5 };
        GradientBoostingRegressionModel first = new GradientBoostingRegressor { Rounds = 3, LearningRate = 0.5 }.Fit(Numbers);

        GradientBoostingRegressionModel whole = recipe.Continue(first, Numbers, validation);

        whole.History.FirstRound.Should().Be(3);
        whole.RoundCount.Should().Be(whole.History.BestRound + 1);
        whole.TrainingLosses.Should().HaveCount(whole.RoundCount);
        whole.OutOfBagImprovements.Should().HaveCount(whole.RoundCount - 3);
    }

    [Fact]
    public void What_is_continued_must_fit()
    {
        GradientBoostingClassificationModel model = new GradientBoostingClassifier { Rounds = 2 }.Fit(Classes);
        GradientBoostingRegressionModel numbers = new GradientBoostingRegressor { Rounds = 2 }.Fit(Numbers);
        ClassificationDataset two = ClassificationDataset.Create(
            Classes.Features, [.. Classes.Labels.ToArray().Select(label => Math.Min(label, 1))]);
        GradientBoostingClassificationModel deviance = new GradientBoostingClassifier { Rounds = 2 }.Fit(two);
        RegressionDataset narrow = Numbers.SelectColumns([0, 1]);

        Action otherClasses = () => new GradientBoostingClassifier().Continue(model, two);
        Action otherColumns = () => new GradientBoostingRegressor().Continue(numbers, narrow);
        Action otherLoss = () => new GradientBoostingClassifier { Loss = ClassificationLoss.Exponential }.Continue(deviance, two);
        Action otherStart = () => new GradientBoostingRegressor { InitialLearner = new DecisionTreeRegressor() }.Continue(numbers, Numbers);

        otherClasses.Should().Throw<ArgumentException>().WithMessage("*other classes*");
        otherColumns.Should().Throw<ArgumentException>().WithMessage("*other columns*");
        otherLoss.Should().Throw<ArgumentException>().WithMessage("*Deviance*Exponential*");
        otherStart.Should().Throw<ArgumentException>().WithMessage("*InitialLearner*");
    }

    [Fact]
    public void A_regressor_starts_from_what_another_learner_predicts()
    {
        var initial = new RandomForestRegressor { TreeCount = 5, MaxDepth = 3 };
        GradientBoostingRegressionModel model = new GradientBoostingRegressor { Rounds = 1, InitialLearner = initial }.Fit(Numbers);

        double[] start = initial.Fit(Numbers).Predict(Numbers.Features);
        Tree tree = model.Trees[0];
        var cells = new double[Numbers.Features.ColumnCount];
        double[] expected = [.. start.Select((value, row) =>
        {
            Numbers.Features.CopyRow(row, cells);
            return value + tree.LeafValue(tree.LeafOf(cells))[0];
        })];

        model.InitialModel.Should().NotBeNull();
        model.BaseScore.Should().BeNull();
        model.Predict(Numbers.Features).Should().Equal(expected);
        model.StagedPredictions(Numbers.Features).Single().Should().Equal(expected);
    }

    [Theory]
    [InlineData(2, ClassificationLoss.Deviance)]
    [InlineData(2, ClassificationLoss.Exponential)]
    [InlineData(3, ClassificationLoss.Deviance)]
    public void A_classifier_starts_from_the_probabilities_of_another_learner(int classes, ClassificationLoss loss)
    {
        ClassificationDataset data = ClassificationDataset.Create(
            Classes.Features, [.. Classes.Labels.ToArray().Select(label => Math.Min(label, classes - 1))]);
        var initial = new RandomForestClassifier { TreeCount = 5, MaxDepth = 2 };
        var recipe = new GradientBoostingClassifier { Rounds = 1, LearningRate = 1e-12, Loss = loss, InitialLearner = initial };

        double[] probabilities = [.. recipe.Fit(data).PredictProbabilities(data.Features).Cast<double>()];

        double[] start = [.. initial.Fit(data).PredictProbabilities(data.Features).Cast<double>()];
        probabilities.Should().Equal(start, (a, b) => Math.Abs(a - b) < 1e-6);
    }

    [Fact]
    public void A_base_score_takes_the_place_of_the_optimum()
    {
        ClassificationDataset two = ClassificationDataset.Create(
            Classes.Features, [.. Classes.Labels.ToArray().Select(label => Math.Min(label, 1))]);
        var numbers = new GradientBoostingRegressor { Rounds = 2, BaseScore = -3 };
        var classes = new GradientBoostingClassifier { Rounds = 2, BaseScore = 0.25 };
        GradientBoostingRegressionModel begun = numbers.Fit(Numbers);

        begun.BaseScore.Should().Be(-3);
        begun.TrainingLosses[1].Should().BeGreaterThan((numbers with { BaseScore = null }).Fit(Numbers).TrainingLosses[1]);
        classes.Fit(two).BaseScores.Single().Should().BeApproximately(-Math.Log(3), 1e-15);
        (classes with { Loss = ClassificationLoss.Exponential }).Fit(two).BaseScores.Single().Should().BeApproximately(-Math.Log(3) / 2, 1e-15);
        classes.Fit(Classes).BaseScores.Should().Equal(0.25, 0.25, 0.25);
        (numbers with { BaseScore = null }).Continue(begun, Numbers).Predict(Numbers.Features)
            .Should().Equal((numbers with { Rounds = 4 }).Fit(Numbers).Predict(Numbers.Features));
        Refused(() => (classes with { BaseScore = 1 }).Fit(two), "*probability*");
        Refused(() => (numbers with { BaseScore = 1 }).Continue(begun, Numbers), "*another base score*");
        Refused(() => (numbers with { InitialLearner = new DecisionTreeRegressor() }).Fit(Numbers), "*InitialLearner and BaseScore*");

        static void Refused(Action fit, string message) => fit.Should().Throw<ArgumentException>().WithMessage(message);
    }

    [Fact]
    public void The_rows_left_out_can_say_when_to_stop()
    {
        var recipe = new GradientBoostingRegressor
        {
            Rounds = 400,
            LearningRate = 0.3,
            Subsample = 0.5,
            StoppingRule = StoppingRule.OutOfBag,
            EarlyStoppingRounds = 15,
        };

        GradientBoostingRegressionModel model = recipe.Fit(Numbers);

        double[] all = [.. (recipe with { EarlyStoppingRounds = null }).Fit(Numbers).OutOfBagImprovements];
        double sum = 0;
        double[] sums = [.. all.Select(gained => sum += gained)];
        model.RoundCount.Should().BeLessThan(385);
        model.OutOfBagImprovements.Should().Equal(all.Take(model.RoundCount));
        sums.Take(model.RoundCount + 15).Max().Should().Be(sums[model.RoundCount - 1]);
        Action all_rows = () => (recipe with { Subsample = 1 }).Fit(Numbers);
        all_rows.Should().Throw<ArgumentException>().WithMessage("*Subsample*");
    }
}
