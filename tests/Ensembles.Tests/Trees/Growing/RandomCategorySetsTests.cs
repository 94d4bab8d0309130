using Ensembles.Data;
using Ensembles.Learners;
using Ensembles.Metrics;
using Ensembles.Numerics;
using Ensembles.RandomForests;
using Ensembles.Trees;
using Ensembles.Trees.Criteria;
using Ensembles.Trees.Growing;

namespace Ensembles.Tests.Trees.Growing;

/// <summary>Random sets of categories, compared with the means and cuts that a slow count over the rows gives.</summary>
public class RandomCategorySetsTests
{
    private const int Levels = 6;
    private const int Drawn = 5;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Many_rows_are_cut_along_the_order_of_their_own_means(bool weighted)
    {
        for (ulong seed = 0; seed < 20; seed++)
        {
            var task = new Task(rowCount: 200, weighted, seed);
            int[] node = [.. Enumerable.Range(0, 200).Where(r => r % 2 == 0)];
            Dictionary<int, double> means = task.Means(node);
            HashSet<string> cuts = [.. Cuts(means)];
            for (ulong draw = 0; draw < 60; draw++)
            {
                CategorySet set = task.Draw(node, draw);
                string drawn = Text(means.Keys.Where(set.Contains));
                cuts.Should().Contain(drawn, "seed {0} draw {1}", seed, draw);
                HasUnseenWithHeavierSide(task, node, set);
            }
        }
    }

    [Fact]
    public void Few_rows_are_cut_along_the_order_of_the_tree()
    {
        int others = 0;
        for (ulong seed = 0; seed < 20; seed++)
        {
            var task = new Task(rowCount: 200, weighted: true, seed);
            int[] node = [.. Enumerable.Range(0, 20)];
            Dictionary<int, double> tree = task.Means([.. Enumerable.Range(0, 200)]);
            Dictionary<int, double> own = task.Means(node);
            HashSet<string> cuts = [.. Cuts(own.Keys.ToDictionary(code => code, code => tree[code]))];
            HashSet<string> ownCuts = [.. Cuts(own)];
            for (ulong draw = 0; draw < 60; draw++)
            {
                CategorySet set = task.Draw(node, draw);
                string drawn = Text(own.Keys.Where(set.Contains));
                cuts.Should().Contain(drawn, "seed {0} draw {1}", seed, draw);
                others += ownCuts.Contains(drawn) ? 0 : 1;
                HasUnseenWithHeavierSide(task, node, set);
            }
        }

        others.Should().BeGreaterThan(200, "the order of twenty rows is another one");
    }

    [Fact]
    public void Every_cut_is_as_likely_as_any_other()
    {
        var task = new Task(rowCount: 400, weighted: false, seed: 1);
        int[] node = [.. Enumerable.Range(0, 400)];
        Dictionary<int, double> means = task.Means(node);
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        const int Draws = 4_000;
        for (ulong draw = 0; draw < Draws; draw++)
        {
            string drawn = Text(means.Keys.Where(task.Draw(node, draw).Contains));
            counts[drawn] = counts.GetValueOrDefault(drawn) + 1;
        }

        // A count of 4,000 draws of probability 1/4 strays from 1,000 by 27.
        counts.Should().HaveCount(Drawn - 1);
        counts.Values.Should().OnlyContain(count => Math.Abs(count - (Draws / (Drawn - 1))) < 150);
    }

    [Fact]
    public void Without_an_order_every_set_is_drawn()
    {
        var task = new Task(rowCount: 400, weighted: false, seed: 1, constantTarget: true);
        int[] node = [.. Enumerable.Range(0, 400)];
        int[] codes = [.. task.Means(node).Keys];
        HashSet<string> sets = [.. Enumerable.Range(0, 2_000).Select(draw => Text(codes.Where(task.Draw(node, (ulong)draw).Contains)))];
        sets.Should().HaveCount((1 << Drawn) - 2, "neither all categories nor none are drawn");
    }

    [Fact]
    public void A_single_category_parts_from_missing_values()
    {
        var task = new Task(rowCount: 400, weighted: false, seed: 1);
        int[] node = [.. Enumerable.Range(0, 400).Where(r => double.IsNaN(task.Cells[r]) || task.Cells[r] == 2)];
        task.Draw(node, 1).Should().Equal(2);
    }

    [Fact]
    public void Three_classes_are_cut_along_the_first_principal_component()
    {
        // Categories differ along one line of the class proportions only, so that this line is their order.
        int[] rows = [.. Enumerable.Range(0, 300)];
        int[] labels = [.. rows.Select(r => r % 20 < 4 * (r / 60) ? 0 : r % 20 == 19 ? 2 : 1)];
        double[] cells = [.. rows.Select(r => (double)((r / 60) * 3 % 5))];
        double[] weights = [.. rows.Select(_ => 1.0)];
        var accumulator = new ClassAccumulator<GiniTerms>(labels, weights, 3, null, default);
        accumulator.Enter(Root(rows.Length), rows);
        var sets = new RandomCategorySets<ClassAccumulator<GiniTerms>>(Schema(5), weights, 10);
        sets.Order(accumulator, 0, rows, cells);
        int[] order = [0, 3, 1, 4, 2];
        for (ulong draw = 0; draw < 100; draw++)
        {
            var random = new RandomStream(draw);
            CategorySet set = sets.Draw(accumulator, 0, rows, cells, rows.Length, ref random);
            int[] sides = [.. order.Select(code => set.Contains(code) ? 1 : 0)];
            sides.Zip(sides.Skip(1)).Count(pair => pair.First != pair.Second).Should().Be(1, "a cut parts the order once");
        }
    }

    [Fact]
    public void Categories_that_say_nothing_cost_little_and_those_that_say_much_are_used()
    {
        const int Rows = 1_000;
        var random = new RandomStream(5);
        double[] x = [.. Enumerable.Range(0, Rows).Select(_ => random.NextDouble())];
        int[] noise = [.. Enumerable.Range(0, Rows).Select(_ => random.NextInt(100))];
        int[] kinds = [.. Enumerable.Range(0, Rows).Select(_ => random.NextInt(30))];
        double[] effects = [.. Enumerable.Range(0, 30).Select(_ => random.NextGaussian())];
        double[] y = [.. Enumerable.Range(0, Rows).Select(r => (2 * x[r]) + effects[kinds[r]] + (0.5 * random.NextGaussian()))];
        double clean = Error(new FeatureTableBuilder().Numeric("x", x).Categorical("kind", Names(30), kinds), y);
        double noisy = Error(
            new FeatureTableBuilder().Numeric("x", x).Categorical("kind", Names(30), kinds).Categorical("noise", Names(100), noise), y);

        // The noise of the target is 0.5, and without the kinds the error is above 1.
        clean.Should().BeLessThan(0.65);
        noisy.Should().BeLessThan(1.1 * clean);
    }

    private static double Error(FeatureTableBuilder features, double[] targets)
    {
        (RegressionDataset train, RegressionDataset test) = RegressionDataset.Create(features.Build(), targets).Split(0.7, seed: 1);
        RegressionModel model = new ExtraTreesRegressor { TreeCount = 50, MinSamplesLeaf = 2, Seed = 1 }.Fit(train);
        return RootMeanSquaredError.Compute(test.Targets, model.Predict(test.Features));
    }

    private static string[] Names(int count) => [.. Enumerable.Range(0, count).Select(i => FormattableString.Invariant($"level {i}"))];

    private static FeatureSchema Schema(int levels) =>
        new FeatureTableBuilder().Categorical("category", Names(levels), [0]).Build().Schema;

    private static GrowingNode Root(int count) => new() { Parent = -1, Count = count };

    private static string Text(IEnumerable<int> codes) => string.Join(',', codes.Order());

    /// <summary>All ways to send the categories up to a mean left and the others right.</summary>
    private static IEnumerable<string> Cuts(Dictionary<int, double> means) =>
        means.Values.Distinct().Order().SkipLast(1).Select(last => Text(means.Keys.Where(code => means[code] <= last)));

    private static void HasUnseenWithHeavierSide(Task task, int[] node, CategorySet set)
    {
        int[] present = [.. node.Where(r => !double.IsNaN(task.Cells[r]))];
        double left = present.Where(r => set.Contains((int)task.Cells[r])).Sum(r => task.Weights[r]);
        double all = present.Sum(r => task.Weights[r]);
        int[] seen = [.. present.Select(r => (int)task.Cells[r]).Distinct()];
        Enumerable.Range(0, Levels).Except(seen).Select(set.Contains).Should().AllBeEquivalentTo(left >= all - left);
    }

    /// <summary>A column of categories, the last of which no row has, with missing cells, and targets that depend on it a little.</summary>
    private sealed class Task
    {
        private readonly double[] _targets;
        private readonly RandomCategorySets<PairAccumulator<SquaredErrorScore>> _sets;
        private PairAccumulator<SquaredErrorScore> _accumulator;

        public Task(int rowCount, bool weighted, ulong seed, bool constantTarget = false)
        {
            var random = new RandomStream(KeyedRandom.Mix(seed, 77));
            Cells = [.. Enumerable.Range(0, rowCount).Select(_ => random.NextInt(8) == 0 ? double.NaN : random.NextInt(Drawn))];
            Weights = [.. Enumerable.Range(0, rowCount).Select(_ => weighted ? 1 + random.NextInt(3) : 1.0)];
            _targets = [.. Cells.Select(cell =>
                constantTarget ? 1 : (double.IsNaN(cell) ? 0 : 3 * cell % Drawn) + Math.Floor(8 * random.NextGaussian()))];
            double[] pairs = [.. Enumerable.Range(0, rowCount).SelectMany(r => new[] { Weights[r], Weights[r] * _targets[r] })];
            _accumulator = new PairAccumulator<SquaredErrorScore>(pairs, null, default);
            _sets = new RandomCategorySets<PairAccumulator<SquaredErrorScore>>(Schema(Levels), Weights, 10);
            int[] all = [.. Enumerable.Range(0, rowCount)];
            _accumulator.Enter(Root(rowCount), all);
            _sets.Order(_accumulator, 0, all, Cells);
        }

        public double[] Cells { get; }

        public double[] Weights { get; }

        /// <summary>The mean of each category that some rows have.</summary>
        public Dictionary<int, double> Means(int[] rows) => rows
            .Where(r => !double.IsNaN(Cells[r]))
            .GroupBy(r => (int)Cells[r])
            .ToDictionary(group => group.Key, group => group.Sum(r => Weights[r] * _targets[r]) / group.Sum(r => Weights[r]));

        public CategorySet Draw(int[] rows, ulong key)
        {
            double[] cells = [.. rows.Select(r => Cells[r])];
            var random = new RandomStream(key);
            _accumulator.Enter(Root(rows.Length), rows);
            return _sets.Draw(_accumulator, 0, rows, cells, cells.Count(cell => !double.IsNaN(cell)), ref random);
        }
    }
}
