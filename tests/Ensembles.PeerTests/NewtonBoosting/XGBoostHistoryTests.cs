using Ensembles.Learners;
using Ensembles.Metrics;
using Ensembles.NewtonBoosting;

namespace Ensembles.PeerTests.NewtonBoosting;

/// <summary>
/// The metrics after every round, on the training and the validation set, are those of XGBoost 1.7.4's <c>evals_result</c>, and so are the
/// round where early stopping ends and the best one.
/// </summary>
/// <remarks>Tolerance 1e-5: XGBoost keeps scores and predictions as float32, and prints its metrics from them.</remarks>
public class XGBoostHistoryTests
{
    private const double Tolerance = 1e-5;

    private static readonly Lazy<HistoryFixtures> File = new(() => XGBoostFixtures.Read<HistoryFixtures>("newton-history.json.gz"));

    public static TheoryData<string> Names => [.. File.Value.Cases.Select(peer => peer.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Metrics_of_every_round_and_the_best_round_are_those_of_XGBoost(string name)
    {
        HistoryCase peer = File.Value.Cases.Single(c => string.Equals(c.Name, name, StringComparison.Ordinal));
        HistoryData data = File.Value.Data[peer.Data];

        if (data.Training.Classes == 0)
        {
            var recipe = new NewtonBoostingRegressor { EvaluationMetrics = [.. peer.Metrics.Select(OfValues)] };
            var model = ((NewtonBoostingRegressor)Stop(recipe, peer))
                .Fit(data.Training.Regression(peer.Weighted), data.Validation.Regression(peer.Weighted));
            Compare(model.History, model.RoundCount, peer);
        }
        else
        {
            var recipe = new NewtonBoostingClassifier { EvaluationMetrics = [.. peer.Metrics.Select(OfClasses)] };
            var model = ((NewtonBoostingClassifier)Stop(recipe, peer))
                .Fit(data.Training.Classification(peer.Weighted), data.Validation.Classification(peer.Weighted));
            Compare(model.History, model.RoundCount, peer);
        }
    }

    private static void Compare<TMetric>(EvaluationHistory<TMetric> history, int rounds, HistoryCase peer)
        where TMetric : Metric
    {
        for (int m = 0; m < peer.Metrics.Length; m++)
        {
            ShouldBeNear(history.Training(history.Metrics[m]), peer.History["training"][peer.Metrics[m]]);
            ShouldBeNear(history.Validation(history.Metrics[m]), peer.History["validation"][peer.Metrics[m]]);
        }

        history.RoundCount.Should().Be(peer.History["validation"][peer.Metrics[0]].Length);
        rounds.Should().Be(peer.BestIteration is int last ? last + 1 : peer.Rounds);
        if (peer.BestIteration is int best)
        {
            history.BestRound.Should().Be(best);
            history.BestScore.Should().Be(history.Validation()[best]);
        }
    }

    private static void ShouldBeNear(IReadOnlyList<double> values, double[] expected) =>
        values.Should().Equal(expected, (value, other) => Math.Abs(value - other) <= Tolerance * Math.Max(1, Math.Abs(other)));

    private static NewtonBoostingLearner<TDataset, TModel, TMetric, TFitted> Stop<TDataset, TModel, TMetric, TFitted>(
        NewtonBoostingLearner<TDataset, TModel, TMetric, TFitted> recipe, HistoryCase peer)
        where TDataset : Ensembles.Data.Dataset<TDataset>
        where TModel : Model
        where TMetric : Metric
        where TFitted : TModel => peer.Parameters.Limit(recipe, peer.Rounds) with
        {
            EarlyStoppingRounds = peer.Patience,
            EarlyStoppingMinDelta = peer.MinDelta,
            EvaluateTraining = true,
        };

    private static ClassificationMetric OfClasses(string name) => name switch
    {
        "logloss" or "mlogloss" => ClassificationMetric.LogLoss,
        "error" or "merror" => ClassificationMetric.Error,
        _ => ClassificationMetric.AreaUnderRoc,
    };

    private static RegressionMetric OfValues(string name) =>
        string.Equals(name, "rmse", StringComparison.Ordinal) ? RegressionMetric.RootMeanSquaredError : RegressionMetric.MeanAbsoluteError;

    private sealed record HistoryFixtures(Dictionary<string, HistoryData> Data, HistoryCase[] Cases);

    private sealed record HistoryData(XGBoostData Training, XGBoostData Validation);

    private sealed record HistoryCase(
        string Name,
        string Data,
        bool Weighted,
        int Rounds,
        XGBoostParameters Parameters,
        string[] Metrics,
        int? Patience,
        double MinDelta,
        Dictionary<string, Dictionary<string, double[]>> History,
        int? BestIteration);
}
