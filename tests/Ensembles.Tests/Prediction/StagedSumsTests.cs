using Ensembles.Data;
using Ensembles.GradientBoosting;
using Ensembles.Learners;
using Ensembles.NewtonBoosting;
using Ensembles.Tests.Contracts;

namespace Ensembles.Tests.Prediction;

public class StagedSumsTests
{
    public static TheoryData<string> Boosted => LearnerCase.Names(learner =>
        learner.Name.StartsWith("NewtonBoosting", StringComparison.Ordinal) || learner.Name.StartsWith("GradientBoosting", StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(Boosted))]
    public void Stages_are_running_sums_that_end_with_the_prediction(string name)
    {
        Fitted fitted = LearnerCase.Named(name).Fit(ContractData.Mixed());
        FeatureTable table = ContractData.Mixed(1100, seed: 4).Table;
        double[] rows = [.. Enumerable.Range(0, 1100).SelectMany(table.Row)];
        double[][] stages = Stages(fitted.Model, table);
        var found = new double[stages.Sum(stage => stage.Length)];

        StagesInto(fitted.Model, rows, found);

        stages[^1].Should().Equal(fitted.Predict(table));
        stages[0].Should().NotEqual(stages[^1]);
        found.Should().Equal(stages.SelectMany(stage => stage));

        found.AsSpan().Clear();
        StagesInto(fitted.Model, rows, found);
        Allocations.Of(() => StagesInto(fitted.Model, rows, found)).Should().Be(0);
        ((Action)(() => StagesInto(fitted.Model, rows, new double[5]))).Should().Throw<ArgumentException>().WithMessage("*places, not 5.*");
    }

    private static double[][] Stages(Model model, FeatureTable table) => model switch
    {
        NewtonBoostingRegressionModel boosted => [.. boosted.StagedPredictions(table)],
        GradientBoostingRegressionModel boosted => [.. boosted.StagedPredictions(table)],
        NewtonBoostingClassificationModel boosted => [.. boosted.StagedProbabilities(table).Select(Flat)],
        GradientBoostingClassificationModel boosted => [.. boosted.StagedProbabilities(table).Select(Flat)],
        _ => throw new ArgumentException("No booster.", nameof(model)),
    };

    private static void StagesInto(Model model, double[] rows, double[] destination)
    {
        switch (model)
        {
            case NewtonBoostingRegressionModel boosted:
                boosted.StagedPredictions(rows, destination);
                break;
            case GradientBoostingRegressionModel boosted:
                boosted.StagedPredictions(rows, destination);
                break;
            case NewtonBoostingClassificationModel boosted:
                boosted.StagedProbabilities(rows, destination);
                break;
            case GradientBoostingClassificationModel boosted:
                boosted.StagedProbabilities(rows, destination);
                break;
        }
    }

    private static double[] Flat(double[,] matrix) => [.. matrix.Cast<double>()];
}
