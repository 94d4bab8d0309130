using Ensembles.Data;
using Ensembles.Learners;
using Ensembles.RandomForests;
using Ensembles.Trees;

namespace Ensembles.Tests.RandomForests;

public class OutOfBagTests
{
    [Theory]
    [InlineData(Voting.Average, true, 1.0)]
    [InlineData(Voting.Majority, true, 0.6)]
    [InlineData(Voting.Average, false, 0.5)]
    public void A_classification_estimate_is_what_a_slow_loop_finds(Voting voting, bool bootstrap, double fraction)
    {
        double[] weights = ForestData.Weights(1200, 9);
        ClassificationDataset data = ForestData.Classes(1200, weights: weights);
        var recipe = new RandomForestClassifier
        {
            TreeCount = 7,
            MaxDepth = 6,
            Voting = voting,
            Bootstrap = bootstrap,
            SampleFraction = fraction,
            Seed = 3,
        };

        ForestClassificationModel model = recipe.Fit(data);

        ForestOutOfBagClassification estimate = model.OutOfBag!;
        bool[][] inBag = InBag(recipe, data);
        var errorCurve = new double[7];
        for (int trees = 1; trees <= 7; trees++)
        {
            double wrong = 0;
            double covered = 0;
            for (int r = 0; r < data.RowCount; r++)
            {
                double[] sums = Sums(model, data, inBag, voting, r, trees, out int count);
                if (count > 0)
                {
                    wrong += Array.IndexOf(sums, sums.Max()) == data.Labels[r] ? 0 : weights[r];
                    covered += weights[r];
                }
            }

            errorCurve[trees - 1] = wrong / covered;
            estimate.ErrorCurve[trees - 1].Should().BeApproximately(errorCurve[trees - 1], 1e-12);
        }

        int coveredRows = 0;
        for (int r = 0; r < data.RowCount; r++)
        {
            double[] sums = Sums(model, data, inBag, voting, r, 7, out int count);
            coveredRows += count > 0 ? 1 : 0;
            estimate.MemberCount(r).Should().Be(count);
            estimate.Votes(r).ToArray().Sum().Should().Be(count);
            for (int k = 0; k < data.ClassCount; k++)
            {
                estimate.Probabilities(r)[k].Should().Be(count == 0 ? double.NaN : sums[k] / count);
            }
        }

        estimate.CoveredRowCount.Should().Be(coveredRows);
        estimate.Accuracy.Should().BeApproximately(1 - errorCurve[6], 1e-12);
    }

    [Fact]
    public void A_regression_estimate_is_what_a_slow_loop_finds()
    {
        RegressionDataset data = ForestData.Numbers();
        var recipe = new ExtraTreesRegressor { TreeCount = 6, Bootstrap = true, Seed = 8 };

        ForestRegressionModel model = recipe.Fit(data);

        ForestOutOfBagRegression estimate = model.OutOfBag!;
        bool[][] inBag = InBag(recipe, data);
        double squares = 0;
        int covered = 0;
        for (int r = 0; r < data.RowCount; r++)
        {
            int[] trees = [.. Enumerable.Range(0, 6).Where(t => !inBag[t][r])];
            estimate.MemberCount(r).Should().Be(trees.Length);
            if (trees.Length == 0)
            {
                estimate.Prediction(r).Should().Be(double.NaN);
                continue;
            }

            double mean = trees.Sum(t => model.Trees[t].LeafValue(model.Trees[t].LeafOf(data.Features.Row(r)))[0]) / trees.Length;
            estimate.Prediction(r).Should().Be(mean);
            squares += (mean - data.Targets[r]) * (mean - data.Targets[r]);
            covered++;
        }

        estimate.CoveredRowCount.Should().Be(covered).And.BeLessThan(data.RowCount);
        estimate.MeanSquaredError.Should().BeApproximately(squares / covered, 1e-12);
        estimate.ErrorCurve[^1].Should().BeApproximately(squares / covered, 1e-12);
        estimate.RSquared.Should().BeInRange(0.5, 1);
    }

    [Fact]
    public void The_estimate_is_near_the_error_on_new_rows()
    {
        ClassificationDataset test = ForestData.Classes(2000, seed: 77);

        ForestClassificationModel model = new RandomForestClassifier().Fit(ForestData.Classes(800));

        double accuracy = Ensembles.Metrics.Accuracy.Compute(test.Labels, model.PredictClasses(test.Features));
        model.OutOfBag!.Accuracy.Should().BeApproximately(accuracy, 0.03);
        model.OutOfBag.CoveredRowCount.Should().Be(800);
    }

    [Fact]
    public void It_is_computed_where_rows_are_left_out_and_on_no_refusal()
    {
        RegressionDataset data = ForestData.Numbers(60);

        new ExtraTreesRegressor { TreeCount = 3 }.Fit(data).OutOfBag.Should().BeNull();
        new ExtraTreesRegressor { TreeCount = 3, SampleFraction = 0.5 }.Fit(data).OutOfBag.Should().NotBeNull();
        new RandomForestRegressor { TreeCount = 3, EstimateOutOfBag = false }.Fit(data).OutOfBag.Should().BeNull();
    }

    [Theory]
    [InlineData(true, 0.75, 150)]
    [InlineData(false, 0.75, 150)]
    [InlineData(false, 1.0, 200)]
    public void Samples_have_their_size_and_only_rows_with_weight(bool replacement, double fraction, int size)
    {
        double[] weights = [.. Enumerable.Range(0, 300).Select(r => r % 3 == 0 ? 0.0 : 2.0)];
        var sampler = new RowSampler(weights, replacement, fraction, seed: 4);
        var counts = new int[300];
        var drawn = new int[300];
        for (int tree = 0; tree < 400; tree++)
        {
            sampler.Draw(tree, counts);
            counts.Sum().Should().Be(size);
            counts.Max().Should().BeGreaterThan(0).And.BeLessThanOrEqualTo(replacement ? int.MaxValue : 1);
            for (int r = 0; r < 300; r++)
            {
                drawn[r] += counts[r];
            }
        }

        for (int r = 0; r < 300; r++)
        {
            // Mean 400 · size/200, five standard deviations of the binomial.
            double mean = r % 3 == 0 ? 0 : 2 * size;
            ((double)drawn[r]).Should().BeApproximately(mean, 5 * Math.Sqrt(mean));
        }
    }

    private static bool[][] InBag<TDataset, TModel>(ForestLearner<TDataset, TModel> recipe, TDataset data)
        where TDataset : Dataset<TDataset>
        where TModel : Model
    {
        double[] weights = data.IsWeighted ? data.Weights.ToArray() : [.. Enumerable.Repeat(1.0, data.RowCount)];
        var sampler = new RowSampler(weights, recipe.Bootstrap, recipe.SampleFraction, recipe.Seed);
        var counts = new int[data.RowCount];
        var inBag = new bool[recipe.TreeCount][];
        for (int t = 0; t < inBag.Length; t++)
        {
            sampler.Draw(t, counts);
            inBag[t] = [.. counts.Select((count, row) => count > 0 || weights[row] == 0)];
        }

        return inBag;
    }

    private static double[] Sums(
        ForestClassificationModel model, ClassificationDataset data, bool[][] inBag, Voting voting, int row, int trees, out int count)
    {
        var sums = new double[data.ClassCount];
        count = 0;
        for (int t = 0; t < trees; t++)
        {
            if (inBag[t][row])
            {
                continue;
            }

            count++;
            Tree tree = model.Trees[t];
            double[] leaf = tree.LeafValue(tree.LeafOf(data.Features.Row(row))).ToArray();
            for (int k = 0; k < leaf.Length; k++)
            {
                sums[k] += voting == Voting.Average ? leaf[k] : k == Array.IndexOf(leaf, leaf.Max()) ? 1 : 0;
            }
        }

        return sums;
    }
}
