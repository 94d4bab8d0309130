using Ensembles.Data;
using Ensembles.Learners;
using Ensembles.Numerics;
using Ensembles.Trees;
using Ensembles.Trees.Pruning;

namespace Ensembles.Tests.Trees.Pruning;

public class PrunedTreeTests
{
    [Fact]
    public void On_pure_noise_next_to_nothing_is_left()
    {
        (ClassificationDataset labels, RegressionDataset numbers) = PureNoise(400, seed: 5);

        DecisionTreeClassificationModel classifier = new PrunedTreeClassifier().Fit(labels);
        DecisionTreeRegressionModel regressor = new PrunedTreeRegressor().Fit(numbers);

        new DecisionTreeClassifier().Fit(labels).Tree.LeafCount.Should().BeGreaterThan(80);
        classifier.Tree.LeafCount.Should().BeLessThanOrEqualTo(3);
        regressor.Tree.LeafCount.Should().Be(1);
    }

    [Fact]
    public void A_true_step_function_is_found_again_under_its_noise()
    {
        var random = new RandomStream(8);
        var rows = new double[600, 4];
        var targets = new double[600];
        for (int r = 0; r < 600; r++)
        {
            for (int c = 0; c < 4; c++)
            {
                rows[r, c] = random.NextDouble();
            }

            targets[r] = (rows[r, 0] > 0.5 ? 4 : 0) + (rows[r, 2] > 0.25 ? 2 : 0) + random.NextGaussian();
        }

        DecisionTreeRegressionModel model = new PrunedTreeRegressor().Fit(RegressionDataset.Create(FeatureTable.FromRows(rows), targets));

        model.Tree.LeafCount.Should().Be(4);
        model.Tree.Feature(0).Should().Be(0);
        model.Recipe.PruningAlpha.Should().BeGreaterThan(0);
    }

    [Fact]
    public void Errors_are_those_of_pruned_trees_of_the_folds()
    {
        (ClassificationDataset data, _) = PureNoise(90, seed: 2);
        data = data.WithWeights([.. Enumerable.Range(0, 90).Select(r => 1.0 + (r % 4))]);
        var learner = new PrunedTreeClassifier { Tree = new DecisionTreeClassifier { MinSamplesLeaf = 2 }, Folds = 5, Seed = 11 };

        (DecisionTreeClassificationModel full, PruningCrossValidation validation) = learner.GrowAndValidate(data);

        CostComplexityPath path = full.PruningPath();
        validation.FoldCount.Should().Be(5);
        for (int k = 0; k < validation.Count; k++)
        {
            double tested = k + 1 < validation.Count ? Math.Sqrt(validation[k].Alpha * validation[k + 1].Alpha) : 1e9;
            var losses = new List<(double Weight, double Loss)>();
            foreach ((ClassificationDataset train, ClassificationDataset test) in data.FoldsStratified(5, seed: 11))
            {
                int[] predicted = learner.Tree.Fit(train).Prune(tested).PredictClasses(test.Features);
                losses.AddRange(predicted.Select((label, r) => (test.Weights[r], label == test.Labels[r] ? 0.0 : 1.0)));
            }

            double weight = losses.Sum(l => l.Weight);
            double error = losses.Sum(l => l.Weight * l.Loss) / weight;
            double spread = Math.Sqrt(losses.Sum(l => l.Weight * l.Weight * (l.Loss - error) * (l.Loss - error))) / weight;
            validation[k].Error.Should().BeApproximately(error, 1e-12);
            validation[k].StandardError.Should().BeApproximately(spread, 1e-12);
            validation[k].LeafCount.Should().Be(full.Prune(validation[k].Alpha).Tree.LeafCount);
            path.Should().Contain(step => step.LeafCount == validation[k].LeafCount);
        }
    }

    [Theory]
    [InlineData(RegressionCriterion.SquaredError)]
    [InlineData(RegressionCriterion.AbsoluteError)]
    [InlineData(RegressionCriterion.Poisson)]
    public void More_standard_errors_never_mean_more_leaves(RegressionCriterion criterion)
    {
        var learner = new PrunedTreeRegressor { Tree = new DecisionTreeRegressor { Criterion = criterion, MinSamplesLeaf = 3 }, Folds = 5 };
        RegressionDataset data = CostComplexityPathTests.Noise(150, seed: 4);

        (DecisionTreeRegressionModel full, PruningCrossValidation validation) = learner.GrowAndValidate(data);

        validation[0].Alpha.Should().Be(0);
        validation[0].LeafCount.Should().Be(full.Tree.LeafCount);
        validation.Best.Error.Should().Be(validation.Min(c => c.Error));
        validation.OneStandardError.LeafCount.Should().BeLessThanOrEqualTo(validation.Best.LeafCount);
        validation.OneStandardError.Error.Should().BeLessThanOrEqualTo(validation.Best.Error + validation.Best.StandardError);
        validation.Within(double.PositiveInfinity).LeafCount.Should().Be(1);
        (learner with { StandardErrors = 0 }).Fit(data).Tree.LeafCount.Should().Be(validation.Best.LeafCount);
        learner.Fit(data).Tree.LeafCount.Should().Be(validation.OneStandardError.LeafCount);
    }

    [Fact]
    public void A_split_that_gains_nothing_stays_where_those_below_it_pay()
    {
        DecisionTreeClassificationModel model = new PrunedTreeClassifier().Fit(Grid(80, r => (r ^ (r >> 1)) & 1));

        model.Tree.LeafCount.Should().Be(4);
    }

    [Fact]
    public void A_tree_whose_splits_all_gain_nothing_is_pruned_to_its_root()
    {
        (DecisionTreeClassificationModel full, PruningCrossValidation validation) =
            new PrunedTreeClassifier().GrowAndValidate(Grid(80, r => (r >> 2) & 1));

        full.Tree.LeafCount.Should().Be(4, "an impure node is split as long as it can be");
        validation.Select(candidate => (candidate.LeafCount, candidate.Alpha)).Should().Equal((4, 0), (1, double.Epsilon));
        full.Prune(double.Epsilon).Tree.LeafCount.Should().Be(1);
    }

    [Fact]
    public void The_choice_is_the_same_for_any_number_of_threads()
    {
        (ClassificationDataset data, _) = PureNoise(200, seed: 1);
        var learner = new PrunedTreeClassifier();

        PruningCrossValidation one = learner.GrowAndValidate(data, new FitOptions { Threads = 1 }).Validation;
        PruningCrossValidation seven = learner.GrowAndValidate(data, new FitOptions { Threads = 7 }).Validation;

        seven.Should().Equal(one);
    }

    [Fact]
    public void Class_weights_weigh_in_the_error_as_in_training()
    {
        (ClassificationDataset data, _) = PureNoise(120, seed: 6);
        double[] weights = [.. data.Labels.ToArray().Select(label => label == 0 ? 3.0 : 1.0)];
        var learner = new PrunedTreeClassifier();
        var tree = new DecisionTreeClassifier { ClassWeights = ClassWeights.Of((data.Classes[0], 3)) };
        var weighted = new PrunedTreeClassifier { Tree = tree };

        weighted.GrowAndValidate(data).Validation.Should().Equal(learner.GrowAndValidate(data.WithWeights(weights)).Validation);
    }

    [Fact]
    public void Progress_counts_the_tree_and_its_folds_and_cancelling_ends_it()
    {
        (ClassificationDataset data, _) = PureNoise(50, seed: 3);
        var reports = new List<FitProgress>();
        var options = new FitOptions { Progress = new Recorder(reports) };

        new PrunedTreeClassifier { Folds = 4 }.Fit(data, options);

        reports.Should().Equal(Enumerable.Range(1, 5).Select(done => new FitProgress(done, 5)));
        FluentActions.Invoking(() => new PrunedTreeClassifier().Fit(data, null, new CancellationToken(canceled: true)))
            .Should().Throw<OperationCanceledException>();
    }

    [Fact]
    public void Rows_too_few_for_folds_give_the_tree_unpruned()
    {
        var one = RegressionDataset.Create(FeatureTable.FromRows(new double[,] { { 1 }, { 2 } }), [1, 3], [0.0, 2.0]);
        var three = RegressionDataset.Create(FeatureTable.FromRows(new double[,] { { 1 }, { 2 }, { 3 } }), [1, 3, 3]);

        new PrunedTreeRegressor().Fit(one).Predict([1.0]).Should().Be(3);
        new PrunedTreeRegressor().GrowAndValidate(three).Validation.FoldCount.Should().Be(3);
        new PrunedTreeRegressor().Invoking(learner => learner.GrowAndValidate(one)).Should()
            .Throw<ArgumentException>().WithMessage("*two rows*");
    }

    [Fact]
    public void Parameters_out_of_range_are_refused()
    {
        FluentActions.Invoking(() => new PrunedTreeClassifier { Folds = 1 }).Should()
            .Throw<ArgumentOutOfRangeException>().WithParameterName("Folds");
        FluentActions.Invoking(() => new PrunedTreeRegressor { StandardErrors = -1 }).Should()
            .Throw<ArgumentOutOfRangeException>().WithParameterName("StandardErrors");
    }

    /// <summary>The cells of a 2 × 2 grid in turn.</summary>
    private static ClassificationDataset Grid(int rowCount, Func<int, int> labelOf)
    {
        var rows = new double[rowCount, 2];
        for (int r = 0; r < rowCount; r++)
        {
            (rows[r, 0], rows[r, 1]) = (r & 1, (r >> 1) & 1);
        }

        return ClassificationDataset.Create(FeatureTable.FromRows(rows), Enumerable.Range(0, rowCount).Select(labelOf).ToArray());
    }

    private static (ClassificationDataset Labels, RegressionDataset Numbers) PureNoise(int rowCount, ulong seed)
    {
        var random = new RandomStream(seed);
        var rows = new double[rowCount, 5];
        var labels = new int[rowCount];
        var numbers = new double[rowCount];
        for (int r = 0; r < rowCount; r++)
        {
            for (int c = 0; c < 5; c++)
            {
                rows[r, c] = random.NextDouble();
            }

            labels[r] = random.NextInt(3);
            numbers[r] = random.NextGaussian();
        }

        var features = FeatureTable.FromRows(rows);
        return (ClassificationDataset.Create(features, labels), RegressionDataset.Create(features, numbers));
    }

    private sealed class Recorder(List<FitProgress> reports) : IProgress<FitProgress>
    {
        public void Report(FitProgress value) => reports.Add(value);
    }
}
