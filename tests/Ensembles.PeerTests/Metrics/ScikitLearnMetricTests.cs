using Ensembles.Metrics;

namespace Ensembles.PeerTests.Metrics;

/// <summary>
/// Both sides evaluate the same formula in doubles over at most 400 rows; they may differ in the order of additions, some 1e-14.
/// </summary>
public class ScikitLearnMetricTests
{
    private const double Tolerance = 1e-12;

    public static TheoryData<int> BinaryCases => Indices(MetricFixtures.Instance.Binary.Length);

    public static TheoryData<int> MulticlassCases => Indices(MetricFixtures.Instance.Multiclass.Length);

    public static TheoryData<int> RegressionCases => Indices(MetricFixtures.Instance.Regression.Length);

    [Theory]
    [MemberData(nameof(BinaryCases))]
    public void Binary_metrics_agree(int index)
    {
        BinaryCase peer = MetricFixtures.Instance.Binary[index];
        Near(LogLoss.Compute(peer.Labels, peer.Probabilities, peer.Weights), peer.LogLoss);
        Near(BrierScore.Compute(peer.Labels, peer.Probabilities, peer.Weights), peer.Brier);
        Near(AreaUnderRoc.Compute(peer.Labels, peer.Probabilities, peer.Weights), peer.AreaUnderRoc);
        Near(AveragePrecision.Compute(peer.Labels, peer.Probabilities, peer.Weights), peer.AveragePrecision);
    }

    [Theory]
    [MemberData(nameof(MulticlassCases))]
    public void Multiclass_metrics_agree(int index)
    {
        MulticlassCase peer = MetricFixtures.Instance.Multiclass[index];
        Near(LogLoss.Compute(peer.Labels, peer.Probabilities, peer.ClassCount, peer.Weights), peer.LogLoss);
        Near(AreaUnderRoc.OneVsRest(peer.Labels, peer.Probabilities, peer.ClassCount, peer.Weights), peer.AreaOneVsRest);
        Near(Accuracy.Compute(peer.Labels, peer.Predictions, peer.Weights), peer.Accuracy);
        Near(BalancedAccuracy.Compute(peer.Labels, peer.Predictions, peer.Weights), peer.BalancedAccuracy);
        Near(MatthewsCorrelation.Compute(peer.Labels, peer.Predictions, peer.Weights), peer.Matthews);

        // scikit-learn has this one without weights only.
        if (peer.AreaOneVsOne is { } oneVsOne)
        {
            Near(AreaUnderRoc.OneVsOne(peer.Labels, peer.Probabilities, peer.ClassCount), oneVsOne);
        }
    }

    [Theory]
    [MemberData(nameof(MulticlassCases))]
    public void Confusion_matrices_agree(int index)
    {
        MulticlassCase peer = MetricFixtures.Instance.Multiclass[index];
        ConfusionMatrix matrix = ConfusionMatrix.Compute(peer.Labels, peer.Predictions, peer.ClassCount, peer.Weights);
        for (int k = 0; k < peer.ClassCount; k++)
        {
            for (int predicted = 0; predicted < peer.ClassCount; predicted++)
            {
                Near(matrix[k, predicted], peer.Confusion[(k * peer.ClassCount) + predicted]);
            }

            Near(matrix.Precision(k), peer.Precision[k]);
            Near(matrix.Recall(k), peer.Recall[k]);
            Near(matrix.F1(k), peer.F1[k]);
        }

        Near(matrix.Accuracy, peer.Accuracy);
        Near(matrix.MacroF1, peer.MacroF1);
    }

    [Theory]
    [MemberData(nameof(RegressionCases))]
    public void Regression_metrics_agree(int index)
    {
        RegressionCase peer = MetricFixtures.Instance.Regression[index];
        Near(MeanSquaredError.Compute(peer.Targets, peer.Predictions, peer.Weights), peer.MeanSquaredError);
        Near(RootMeanSquaredError.Compute(peer.Targets, peer.Predictions, peer.Weights), peer.RootMeanSquaredError);
        Near(MeanAbsoluteError.Compute(peer.Targets, peer.Predictions, peer.Weights), peer.MeanAbsoluteError);
        Near(MedianAbsoluteError.Compute(peer.Targets, peer.Predictions, peer.Weights), peer.MedianAbsoluteError);
        Near(RSquared.Compute(peer.Targets, peer.Predictions, peer.Weights), peer.RSquared);
        Near(PinballLoss.Compute(peer.Targets, peer.Predictions, 0.1, peer.Weights), peer.Pinball10);
        Near(PinballLoss.Compute(peer.Targets, peer.Predictions, 0.75, peer.Weights), peer.Pinball75);
        Near(MeanPoissonDeviance.Compute(peer.Targets, peer.Predictions, peer.Weights), peer.PoissonDeviance);
    }

    private static void Near(double ours, double peers) =>
        ours.Should().BeApproximately(peers, Tolerance * Math.Max(1, Math.Abs(peers)));

    private static TheoryData<int> Indices(int count) => [.. Enumerable.Range(0, count)];
}
