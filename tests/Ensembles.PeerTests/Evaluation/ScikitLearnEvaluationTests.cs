using Ensembles.Calibration;
using Ensembles.Data;
using Ensembles.Evaluation;
using Ensembles.Metrics;
using Ensembles.Numerics;
using Ensembles.Trees;

namespace Ensembles.PeerTests.Evaluation;

/// <summary>
/// Both sides compute the same formulas in doubles; they may differ in the order of additions, some 1e-14, and in the series of the
/// distributions, some 1e-11 of a p value.
/// </summary>
public class ScikitLearnEvaluationTests
{
    private const double Tolerance = 1e-12;

    private static readonly EvaluationFixtures Peer = EvaluationFixtures.Instance;

    public static TheoryData<int> CurveCases => Indices(Peer.Curves.Length);

    public static TheoryData<int> ReportCases => Indices(Peer.Reports.Length);

    public static TheoryData<int> IsotonicCases => Indices(Peer.Isotonic.Length);

    public static TheoryData<int> SigmoidCases => Indices(Peer.Sigmoid.Length);

    public static TheoryData<int> PairedCases => Indices(Peer.Paired.Length);

    public static TheoryData<int> McNemarCases => Indices(Peer.McNemar.Length);

    [Theory]
    [MemberData(nameof(CurveCases))]
    public void Roc_curves_agree(int index)
    {
        CurveCase peer = Peer.Curves[index];
        foreach (bool thinned in new[] { true, false })
        {
            IReadOnlyList<RocPoint> points = RocCurve.Compute(peer.Labels, peer.Probabilities, peer.Weights, thinned).Points;

            points[0].Should().Be(new RocPoint(0, 0, double.PositiveInfinity));
            Near(points.Skip(1).Select(p => new[] { p.FalsePositiveRate, p.TruePositiveRate, p.Threshold }), thinned ? peer.RocThinned : peer.Roc);
        }
    }

    [Theory]
    [MemberData(nameof(CurveCases))]
    public void Precision_recall_curves_agree(int index)
    {
        CurveCase peer = Peer.Curves[index];

        IReadOnlyList<PrecisionRecallPoint> points = PrecisionRecallCurve.Compute(peer.Labels, peer.Probabilities, peer.Weights).Points;

        points[^1].Should().Be(new PrecisionRecallPoint(1, 0, double.PositiveInfinity));
        Near(points.SkipLast(1).Select(p => new[] { p.Precision, p.Recall, p.Threshold }), peer.PrecisionRecall);
    }

    [Theory]
    [MemberData(nameof(CurveCases))]
    public void Calibration_curves_agree(int index)
    {
        CurveCase peer = Peer.Curves[index];
        foreach (CalibrationCase curve in peer.Calibration ?? [])
        {
            CalibrationBins strategy = curve.Strategy is "uniform" ? CalibrationBins.Uniform : CalibrationBins.Quantile;

            IReadOnlyList<CalibrationBin> bins = CalibrationCurve.Compute(peer.Labels, peer.Probabilities, curve.Bins, strategy).Bins;

            Near(bins.Select(bin => new[] { bin.ObservedShare, bin.MeanProbability }), curve.Points);
        }
    }

    [Theory]
    [MemberData(nameof(ReportCases))]
    public void Classification_reports_agree(int index)
    {
        ReportCase peer = Peer.Reports[index];

        ClassificationReport report = ClassificationReport.Compute(peer.Labels, peer.Predictions, peer.ClassCount, peer.Weights);

        Near(report.Classes.Append(report.MacroAverage).Append(report.WeightedAverage).Select(c => new[] { c.Precision, c.Recall, c.F1, c.Support }),
            [.. peer.Classes, peer.Macro, peer.Weighted]);
        Near(report.Accuracy, peer.Accuracy);
    }

    [Theory]
    [MemberData(nameof(IsotonicCases))]
    public void Isotonic_regressions_agree(int index)
    {
        IsotonicCase peer = Peer.Isotonic[index];

        IsotonicRegression function = IsotonicRegression.Fit(peer.X, peer.Y, peer.Weights);

        Near([Array.ConvertAll(peer.Probes, function.Predict)], [peer.Values]);
    }

    /// <summary>scikit-learn stops its search at a gradient of 1e-5, so ours must not be worse, and near.</summary>
    [Theory]
    [MemberData(nameof(SigmoidCases))]
    public void Sigmoids_agree(int index)
    {
        SigmoidCase peer = Peer.Sigmoid[index];

        PlattScaling platt = PlattScaling.Fit(peer.Labels, peer.Scores, peer.Weights);

        platt.Slope.Should().BeApproximately(peer.Slope, 1e-4);
        platt.Intercept.Should().BeApproximately(peer.Intercept, 1e-4);
        Loss(platt.Slope, platt.Intercept).Should().BeLessThanOrEqualTo(Loss(peer.Slope, peer.Intercept) + 1e-12);

        double Loss(double slope, double intercept)
        {
            double[] weights = peer.Weights ?? [.. peer.Labels.Select(_ => 1.0)];
            double positives = weights.Where((_, r) => peer.Labels[r] == 1).Sum();
            double negatives = weights.Where((_, r) => peer.Labels[r] == 0).Sum();
            return Enumerable.Range(0, weights.Length).Sum(r =>
            {
                double target = peer.Labels[r] == 1 ? (positives + 1) / (positives + 2) : 1 / (negatives + 2);
                double p = DeterministicMath.Sigmoid((slope * peer.Scores[r]) + intercept);
                return -weights[r] * ((target * Math.Log(p)) + ((1 - target) * Math.Log(1 - p)));
            });
        }
    }

    [Theory]
    [MemberData(nameof(PairedCases))]
    public void Paired_tests_agree_with_SciPy(int index)
    {
        PairedCase peer = Peer.Paired[index];

        PairedTestResult t = PairedTests.T(peer.First, peer.Second, 0.9);
        Near([[t.Statistic, t.PValue, t.Lower, t.Upper]], [peer.T], 1e-9);
        Near(PairedTests.CorrectedT(peer.First, peer.Second, peer.Ratio), peer.CorrectedT);
        if (peer.Wilcoxon is { } wilcoxon)
        {
            double[] differences = [.. peer.First.Zip(peer.Second, (a, b) => Math.Round((a - b) * peer.Scale!.Value))];
            Near(PairedTests.WilcoxonSignedRank(differences, new double[differences.Length]), wilcoxon);
        }

        if (peer.FiveByTwoT is { } fiveByTwoT)
        {
            Near(PairedTests.FiveByTwoT(peer.First, peer.Second), fiveByTwoT);
            Near(PairedTests.FiveByTwoF(peer.First, peer.Second), peer.FiveByTwoF!);
        }
    }

    [Theory]
    [MemberData(nameof(McNemarCases))]
    public void McNemars_test_agrees_with_SciPy(int index)
    {
        McNemarCase peer = Peer.McNemar[index];

        Near(PairedTests.McNemar(peer.Labels, peer.First, peer.Second), peer.Expected);
    }

    [Fact]
    public void Folds_that_are_not_drawn_agree()
    {
        FoldCase peer = Peer.Folds;
        RegressionDataset data = RegressionDataset.Create(FeatureTable.FromRows(new double[47, 1]), new double[47]);

        FoldPlan.Blocks(5).Split(data).Select(fold => fold.Test.ToArray()).Should().BeEquivalentTo(peer.Blocks, o => o.WithStrictOrdering());
        FoldPlan.Grouped(peer.Groups, 4).Split(data).Select(fold => fold.Test.Length).Order().Should().Equal(peer.GroupSizes);
        foreach (TimeCase time in peer.Time)
        {
            FoldPlan.TimeSeries(time.Count, time.TestRows, time.Gap, time.MaxTrainRows).Split(data)
                .Select(fold => new[] { fold.Train.ToArray(), fold.Test.ToArray() })
                .Should().BeEquivalentTo(time.Folds, o => o.WithStrictOrdering());
        }
    }

    [Fact]
    public void Cross_validation_and_curves_of_a_tree_agree()
    {
        TreeCase peer = Peer.Trees;
        var cells = new double[peer.Y.Length, 3];
        for (int r = 0; r < peer.Y.Length; r++)
        {
            for (int c = 0; c < 3; c++)
            {
                cells[r, c] = peer.X[r][c];
            }
        }

        RegressionDataset data = RegressionDataset.Create(FeatureTable.FromRows(cells), peer.Y);
        FoldPlan plan = FoldPlan.Blocks(6);
        MetricList<RegressionMetric> metrics = [RegressionMetric.MeanSquaredError, RegressionMetric.RSquared];
        var tree = new DecisionTreeRegressor { MaxDepth = 4, MinSamplesLeaf = 5 };

        RegressionCrossValidation result = CrossValidation.Run(tree, data, plan, metrics, new() { EvaluateTraining = true });

        Near(
            [result.Scores[0].Values.ToArray(), result.Scores[1].Values.ToArray(), result.TrainingScores[0].Values.ToArray()],
            [peer.Mse, peer.R2, peer.TrainingMse]);
        ValidationCurve<int, RegressionMetric> curve = ValidationCurve.Run(
            tree, peer.Depths, (recipe, depth) => recipe with { MaxDepth = depth }, data, plan, metrics);
        Near(curve.Points.Select(point => point.Test[0].Values.ToArray()), peer.CurveTest);
        Near(curve.Points.Select(point => point.Training[0].Values.ToArray()), peer.CurveTraining);
        LearningCurve<RegressionMetric> learning = LearningCurve.Run(tree, data, [0.1, 0.33, 0.55, 1], plan, metrics);
        learning.Points.Select(point => (int)point.TrainingRows).Should().Equal(peer.LearningSizes);
        new[] { learning.Points.Count, learning.Points[0].Training[0].Count }.Should().Equal(peer.LearningShape);
    }

    private static void Near(PairedTestResult ours, double[] peers) => Near([[ours.Statistic, ours.PValue]], [peers], 1e-9);

    private static void Near(IEnumerable<double[]> ours, double[][] peers, double tolerance = Tolerance)
    {
        double[][] lines = [.. ours];
        lines.Should().HaveCount(peers.Length);
        for (int i = 0; i < lines.Length; i++)
        {
            lines[i].Should().HaveCount(peers[i].Length);
            for (int j = 0; j < peers[i].Length; j++)
            {
                Near(lines[i][j], peers[i][j], tolerance);
            }
        }
    }

    private static void Near(double ours, double peers, double tolerance = Tolerance) =>
        ours.Should().BeApproximately(peers, tolerance * Math.Max(1, Math.Abs(peers)));

    private static TheoryData<int> Indices(int count) => [.. Enumerable.Range(0, count)];
}
