using Ensembles.AdaBoost;
using Ensembles.Data;
using Ensembles.Metrics;

namespace Ensembles.PeerTests.AdaBoost;

/// <summary>
/// Both sides draw their rows at random, so mean test errors over 40 seeds are compared: they differ by at most twice the standard error of
/// their difference.
/// </summary>
public class ScikitLearnR2Tests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void The_test_error_is_the_same_within_its_standard_error(int index)
    {
        RegressionCase peer = AdaBoostFixtures.All.Regression[index];
        RegressionDataset all = RegressionDataset.Create(FeatureTable.FromColumns(peer.Columns), peer.Targets);
        RegressionDataset train = all.SelectRows([.. Enumerable.Range(0, peer.TrainRows)]);
        RegressionDataset test = all.SelectRows([.. Enumerable.Range(peer.TrainRows, all.RowCount - peer.TrainRows)]);
        train = peer.RowWeights is null ? train : train.WithWeights(peer.RowWeights);
        var recipe = new AdaBoostRegressor
        {
            Rounds = peer.Rounds,
            LearningRate = peer.Rate,
            Loss = Enum.Parse<AdaBoostLoss>(peer.Loss, ignoreCase: true),
        };
        var errors = new double[peer.TestErrors.Length];

        for (int seed = 0; seed < errors.Length; seed++)
        {
            AdaBoostRegressionModel model = (recipe with { Seed = (ulong)seed }).Fit(train);
            errors[seed] = MeanSquaredError.Compute(test.Targets, model.Predict(test.Features));
        }

        double standardError = Math.Sqrt((Variance(errors) + Variance(peer.TestErrors)) / errors.Length);
        errors.Average().Should().BeApproximately(peer.TestErrors.Average(), 2 * standardError, peer.Loss);
    }

    private static double Variance(double[] values) => values.Sum(v => (v - values.Average()) * (v - values.Average())) / (values.Length - 1);
}
