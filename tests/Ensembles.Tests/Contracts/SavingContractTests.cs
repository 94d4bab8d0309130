using Ensembles.Bagging;
using Ensembles.Learners;
using Ensembles.RandomForests;

namespace Ensembles.Tests.Contracts;

/// <summary>What every model keeps when it is saved and loaded.</summary>
public class SavingContractTests
{
    public static TheoryData<string> All => LearnerCase.Names();

    [Theory]
    [MemberData(nameof(All))]
    public void A_loaded_model_is_the_model_that_was_saved(string name)
    {
        ContractData data = ContractData.Mixed(200);
        Fitted saved = LearnerCase.Named(name).Fit(data);

        byte[] file = Save(saved.Model);
        Fitted loaded = Fitted.Of(Model.Load(new MemoryStream(file)));

        loaded.Model.Should().BeOfType(saved.Model.GetType());
        loaded.Model.Schema.Should().Equal(saved.Model.Schema);
        loaded.TreeBits().Should().Equal(saved.TreeBits());
        Bits(loaded.PredictGrid()).Should().Equal(Bits(saved.PredictGrid()));
        Bits(loaded.Predict(data.Table)).Should().Equal(Bits(saved.Predict(data.Table)));
        Bits((loaded.Model as IFeatureImportances)?.FeatureImportances() ?? [])
            .Should().Equal(Bits((saved.Model as IFeatureImportances)?.FeatureImportances() ?? []));
        Save(loaded.Model).Should().Equal(file, "nothing is lost");
    }

    [Theory]
    [MemberData(nameof(All))]
    public void The_same_fit_gives_the_same_bytes_at_any_number_of_threads(string name)
    {
        LearnerCase learner = LearnerCase.Named(name);

        byte[] file = Save(learner.Fit(ContractData.Mixed(), new FitOptions { Threads = 1 }).Model);

        Save(learner.Fit(ContractData.Mixed(), new FitOptions { Threads = 3 }).Model).Should().Equal(file);
    }

    /// <summary>Boosters go on from any data, forests and bagging from the training data: loaded ones as well.</summary>
    [Theory]
    [MemberData(nameof(All))]
    public void A_loaded_model_goes_on_as_the_saved_one_would(string name)
    {
        ContractData data = ContractData.Mixed();
        LearnerCase learner = LearnerCase.Named(name);
        Model saved = learner.Fit(data).Model;
        if (Continue(saved, learner.Learner, data) is not Model expected)
        {
            return;
        }

        Model loaded = Model.Load(new MemoryStream(Save(saved)));

        Save(Continue(loaded, learner.Learner, data)!).Should().Equal(Save(expected));
    }

    private static Model? Continue(Model model, Learner recipe, ContractData data) => model switch
    {
        ForestClassificationModel forest => forest.Continue(data.Classification, 2),
        ForestRegressionModel forest => forest.Continue(data.Regression, 2),
        BaggingClassificationModel bag => bag.Continue(data.Classification, 2),
        BaggingRegressionModel bag => bag.Continue(data.Regression, 2),
        Ensembles.IsolationForests.IsolationForestModel forest => forest.Continue(data.Table, 2),
        Ensembles.NewtonBoosting.NewtonBoostingClassificationModel boosted => boosted.Continue(data.Classification, 2),
        Ensembles.NewtonBoosting.NewtonBoostingRegressionModel boosted =>
            ((Ensembles.NewtonBoosting.NewtonBoostingRegressor)recipe with { Rounds = 2 }).Continue(boosted, data.Regression),
        Ensembles.LinearBoosting.LinearBoostingClassificationModel boosted => boosted.Continue(data.Classification, 2),
        Ensembles.LinearBoosting.LinearBoostingRegressionModel boosted => boosted.Continue(data.Regression, 2),
        Ensembles.GradientBoosting.GradientBoostingClassificationModel boosted =>
            (boosted.Recipe with { Rounds = 2 }).Continue(boosted, data.Classification),
        Ensembles.GradientBoosting.GradientBoostingRegressionModel boosted =>
            (boosted.Recipe with { Rounds = 2 }).Continue(boosted, data.Regression),
        _ => null,
    };

    private static byte[] Save(Model model)
    {
        using var stream = new MemoryStream();
        model.Save(stream);
        return stream.ToArray();
    }

    private static long[] Bits(double[] values) => Array.ConvertAll(values, BitConverter.DoubleToInt64Bits);
}
