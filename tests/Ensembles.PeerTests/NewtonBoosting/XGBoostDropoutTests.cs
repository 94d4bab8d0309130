using Ensembles.Learners;
using Ensembles.Metrics;
using Ensembles.NewtonBoosting;

namespace Ensembles.PeerTests.NewtonBoosting;

/// <summary>
/// Dropout scales trees as XGBoost 1.7.4's <c>booster=dart</c>: the weights, the predictions of the training rows and the metric after every
/// round, where XGBoost draws nothing at random.
/// </summary>
/// <remarks>Tolerance 1e-5: XGBoost keeps weights, scores and predictions as float32.</remarks>
public class XGBoostDropoutTests
{
    private const double Tolerance = 1e-5;

    private static readonly Lazy<DropoutFixtures> File = new(() => XGBoostFixtures.Read<DropoutFixtures>("newton-dart.json.gz"));

    public static TheoryData<string> Names => [.. File.Value.Cases.Select(peer => peer.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Weights_and_predictions_are_those_of_XGBoost(string name)
    {
        DropoutCase peer = File.Value.Cases.Single(c => string.Equals(c.Name, name, StringComparison.Ordinal));
        XGBoostData data = File.Value.Data[peer.Data];

        if (data.Classes == 0)
        {
            var model = ((NewtonBoostingRegressor)WithDropout(new NewtonBoostingRegressor(), peer)).Fit(data.Regression(peer.Weighted));
            Compare(model.TreeWeights, peer.Weights);
            Compare(model.Predict(data.Table()), peer.Predictions);
            Compare(model.History.Training(), peer.History);
        }
        else
        {
            var model = ((NewtonBoostingClassifier)WithDropout(new NewtonBoostingClassifier(), peer)).Fit(data.Classification(peer.Weighted));
            double[] probabilities = [.. model.PredictProbabilities(data.Table()).Cast<double>()];
            Compare(model.TreeWeights, peer.Weights);
            Compare(data.Classes > 2 ? probabilities : [.. probabilities.Where((_, i) => i % 2 == 1)], peer.Predictions);
            Compare(model.History.Training(), peer.History);
        }
    }

    [Fact]
    public void The_fixture_has_trees_that_were_scaled_by_both_normalizations() =>
        File.Value.Cases.Where(c => c.Weights.Any(w => w != 1)).Select(c => c.Forest).Distinct().Should().HaveCount(2);

    private static void Compare(IEnumerable<double> values, double[] expected) =>
        values.Should().Equal(expected, (value, other) => Math.Abs(value - other) <= Tolerance * Math.Max(1, Math.Abs(other)));

    private static NewtonBoostingLearner<TDataset, TModel, TMetric, TFitted> WithDropout<TDataset, TModel, TMetric, TFitted>(
        NewtonBoostingLearner<TDataset, TModel, TMetric, TFitted> recipe, DropoutCase peer)
        where TDataset : Ensembles.Data.Dataset<TDataset>
        where TModel : Model
        where TMetric : Metric
        where TFitted : TModel => peer.Parameters.Limit(recipe, peer.Rounds) with
        {
            EvaluateTraining = true,
            Dropout = new Dropout
            {
                Rate = peer.Rate,
                SkipRate = peer.Skip,
                OneDrop = peer.One,
                Normalization = peer.Forest ? DropoutNormalization.Forest : DropoutNormalization.Tree,
            },
        };

    private sealed record DropoutFixtures(Dictionary<string, XGBoostData> Data, DropoutCase[] Cases);

    private sealed record DropoutCase(
        string Name,
        string Data,
        bool Weighted,
        int Rounds,
        XGBoostParameters Parameters,
        double Rate,
        double Skip,
        bool One,
        bool Forest,
        double[] Weights,
        double[] Predictions,
        double[] History);
}
