using Ensembles.Metrics;

namespace Ensembles.Tests.Metrics;

public class ClassificationMetricTests
{
    [Fact]
    public void Accuracy_is_the_share_of_hits()
    {
        Accuracy.Compute([0, 1, 2, 2], [0, 2, 2, 2]).Should().Be(0.75);
        Accuracy.Compute([0, 1, 2, 2], [0, 2, 2, 2], [1, 5, 1, 1]).Should().Be(3 / 8.0);
    }

    [Fact]
    public void BalancedAccuracy_is_the_mean_recall_of_the_classes_that_occur()
    {
        // Recalls 3/4 and 1/2; class 2 is only predicted.
        BalancedAccuracy.Compute([0, 0, 0, 0, 1, 1], [0, 0, 0, 1, 1, 2]).Should().Be(0.625);

        // With weights: 4/5 and 1/4; class 7 has no weight and does not count.
        BalancedAccuracy.Compute([0, 0, 1, 1, 7], [0, 1, 1, 0, 0], [4, 1, 1, 3, 0]).Should().BeApproximately((0.8 + 0.25) / 2, 1e-15);
    }

    [Fact]
    public void LogLoss_is_the_mean_of_minus_log_of_the_true_class()
    {
        LogLoss.Compute([1, 0], [0.5, 0.5]).Should().BeApproximately(0.69314718055994530942, 1e-16);
        LogLoss.Compute([1, 0], [0.8, 0.4]).Should().BeApproximately(-(Math.Log(0.8) + Math.Log(0.6)) / 2, 1e-15);
        LogLoss.Compute([1, 0], [0.8, 0.4], [3, 1]).Should().BeApproximately(-((3 * Math.Log(0.8)) + Math.Log(0.6)) / 4, 1e-15);
        LogLoss.Compute([2, 0], [0.2, 0.3, 0.5, 0.1, 0.9, 0.0], 3).Should().BeApproximately(-(Math.Log(0.5) + Math.Log(0.1)) / 2, 1e-15);
    }

    [Fact]
    public void LogLoss_is_clipped()
    {
        // -ln(1e-15) = 15 ln 10.
        LogLoss.Compute([1, 0], [0, 1]).Should().BeApproximately(34.538776394910684, 1e-13);
        LogLoss.Compute([0, 1], [0.0, 1.0, 1.0, 0.0], 2).Should().BeApproximately(34.538776394910684, 1e-13);
        LogLoss.Compute([1, 0], [1, 0]).Should().Be(0);
    }

    [Fact]
    public void BrierScore_is_the_mean_squared_distance()
    {
        BrierScore.Compute([1, 0, 1], [0.75, 0.5, 1]).Should().BeApproximately((0.0625 + 0.25) / 3, 1e-16);
        BrierScore.Compute([1, 0, 1], [0.75, 0.5, 1], [2, 1, 1]).Should().BeApproximately((0.125 + 0.25) / 4, 1e-16);
        BrierScore.Compute([1, 0], [0.25, 0.75, 0.5, 0.5], 2).Should().Be((0.125 + 0.5) / 2);
        BrierScore.Compute([2], [0.5, 0.25, 0.25], 3).Should().Be(0.25 + 0.0625 + 0.5625);
    }

    [Fact]
    public void AreaUnderRoc_counts_pairs_in_order_and_half_the_ties()
    {
        // Positives 0.4 and 0.8 against negatives 0.1 and 0.35 and 0.4: five of six pairs in order, one tie.
        AreaUnderRoc.Compute([0, 0, 0, 1, 1], [0.1, 0.35, 0.4, 0.4, 0.8]).Should().BeApproximately(5.5 / 6, 1e-16);
        AreaUnderRoc.Compute([1, 0], [-5, double.NegativeInfinity]).Should().Be(1);
        AreaUnderRoc.Compute([1, 0, 0, 1], [3, 3, 3, 3]).Should().Be(0.5);
        AreaUnderRoc.Compute([1, 0], [-0.0, 0.0]).Should().Be(0.5);

        // The negative at 0.35 weighs 4, the positive at 0.4 weighs 3: ((3 (1 + 4) + 1.5) + 6) / (4 * 6).
        AreaUnderRoc.Compute([0, 0, 0, 1, 1], [0.1, 0.35, 0.4, 0.4, 0.8], [1, 4, 1, 3, 1]).Should().BeApproximately(22.5 / 24, 1e-16);
    }

    [Fact]
    public void AreaUnderRoc_of_several_classes_worked_by_hand()
    {
        int[] labels = [0, 1, 2, 1];
        double[] probabilities =
        [
            0.6, 0.3, 0.1,
            0.5, 0.4, 0.1,
            0.2, 0.3, 0.5,
            0.7, 0.1, 0.2,
        ];

        // Class 0: 0.6 against 0.5, 0.2, 0.7: 2 of 3. Class 1: 0.4 wins over 0.3, 0.3, and 0.1 loses: 2 of 4. Class 2: 3 of 3.
        AreaUnderRoc.OneVsRest(labels, probabilities, 3).Should().BeApproximately(((2 / 3.0) + 0.5 + 1) / 3, 1e-15);

        // A(0|1) = 1/2, A(1|0) = 1/2, A(0|2) = 1, A(2|0) = 1, A(1|2) = 1/2, A(2|1) = 1.
        AreaUnderRoc.OneVsOne(labels, probabilities, 3).Should().BeApproximately((0.5 + 0.5 + 1 + 1 + 0.5 + 1) / 6, 1e-15);
    }

    [Fact]
    public void A_weight_of_two_is_a_row_given_twice()
    {
        int[] labels = [0, 1, 2, 1, 0, 2];
        double[] p = [0.6, 0.3, 0.1, 0.5, 0.4, 0.1, 0.2, 0.3, 0.5, 0.7, 0.1, 0.2, 0.3, 0.3, 0.4, 0.5, 0.25, 0.25];
        double[] weights = [1, 2, 1, 1, 2, 1];
        int[] labelsTwice = [.. labels, 1, 0];
        double[] twice = [.. p, .. p[3..6], .. p[12..15]];

        AreaUnderRoc.OneVsOne(labels, p, 3, weights).Should().BeApproximately(AreaUnderRoc.OneVsOne(labelsTwice, twice, 3), 1e-15);
        AreaUnderRoc.OneVsRest(labels, p, 3, weights).Should().BeApproximately(AreaUnderRoc.OneVsRest(labelsTwice, twice, 3), 1e-15);
        LogLoss.Compute(labels, p, 3, weights).Should().BeApproximately(LogLoss.Compute(labelsTwice, twice, 3), 1e-15);
        BrierScore.Compute(labels, p, 3, weights).Should().BeApproximately(BrierScore.Compute(labelsTwice, twice, 3), 1e-15);
    }

    [Fact]
    public void AveragePrecision_steps_down_the_scores()
    {
        // From the top: + (1/1), -, + (2/3), and a tie of + and - (3/5).
        AveragePrecision.Compute([1, 0, 1, 1, 0], [9, 8, 7, 6, 6]).Should().BeApproximately((1 + (2 / 3.0) + 0.6) / 3, 1e-15);

        // The first negative weighs 3: 1, 2/5, 3/7; class 1 has weight 3.
        AveragePrecision.Compute([1, 0, 1, 1, 0], [9, 8, 7, 6, 6], [1, 3, 1, 1, 1])
            .Should().BeApproximately((1 + 0.4 + (3 / 7.0)) / 3, 1e-15);

        // A row without weight at the top changes nothing.
        AveragePrecision.Compute([0, 1, 0], [9, 8, 7], [0, 1, 1]).Should().Be(1);
        AveragePrecision.Compute([1, 1], [1, 2]).Should().Be(1);
    }

    [Fact]
    public void MatthewsCorrelation_of_two_classes_is_phi()
    {
        // TP 3, TN 4, FP 1, FN 2: (12 - 2) / sqrt(4 * 5 * 5 * 6).
        int[] labels = [1, 1, 1, 1, 1, 0, 0, 0, 0, 0];
        int[] predictions = [1, 1, 1, 0, 0, 1, 0, 0, 0, 0];
        MatthewsCorrelation.Compute(labels, predictions).Should().BeApproximately(10 / Math.Sqrt(600), 1e-15);
        MatthewsCorrelation.Compute(labels, labels).Should().BeApproximately(1, 1e-15);
        MatthewsCorrelation.Compute([0, 1], [1, 0]).Should().BeApproximately(-1, 1e-15);
        MatthewsCorrelation.Compute([0, 1, 2], [1, 1, 1]).Should().Be(0);
        MatthewsCorrelation.Compute([1, 1, 1], [0, 1, 2], [0.1, 0.2, 0.3]).Should().Be(0);
    }

    [Fact]
    public void ConfusionMatrix_gives_cells_scores_and_a_table()
    {
        ConfusionMatrix matrix = ConfusionMatrix.Compute(
            [0, 0, 0, 1, 1, 2], [0, 0, 1, 1, 1, 0], 4, classNames: ["cat", "dog", "bird", "fish"]);
        matrix[0, 0].Should().Be(2);
        matrix[0, 1].Should().Be(1);
        matrix[1, 0].Should().Be(0);
        matrix[2, 0].Should().Be(1);
        matrix.Total.Should().Be(6);
        matrix.ActualTotal(0).Should().Be(3);
        matrix.PredictedTotal(1).Should().Be(3);
        matrix.Accuracy.Should().BeApproximately(4 / 6.0, 1e-16);
        matrix.Precision(1).Should().BeApproximately(2 / 3.0, 1e-16);
        matrix.Recall(1).Should().Be(1);
        matrix.F1(1).Should().BeApproximately(0.8, 1e-16);
        matrix.F1(2).Should().Be(0);
        matrix.F1(3).Should().Be(0);
        matrix.MacroPrecision.Should().BeApproximately(((2 / 3.0) + (2 / 3.0)) / 4, 1e-16);
        matrix.MacroRecall.Should().BeApproximately(((2 / 3.0) + 1) / 4, 1e-15);
        matrix.MacroF1.Should().BeApproximately(((2 / 3.0) + 0.8) / 4, 1e-15);
        matrix.ToString().Should().Be(
            """
            actual \ predicted  cat  dog  bird  fish  precision  recall      F1
            cat                   2    1     0     0     0.6667  0.6667  0.6667
            dog                   0    2     0     0     0.6667  1.0000  0.8000
            bird                  1    0     0     0     0.0000  0.0000  0.0000
            fish                  0    0     0     0     0.0000  0.0000  0.0000

            """.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void ConfusionMatrix_sums_weights_and_names_classes_by_number()
    {
        ConfusionMatrix matrix = ConfusionMatrix.Compute([0, 1, 1], [0, 1, 0], 2, [0.5, 2, 1]);
        matrix[1, 0].Should().Be(1);
        matrix[0, 0].Should().Be(0.5);
        matrix.Total.Should().Be(3.5);
        matrix.ClassNames.Should().Equal("0", "1");
        Action act = () => _ = matrix[0, 2];
        act.Should().Throw<ArgumentOutOfRangeException>().WithParameterName("predicted");
    }

    public static TheoryData<Action, string, string> Refusals => new()
    {
        { () => Accuracy.Compute([], []), "labels", "There is no row to measure.*" },
        { () => Accuracy.Compute([0, 1], [0]), "predictions", "predictions has 1 values, expected 2.*" },
        { () => Accuracy.Compute([0, -1], [0, 0]), "labels", "Row 1: labels holds -1, but classes count from 0.*" },
        { () => Accuracy.Compute([0, 1], [0, -2]), "predictions", "Row 1: predictions holds -2*" },
        { () => Accuracy.Compute([0, 1], [0, 0], [1]), "weights", "weights has 1 values, expected 2.*" },
        { () => Accuracy.Compute([0, 1], [0, 0], [1, -1]), "weights", "Row 1: the weight is -1,*" },
        { () => Accuracy.Compute([0, 1], [0, 0], [double.NaN, 1]), "weights", "Row 0: the weight is NaN,*" },
        { () => Accuracy.Compute([0, 1], [0, 0], [0, 0]), "weights", "All weights are zero.*" },
        { () => BalancedAccuracy.Compute([0], [-1]), "predictions", "Row 0*" },
        { () => MatthewsCorrelation.Compute([-1], [0]), "labels", "Row 0*" },
        { () => LogLoss.Compute([0, 2], [0.5, 0.5]), "labels", "Row 1: labels holds 2, outside the classes 0 to 1.*" },
        { () => LogLoss.Compute([0, 1], [0.5, 1.5]), "probabilities", "Row 1: probabilities holds 1.5, outside 0 to 1.*" },
        { () => LogLoss.Compute([0, 1], [double.NaN, 0.5]), "probabilities", "Row 0: probabilities holds NaN*" },
        { () => LogLoss.Compute([0, 1], [0.5, 0.5, 0.5, 0.5]), "probabilities", "probabilities has 4 values, expected 2.*" },
        { () => LogLoss.Compute([0, 1], [0.5, 0.5, 0.5], 2), "probabilities", "*3 values, expected 2 rows of 2 classes.*" },
        { () => LogLoss.Compute([0, 1], [0.5, 0.5, 0.5, 0.75], 2), "probabilities", "Row 1: the probabilities add up to 1.25*" },
        { () => LogLoss.Compute([0], [0.5, double.NaN], 2), "probabilities", "Row 0, class 1: the probability is NaN*" },
        { () => LogLoss.Compute([3], [0.2, 0.3, 0.5], 3), "labels", "Row 0: labels holds 3, outside the classes 0 to 2.*" },
        { () => LogLoss.Compute([0], [1], 1), "classCount", "There must be at least 2 classes.*" },
        { () => BrierScore.Compute([0], [-0.1]), "probabilities", "Row 0*" },
        { () => AreaUnderRoc.Compute([0, 1], [0.5, double.NaN]), "scores", "Row 1: scores holds NaN.*" },
        { () => AreaUnderRoc.Compute([1, 1], [0.5, 0.6]), "labels", "*no row (of weight above zero) of class 0,*" },
        { () => AreaUnderRoc.Compute([0, 1], [0.5, 0.6], [1, 0]), "labels", "*of class 1,*" },
        { () => AreaUnderRoc.OneVsRest([0, 1], [0.5, 0.5, 0, 0.5, 0.5, 0], 3), "labels", "*of class 2,*" },
        { () => AreaUnderRoc.OneVsRest([1, 1], [0.5, 0.5, 0.5, 0.5], 2), "labels", "*of class 0,*" },
        { () => AreaUnderRoc.OneVsOne([0, 1], [0.5, 0.5, 0, 0.5, 0.5, 0], 3), "labels", "*of class 2,*" },
        { () => AveragePrecision.Compute([0, 0], [0.5, 0.6]), "labels", "*of class 1,*" },
        { () => AveragePrecision.Compute([0, 1], [double.NaN, 0.6]), "scores", "Row 0: scores holds NaN.*" },
        { () => ConfusionMatrix.Compute([0, 1], [0, 2], 2), "predictions", "Row 1: predictions holds 2,*" },
        { () => ConfusionMatrix.Compute([0, 1], [0, 1], 2, classNames: ["a"]), "classNames", "classNames has 1 values, expected 2.*" },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void Bad_input_is_refused_with_its_place(Action act, string argument, string message)
    {
        act.Should().Throw<ArgumentException>().WithMessage(message).WithParameterName(argument);
    }
}
