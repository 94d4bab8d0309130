using Ensembles.Data;
using Ensembles.Learners;
using Ensembles.NewtonBoosting;
using Ensembles.Tests.Contracts;

namespace Ensembles.Tests.NewtonBoosting;

/// <summary>Some rounds and then some more are all of them in one go.</summary>
public class ContinuationTests
{
    private static readonly ContractData Data = NewtonFits.Draw(1500);
    private static readonly ContractData Other = NewtonFits.Draw(900, seed: 9);

    public static TheoryData<string> Variants => ["plain", "sampled", "leaf-wise", "base score", "dropout", "dropout, weighted, forest"];

    [Theory]
    [MemberData(nameof(Variants))]
    public void Rounds_in_two_goes_are_those_of_one(string variant)
    {
        NewtonBoostingClassifier recipe = Recipe(variant);

        NewtonBoostingClassificationModel whole = (recipe with { Rounds = 9 }).Fit(Data.Classification);
        NewtonBoostingClassificationModel first = (recipe with { Rounds = 4 }).Fit(Data.Classification);
        NewtonBoostingClassificationModel second = first.Continue(Data.Classification, 3).Continue(Data.Classification, 2, new FitOptions { Threads = 3 });

        Fitted.Of(second).TreeBits().Should().Equal(Fitted.Of(whole).TreeBits());
        second.TreeWeights.Should().Equal(whole.TreeWeights);
        second.BaseScores.Should().Equal(whole.BaseScores);
        second.Recipe.Should().Be(whole.Recipe);
        Fitted.Of(second).PredictGrid().Should().Equal(Fitted.Of(whole).PredictGrid());
        first.RoundCount.Should().Be(4, "a model does not change");
    }

    [Fact]
    public void Many_rows_in_packed_form_and_several_blocks_go_on_as_well()
    {
        ContractData many = NewtonFits.Draw(NewtonFits.ManyRows);
        var recipe = new NewtonBoostingRegressor { Rounds = 3, MaxDepth = 4, Subsample = 0.6 };

        NewtonBoostingRegressionModel twice = (recipe with { Rounds = 2 }).Fit(many.Regression).Continue(many.Regression, 1);

        Fitted.Of(twice).TreeBits().Should().Equal(Fitted.Of(recipe.Fit(many.Regression)).TreeBits());
    }

    [Fact]
    public void Other_data_and_another_recipe_go_on_from_the_scores_of_the_model()
    {
        var recipe = new NewtonBoostingRegressor { Rounds = 5 };
        NewtonBoostingRegressionModel model = recipe.Fit(Data.Regression);

        NewtonBoostingRegressionModel more = (recipe with { Rounds = 30, LearningRate = 0.3 }).Continue(model, Other.Regression, Other.Regression);

        more.RoundCount.Should().Be(35);
        more.BaseScore.Should().Be(model.BaseScore);
        more.Recipe.Rounds.Should().Be(35);
        more.Trees.Take(5).Should().Equal(model.Trees);
        more.History.FirstRound.Should().Be(5);
        more.History.RoundCount.Should().Be(30);
        more.History.Validation().Should().BeInDescendingOrder();
        more.History.BestRound.Should().Be(34);

        // One row of each: a tree of one leaf moves a row by the share λ leaves of what the model misses.
        RegressionDataset one = Other.SelectRows(Array.FindIndex(Other.Weights, w => w > 0)).Regression.WithWeights([1]);
        double before = model.Predict(one.Features)[0];
        double after = model.Continue(one, 1).Predict(one.Features)[0];
        after.Should().BeApproximately(before + (0.1 * (one.Targets[0] - before) / 2), 1e-6);
    }

    [Fact]
    public void A_model_that_stopped_early_goes_on_from_its_best_round()
    {
        var recipe = new NewtonBoostingClassifier { Rounds = 200, LearningRate = 0.5, MaxDepth = 3, EarlyStoppingRounds = 3 };
        NewtonBoostingClassificationModel stopped = recipe.Fit(Data.Classification, Other.Classification);
        int kept = stopped.RoundCount;
        NewtonBoostingClassifier plain = recipe with { EarlyStoppingRounds = null };

        NewtonBoostingClassificationModel more = (plain with { Rounds = 4 }).Continue(stopped, Data.Classification);
        NewtonBoostingClassificationModel measured = stopped.Continue(Data.Classification, Other.Classification, 2);

        Fitted.Of(more).TreeBits().Should().Equal(Fitted.Of((plain with { Rounds = kept + 4 }).Fit(Data.Classification)).TreeBits());
        measured.History.Validation().Should().Equal(stopped.History.Validation().Skip(kept).Take(2));
        ((Action)(() => stopped.Continue(Data.Classification, 2))).Should().Throw<ArgumentException>().WithMessage("*needs a validation set*");
    }

    [Fact]
    public void What_does_not_fit_the_model_is_refused()
    {
        NewtonBoostingClassificationModel model = new NewtonBoostingClassifier { Rounds = 2 }.Fit(Data.Classification);
        ClassificationDataset narrow = Data.Classification.SelectColumns([0, 1]);
        ClassificationDataset renamed = ClassificationDataset.FromIndices(
            Data.Table, new ClassLabels(["a", "b", "c"]), Data.Classification.Labels.ToArray());

        Refused(() => model.Continue(narrow, 1), "*other columns*");
        Refused(() => model.Continue(renamed, 1), "*other classes*a, b, c*");
        Refused(() => new NewtonBoostingClassifier { BaseScore = 0.7 }.Continue(model, Data.Classification), "*another base score*");
        FluentActions.Invoking(() => model.Continue(Data.Classification, 0)).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => new NewtonBoostingClassifier().Continue(null!, Data.Classification)).Should().Throw<ArgumentNullException>();
        NewtonBoostingRegressionModel values = new NewtonBoostingRegressor { Rounds = 1, BaseScore = 2 }.Fit(Data.Regression);
        Refused(() => new NewtonBoostingRegressor { BaseScore = 1 }.Continue(values, Data.Regression), "*another base score*");
        Refused(() => values.Continue(Data.Regression.SelectColumns([0]), 1), "*other columns*");
        new NewtonBoostingRegressor { BaseScore = 2, Rounds = 1 }.Continue(values, Data.Regression).RoundCount.Should().Be(2);
    }

    private static void Refused(Action action, string message) => action.Should().Throw<ArgumentException>().WithMessage(message);

    private static NewtonBoostingClassifier Recipe(string variant)
    {
        var recipe = new NewtonBoostingClassifier { MaxDepth = 4, LearningRate = 0.3, Seed = 7 };
        return variant switch
        {
            "sampled" => recipe with { Subsample = 0.6, ColumnSampleByTree = 0.8, ColumnSampleByLevel = 0.8, ColumnSampleByNode = 0.8 },
            "leaf-wise" => recipe with { GrowthPolicy = GrowthPolicy.LeafWise, MaxLeaves = 9, MaxDepth = null },
            "base score" => recipe with { BaseScore = 0.25 },
            "dropout" => recipe with { Dropout = new Dropout { Rate = 0.4 } },
            "dropout, weighted, forest" => recipe with
            {
                Subsample = 0.8,
                Dropout = new Dropout
                {
                    Rate = 0.3,
                    SkipRate = 0.2,
                    OneDrop = true,
                    Normalization = DropoutNormalization.Forest,
                    Sampling = DropoutSampling.Weighted,
                },
            },
            _ => recipe,
        };
    }
}
