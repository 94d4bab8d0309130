using Ensembles.Data;
using Ensembles.IsolationForests;
using Ensembles.Metrics;
using Ensembles.Numerics;
using Ensembles.Trees;

namespace Ensembles.Tests.IsolationForests;

public class IsolationForestTests
{
    [Fact]
    public void Expected_path_lengths_are_those_of_the_paper()
    {
        double[] lengths = AveragePathLength.UpTo(256);

        lengths[0].Should().Be(0);
        lengths[1].Should().Be(0);
        lengths[2].Should().Be(1);
        lengths[3].Should().BeApproximately(5.0 / 3, 1e-15);

        // With H(255) ≈ ln 255 + 0.5772156649 + 1/510.
        lengths[256].Should().BeApproximately((2 * (Math.Log(255) + 0.5772156649 + (1 / 510.0))) - (2 * 255 / 256.0), 1e-5);
    }

    [Fact]
    public void A_row_far_off_is_isolated_by_few_splits()
    {
        FeatureTable table = Cluster(300);
        IsolationForestModel model = new IsolationForest().Fit(table);

        double far = model.Score([9.0, -9, 9]);
        double near = model.Score([0.0, 0, 0]);

        far.Should().BeInRange(0.65, 1);
        near.Should().BeInRange(0, 0.45);
        model.IsOutlier([9.0, -9, 9]).Should().BeTrue();
        model.IsOutlier([0.0, 0, 0]).Should().BeFalse();
        model.PathLength([9.0, -9, 9]).Should().BeLessThan(model.PathLength([0.0, 0, 0]));
    }

    [Fact]
    public void Scores_follow_from_path_lengths()
    {
        FeatureTable table = Cluster(100);
        IsolationForestModel model = new IsolationForest { TreeCount = 20 }.Fit(table);

        double[] scores = model.Scores(table);
        double[] lengths = model.PathLengths(table);

        double expected = AveragePathLength.UpTo(100)[100];
        for (int r = 0; r < 100; r++)
        {
            scores[r].Should().BeApproximately(Math.Pow(2, -lengths[r] / expected), 1e-14);
            double byHand = model.Trees.Average(tree => tree.LeafValue(tree.LeafOf(table.Row(r)))[0]);
            lengths[r].Should().BeApproximately(byHand, 1e-12);
        }
    }

    [Theory]
    [InlineData(2, 1)]
    [InlineData(64, 6)]
    [InlineData(65, 7)]
    public void Trees_end_at_the_depth_of_a_balanced_tree_of_the_sample(int sampleSize, int depth)
    {
        IsolationForestModel model = new IsolationForest { TreeCount = 10, SampleSize = sampleSize }.Fit(Cluster(200));

        model.Trees.Max(tree => tree.Depth).Should().Be(depth);
    }

    /// <summary>In an unlimited tree of distinct rows the sum over leaves of 2^−depth is 1 and every leaf holds one row.</summary>
    [Fact]
    public void The_value_of_a_leaf_is_its_depth_and_the_expected_rest()
    {
        IsolationForestModel model = new IsolationForest { TreeCount = 5, SampleSize = 16 }.Fit(Cluster(200));
        double[] expected = AveragePathLength.UpTo(16);

        foreach (Tree tree in model.Trees)
        {
            int[] depths = tree.NodeDepths();
            int rows = 0;
            for (int leaf = 0; leaf < tree.LeafCount; leaf++)
            {
                double rest = tree.LeafValue(leaf)[0] - depths[tree.InnerCount + leaf];
                int count = Array.FindIndex(expected, 1, length => Math.Abs(length - rest) < 1e-12);
                count.Should().BePositive();
                (count == 1 || depths[tree.InnerCount + leaf] == 4).Should().BeTrue("only the depth limit stops a split");
                rows += count;
            }

            rows.Should().Be(16);
        }
    }

    [Fact]
    public void Contamination_sets_the_share_of_outliers()
    {
        FeatureTable table = Cluster(1000);

        IsolationForestModel model = new IsolationForest { Contamination = 0.07 }.Fit(table);

        model.AreOutliers(table).Count(outlier => outlier).Should().BeInRange(69, 70);
        new IsolationForest { TreeCount = 3 }.Fit(table).Threshold.Should().Be(0.5);
    }

    [Fact]
    public void Features_that_do_not_vary_are_not_drawn()
    {
        var random = new RandomStream(5);
        var rows = new double[50, 4];
        for (int r = 0; r < 50; r++)
        {
            (rows[r, 0], rows[r, 1], rows[r, 2]) = (7, random.NextDouble(), double.NaN);
        }

        IsolationForestModel model = new IsolationForest { TreeCount = 10 }.Fit(FeatureTable.FromRows(rows));

        model.Trees.Should().OnlyContain(tree => tree.InnerCount > 0);
        foreach (Tree tree in model.Trees)
        {
            Enumerable.Range(0, tree.InnerCount).Should().OnlyContain(node => tree.Feature(node) == 1);
        }
    }

    [Fact]
    public void Equal_rows_are_not_split_and_are_as_ordinary_as_can_be()
    {
        IsolationForestModel equal = new IsolationForest { TreeCount = 3 }.Fit(FeatureTable.FromRows(new double[40, 2]));
        IsolationForestModel single = new IsolationForest { TreeCount = 3 }.Fit(FeatureTable.FromRows(new double[1, 2]));

        equal.Score([0.0, 0]).Should().Be(0.5);
        single.Score([0.0, 0]).Should().Be(0.5);
    }

    [Fact]
    public void A_missing_value_alone_is_no_anomaly()
    {
        FeatureTable table = Cluster(400);
        IsolationForestModel model = new IsolationForest { TreeCount = 200 }.Fit(table);

        model.Score([double.NaN, 0, 0]).Should().BeLessThan(0.5);
    }

    [Fact]
    public void Rare_categories_stand_out()
    {
        string?[] colours = [.. Enumerable.Range(0, 300).Select(i => i == 17 ? "violet" : i % 3 == 0 ? "red" : i % 3 == 1 ? "green" : "blue")];
        FeatureTable table = new FeatureTableBuilder().Categorical("colour", colours).Build();

        IsolationForestModel model = new IsolationForest { TreeCount = 300, SampleSize = 300 }.Fit(table);

        double[] scores = model.Scores(table);
        Array.IndexOf(scores, scores.Max()).Should().Be(17);
    }

    [Fact]
    public void A_tree_reads_the_features_that_it_drew()
    {
        IsolationForestModel model = new IsolationForest { TreeCount = 30, MaxFeatures = FeatureCount.Exactly(1) }.Fit(Cluster(100));

        var read = new HashSet<int>();
        foreach (Tree tree in model.Trees)
        {
            Enumerable.Range(0, tree.InnerCount).Select(tree.Feature).Distinct().Should().ContainSingle();
            read.Add(tree.Feature(0));
        }

        read.Should().BeEquivalentTo([0, 1, 2]);
    }

    [Fact]
    public void Continued_training_gives_the_model_of_a_greater_count()
    {
        FeatureTable table = Cluster(300);
        var recipe = new IsolationForest { TreeCount = 10, Contamination = 0.1, Seed = 4 };

        IsolationForestModel continued = recipe.Fit(table).Continue(table, 5);
        IsolationForestModel atOnce = (recipe with { TreeCount = 15 }).Fit(table);

        continued.Recipe.Should().Be(atOnce.Recipe);
        continued.Scores(table).Should().Equal(atOnce.Scores(table));
        continued.Threshold.Should().Be(atOnce.Threshold);
        ((Action)(() => continued.Continue(Cluster(200), 1))).Should().Throw<ArgumentException>().WithMessage("*200 and not 300*");
    }

    [Fact]
    public void Outliers_among_clusters_are_found()
    {
        var random = new RandomStream(11);
        var rows = new double[520, 2];
        var labels = new int[520];
        for (int r = 0; r < 520; r++)
        {
            labels[r] = r < 500 ? 0 : 1;
            double angle = r * 0.7;
            double radius = r < 500 ? 1 : 6 + random.NextDouble();
            rows[r, 0] = (radius * DeterministicTrigonometry.SinPi(angle)) + (0.3 * random.NextGaussian());
            rows[r, 1] = (radius * DeterministicTrigonometry.CosPi(angle)) + (0.3 * random.NextGaussian());
        }

        FeatureTable table = FeatureTable.FromRows(rows);

        AreaUnderRoc.Compute(labels, new IsolationForest().Fit(table).Scores(table)).Should().BeGreaterThan(0.98);
    }

    private static FeatureTable Cluster(int count)
    {
        var random = new RandomStream(1);
        var rows = new double[count, 3];
        for (int r = 0; r < count; r++)
        {
            for (int c = 0; c < 3; c++)
            {
                rows[r, c] = random.NextGaussian();
            }
        }

        return FeatureTable.FromRows(rows);
    }

    [Fact]
    public void Infinite_values_are_as_far_off_above_as_below()
    {
        double[] cells = [.. Enumerable.Range(0, 62).Select(i => (double)i), double.PositiveInfinity, double.NegativeInfinity];
        IsolationForestModel model = new IsolationForest().Fit(FeatureTable.FromColumns([cells]));

        double above = model.Score([double.PositiveInfinity]);
        double below = model.Score([double.NegativeInfinity]);

        above.Should().BeGreaterThan(0.7);
        below.Should().BeGreaterThan(0.7);
        model.Score([61.0]).Should().BeLessThan(above - 0.1);
    }

    [Fact]
    public void Values_at_both_ends_of_the_doubles_are_parted_anywhere_between_them()
    {
        FeatureTable table = FeatureTable.FromColumns([new[] { -double.MaxValue, double.MaxValue }]);
        IsolationForestModel model = new IsolationForest().Fit(table);

        double[] thresholds = [.. model.Trees.Select(tree => tree.Threshold(0))];

        thresholds.Should().OnlyContain(t => double.IsFinite(t)).And.OnlyHaveUniqueItems();
    }

    [Fact]
    public void Sets_of_very_many_categories_have_each_with_probability_one_half()
    {
        const int count = 1000;
        string[] names = [.. Enumerable.Range(0, count).Select(i => $"c{i:0000}")];
        FeatureTable table = new FeatureTableBuilder().Categorical("id", names, [.. Enumerable.Range(0, count)]).Build();
        IsolationForestModel model = new IsolationForest { TreeCount = 400, SampleSize = 2 }.Fit(table);

        int[] often = new int[count];
        foreach (CategorySet set in model.Trees.Select(tree => tree.Categories(0)!))
        {
            set.Count.Should().BeInRange(400, 600);
            foreach (int code in set)
            {
                often[code]++;
            }
        }

        // Binomial of 400 trials: 100 off the half is ten standard deviations.
        often.Should().OnlyContain(n => n > 100 && n < 300);
    }

    [Fact]
    public void A_row_of_another_width_is_refused_as_such()
    {
        IsolationForestModel model = new IsolationForest { TreeCount = 2 }.Fit(Cluster(20));

        FluentActions.Invoking(() => model.Score([1.0, 2, 3, 4, 5, 6]))
            .Should().Throw<ArgumentException>().WithMessage("The model reads rows of 3 features, not 6.*").WithParameterName("row");
    }
}
