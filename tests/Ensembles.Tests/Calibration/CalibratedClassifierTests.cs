using Ensembles.Calibration;
using Ensembles.Data;
using Ensembles.Datasets;
using Ensembles.Learners;
using Ensembles.Metrics;
using Ensembles.RandomForests;
using Ensembles.Tests.Contracts;
using Ensembles.Trees;

namespace Ensembles.Tests.Calibration;

public class CalibratedClassifierTests
{
    public static TheoryData<CalibrationMethod, bool> Ways => new()
    {
        { CalibrationMethod.Platt, true },
        { CalibrationMethod.Platt, false },
        { CalibrationMethod.Isotonic, true },
        { CalibrationMethod.Isotonic, false },
        { CalibrationMethod.Temperature, true },
        { CalibrationMethod.Temperature, false },
    };

    /// <summary>
    /// Trees grown to the end are sure of everything; whatever is learned of that makes it better. One temperature for both classes cannot
    /// say that rare ones are overrated.
    /// </summary>
    [Theory]
    [MemberData(nameof(Ways))]
    public void Probabilities_that_are_too_sure_become_better(CalibrationMethod method, bool ensemble)
    {
        var (train, test) = SampleData.TelcoChurn().SplitStratified(0.3, seed: 1);
        var tree = new DecisionTreeClassifier { MinSamplesLeaf = 3 };

        ClassificationModel model = new CalibratedClassifier(tree) { Method = method, Ensemble = ensemble }.Fit(train);

        (double loss, double error) = Judged(model, test);
        (double lossBefore, double errorBefore) = Judged(tree.Fit(train), test);
        loss.Should().BeLessThan(lossBefore);
        error.Should().BeLessThan(errorBefore * (method == CalibrationMethod.Temperature ? 0.7 : 0.5));
    }

    [Fact]
    public void The_mean_of_the_members_each_with_its_own_function_is_predicted()
    {
        ClassificationDataset data = SampleData.BreastCancer();
        var recipe = new CalibratedClassifier(new DecisionTreeClassifier { MaxDepth = 3 })
        {
            Folds = 3,
            Input = CalibrationInput.Probability,
        };

        CalibratedClassificationModel model = recipe.Fit(data);

        model.Members.Should().HaveCount(3);
        double[] row = data.Features.Row(17);
        double sum = 0;
        for (int m = 0; m < 3; m++)
        {
            var said = new double[2];
            model.Members[m].PredictProbabilities(row, said);
            sum += model.Platt(m, 1)!.Predict(said[1]);
        }

        var probabilities = new double[2];
        model.PredictProbabilities(row, probabilities);
        probabilities[1].Should().BeApproximately(sum / 3, 1e-15);
        ((Action)(() => model.Isotonic(0, 1))).Should().Throw<InvalidOperationException>().WithMessage("*by Platt, not by Isotonic*");
        ((Action)(() => model.Platt(0, 0))).Should().Throw<ArgumentOutOfRangeException>();
    }

    [Fact]
    public void One_model_of_all_rows_is_kept_without_an_ensemble()
    {
        ClassificationDataset data = SampleData.Iris();
        var member = new RandomForestClassifier { TreeCount = 5 };

        CalibratedClassificationModel model = new CalibratedClassifier(member) { Ensemble = false, Method = CalibrationMethod.Isotonic }.Fit(data);

        model.Members.Should().ContainSingle();
        ((ForestClassificationModel)model.Members[0]).OutOfBag!.RowCount.Should().Be(data.RowCount);
        Enumerable.Range(0, 3).Should().OnlyContain(k => model.Isotonic(0, k) != null);
    }

    [Fact]
    public void A_model_that_there_is_can_be_calibrated()
    {
        var (train, rest) = SampleData.TelcoChurn().SplitStratified(0.3, seed: 2);
        var (held, test) = rest.SplitStratified(0.4, seed: 3);
        DecisionTreeClassificationModel tree = new DecisionTreeClassifier().Fit(train);

        CalibratedClassificationModel model = new CalibratedClassifier(new DecisionTreeClassifier()).Calibrate(tree, held);

        model.Members.Should().Equal(tree);
        Judged(model, test).Loss.Should().BeLessThan(Judged(tree, test).Loss / 4);
        ((Action)(() => new CalibratedClassifier(new DecisionTreeClassifier()).Calibrate(tree, SampleData.Iris())))
            .Should().Throw<ArgumentException>().WithMessage("*classes*");
    }

    [Fact]
    public void Temperature_keeps_the_order_of_the_classes()
    {
        ContractData data = ContractData.Mixed(300);
        CalibratedClassificationModel model = new CalibratedClassifier(new RandomForestClassifier { TreeCount = 9 })
        {
            Method = CalibrationMethod.Temperature,
            Ensemble = false,
        }.Fit(data.Classification);

        model.Temperature(0)!.Temperature.Should().BeGreaterThan(1, "a forest of trees grown to the end is too sure");
        model.PredictClasses(data.Table).Should().Equal(model.Members[0].PredictClasses(data.Table));
    }

    /// <summary>A class of one row: its fold's model never saw it, the calibration rows of the others have none.</summary>
    [Fact]
    public void A_class_without_calibration_rows_keeps_its_probability()
    {
        double[] x = [.. Enumerable.Range(0, 41).Select(r => (double)r)];
        int[] labels = [.. Enumerable.Range(0, 41).Select(r => r == 40 ? 2 : r / 20)];
        var data = ClassificationDataset.Create(new FeatureTableBuilder().Numeric("x", x).Build(), labels);

        CalibratedClassificationModel model = new CalibratedClassifier(new DecisionTreeClassifier()) { Folds = 4 }.Fit(data);

        Enumerable.Range(0, 4).Count(m => model.Platt(m, 2) is null).Should().Be(3);
        model.PredictProbabilities(data.Features)[40, 2].Should().BeGreaterThan(0.3);
    }

    [Fact]
    public void Properties_out_of_range_are_refused()
    {
        ((Action)(() => _ = new CalibratedClassifier(new DecisionTreeClassifier()) { Folds = 1 }))
            .Should().Throw<ArgumentOutOfRangeException>().WithMessage("Folds*at least 2*");
        ((Action)(() => _ = new CalibratedClassifier(new DecisionTreeClassifier()) { Method = (CalibrationMethod)9 }))
            .Should().Throw<ArgumentOutOfRangeException>().WithMessage("Method*");
        ((Action)(() => _ = new CalibratedClassifier(null!))).Should().Throw<ArgumentNullException>();
    }

    private static (double Loss, double Error) Judged(ClassificationModel model, ClassificationDataset test)
    {
        double[] probabilities = [.. model.PredictProbabilities(test.Features).Cast<double>()];
        return (
            ClassificationMetric.LogLoss.Evaluate(test.Labels, probabilities, 2),
            ClassificationMetric.ExpectedCalibrationError.Evaluate(test.Labels, probabilities, 2));
    }
}
