using Ensembles.Learners;
using Ensembles.LinearBoosting;
using Ensembles.Metrics;
using Ensembles.PeerTests.NewtonBoosting;

namespace Ensembles.PeerTests.LinearBoosting;

/// <summary>
/// After every recorded round, coefficients, intercepts, predictions and metrics are those of XGBoost 1.7.4's <c>booster=gblinear</c> with
/// <c>updater=coord_descent</c>.
/// </summary>
/// <remarks>
/// Tolerance 1e-5, of 1 or of the value: XGBoost keeps coefficients, gradients and scores as float32, half a unit of which is 6e-8, and the
/// errors of the steps add up.
/// </remarks>
public class XGBoostLinearTests
{
    private const double Tolerance = 1e-5;

    private static readonly Lazy<LinearFixtures> File = new(() => XGBoostFixtures.Read<LinearFixtures>("linear.json.gz"));

    public static TheoryData<string> Names => [.. File.Value.Cases.Select(peer => peer.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Coefficients_of_rounds_are_those_of_XGBoost(string name)
    {
        LinearCase peer = File.Value.Cases.Single(c => string.Equals(c.Name, name, StringComparison.Ordinal));
        XGBoostData data = File.Value.Data[peer.Data];
        foreach (LinearRound round in peer.Rounds)
        {
            int outputs = round.Bias.Length;
            double[][] coefficients = new double[outputs][];
            double[] intercepts;
            double[] predictions;
            IReadOnlyList<double> history;
            double baseScore = peer.Parameters.BaseScore;
            if (data.Classes == 0)
            {
                var model = ((LinearBoostingRegressor)Limit(new LinearBoostingRegressor(), peer, round.Count)).Fit(data.Regression(peer.Weighted));
                coefficients[0] = [.. Enumerable.Range(0, data.Columns.Length).Select(f => model.Coefficients(f)[0])];
                intercepts = [model.Intercept];
                predictions = model.Predict(data.Table());
                history = model.History.Training();
            }
            else
            {
                var model = ((LinearBoostingClassifier)Limit(new LinearBoostingClassifier(), peer, round.Count)).Fit(data.Classification(peer.Weighted));
                for (int k = 0; k < outputs; k++)
                {
                    coefficients[k] = [.. Enumerable.Range(0, data.Columns.Length).Select(f => model.Coefficients(f, k)[0])];
                }

                intercepts = [.. model.Intercepts];
                double[] probabilities = [.. model.PredictProbabilities(data.Table()).Cast<double>()];
                predictions = data.Classes > 2 ? probabilities : [.. probabilities.Where((_, i) => i % 2 == 1)];
                baseScore = data.Classes == 2 ? Math.Log(baseScore / (1 - baseScore)) : baseScore;
                history = model.History.Training();
            }

            for (int k = 0; k < outputs; k++)
            {
                Compare(coefficients[k], round.Weights[k]);
            }

            Compare(intercepts, Array.ConvertAll(round.Bias, bias => bias + baseScore));
            Compare(predictions, round.Predictions);
            Compare(history, peer.History[..round.Count]);
        }
    }

    private static void Compare(IEnumerable<double> values, double[] expected) =>
        values.Should().Equal(expected, (value, other) => Math.Abs(value - other) <= Tolerance * Math.Max(1, Math.Abs(other)));

    private static LinearBoostingLearner<TDataset, TModel, TMetric, TFitted> Limit<TDataset, TModel, TMetric, TFitted>(
        LinearBoostingLearner<TDataset, TModel, TMetric, TFitted> recipe, LinearCase peer, int rounds)
        where TDataset : Ensembles.Data.Dataset<TDataset>
        where TModel : Model
        where TMetric : Metric
        where TFitted : TModel => recipe with
        {
            Rounds = rounds,
            LearningRate = peer.Parameters.Eta,
            L1 = peer.Parameters.RegAlpha ?? 0,
            L2 = peer.Parameters.RegLambda ?? 0,
            BaseScore = peer.Parameters.BaseScore,
            FeatureSelector = Enum.Parse<FeatureSelector>(peer.Parameters.FeatureSelector ?? "cyclic", ignoreCase: true),
            TopFeatures = peer.Parameters.TopK,
            EvaluateTraining = true,
        };

    private sealed record LinearFixtures(Dictionary<string, XGBoostData> Data, LinearCase[] Cases);

    private sealed record LinearCase(string Name, string Data, bool Weighted, LinearParameters Parameters, LinearRound[] Rounds, double[] History);

    private sealed record LinearParameters(
        double BaseScore, double Eta, double? RegLambda, double? RegAlpha, string? FeatureSelector, int? TopK);

    private sealed record LinearRound(int Count, double[][] Weights, double[] Bias, double[] Predictions);
}
