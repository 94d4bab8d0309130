using Ensembles.Data;
using Ensembles.Numerics;
using Ensembles.Trees;

namespace Ensembles.Tests.Trees;

/// <summary>
/// At every node of a tree the split is compared with all splits that there are, each judged by the definition of the impurity
/// and not by sums: thresholds between all values and all sets of categories, missing values to either side.
/// </summary>
public class SplitSearchTests
{
    public enum Judge
    {
        Gini2,
        Gini4,
        Entropy2,
        Entropy4,
        Squared,
        Poisson,
        Absolute,
    }

    public static TheoryData<Judge, bool, bool> Criteria => new()
    {
        { Judge.Gini2, false, false }, { Judge.Gini2, true, true },
        { Judge.Gini4, false, true }, { Judge.Gini4, true, false }, { Judge.Gini4, true, true },
        { Judge.Entropy2, true, true }, { Judge.Entropy4, false, true }, { Judge.Entropy4, true, true },
        { Judge.Squared, false, false }, { Judge.Squared, true, true },
        { Judge.Poisson, false, true }, { Judge.Poisson, true, true }, { Judge.Absolute, false, true }, { Judge.Absolute, true, true },
    };

    [Theory]
    [MemberData(nameof(Criteria))]
    public void No_split_is_better_than_the_one_that_is_made(Judge criterion, bool weighted, bool withMissing)
    {
        foreach (SplitMethod method in MethodsFor(criterion))
        {
            for (ulong seed = 0; seed < 12; seed++)
            {
                var task = new Task(criterion, rowCount: seed % 3 == 0 ? 90 : 24, weighted, withMissing, categories: true, seed);
                CheckAll(task, task.Fit(method, minSamplesLeaf: 1, minWeightFraction: 0), method, minSamplesLeaf: 1, minWeight: 0);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Criteria))]
    public void Limits_of_leaves_hold_and_cost_no_split_that_they_allow(Judge criterion, bool weighted, bool withMissing)
    {
        foreach (SplitMethod method in MethodsFor(criterion))
        {
            for (ulong seed = 0; seed < 12; seed++)
            {
                var task = new Task(criterion, rowCount: 60, weighted, withMissing, categories: true, seed);
                double fraction = seed % 2 == 0 ? 0 : 1.0 / 16;
                CheckAll(task, task.Fit(method, 4, fraction), method, 4, fraction * task.Weights.Sum());
            }
        }
    }

    [Theory]
    [InlineData(Judge.Gini2, false)]
    [InlineData(Judge.Gini2, true)]
    [InlineData(Judge.Entropy2, true)]
    [InlineData(Judge.Squared, false)]
    [InlineData(Judge.Squared, true)]
    [InlineData(Judge.Poisson, true)]
    [InlineData(Judge.Absolute, true)]
    public void Few_rows_a_category_take_the_order_of_the_tree(Judge criterion, bool weighted)
    {
        bool matters = false;
        foreach (SplitMethod method in MethodsFor(criterion))
        {
            for (ulong seed = 0; seed < 12; seed++)
            {
                int rows = seed % 3 == 0 ? 90 : 50;
                bool withMissing = seed % 2 == 0;
                var task = new Task(criterion, rows, weighted, withMissing, categories: true, seed)
                {
                    MinSamplesPerCategory = 6,
                };
                (Tree Tree, TreeStatistics Statistics) fit = task.Fit(method, minSamplesLeaf: 1, minWeightFraction: 0);
                CheckAll(task, fit, method, minSamplesLeaf: 1, minWeight: 0);
                (Tree free, _) = new Task(criterion, rows, weighted, withMissing, categories: true, seed).Fit(method, 1, 0);
                matters |= free.NodeCount != fit.Tree.NodeCount;
            }
        }

        matters.Should().BeTrue("with an order of its own in every node trees are others");
    }

    [Theory]
    [InlineData(3)]
    [InlineData(5)]
    public void Sorted_columns_and_bins_take_the_same_order_of_the_tree(int classes)
    {
        var random = new RandomStream((ulong)classes);
        int[] codes = [.. Enumerable.Range(0, 400).Select(_ => random.NextInt(20))];
        double[] x = [.. Enumerable.Range(0, 400).Select(_ => (double)random.NextInt(50))];
        int[] labels = [.. codes.Select(code => random.NextInt(3) == 0 ? random.NextInt(classes) : code * 7 % classes)];
        FeatureTable table = new FeatureTableBuilder()
            .Numeric("x", x)
            .Categorical("category", Enumerable.Range(0, 20).Select(code => FormattableString.Invariant($"{code}")), codes)
            .Build();
        ClassificationDataset data = ClassificationDataset.Create(table, labels);
        var recipe = new DecisionTreeClassifier { MinSamplesPerCategory = 15, SplitMethod = SplitMethod.Exact };
        Tree exact = recipe.Fit(data).Tree;
        Tree histogram = (recipe with { SplitMethod = SplitMethod.Histogram }).Fit(data).Tree;
        Splits(histogram).Should().Equal(Splits(exact));
        exact.NodeCount.Should().NotBe((recipe with { MinSamplesPerCategory = 0 }).Fit(data).Tree.NodeCount);
    }

    private static IEnumerable<(int Feature, double Threshold, string? Categories, bool DefaultLeft, int Left, int Right)> Splits(Tree tree) =>
        Enumerable.Range(0, tree.InnerCount).Select(node => (
            tree.Feature(node),
            tree.Threshold(node),
            tree.Categories(node)?.ToString(),
            tree.DefaultLeft(node),
            tree.Left(node),
            tree.Right(node)));

    private static SplitMethod[] MethodsFor(Judge criterion) =>
        criterion == Judge.Absolute ? [SplitMethod.Exact] : [SplitMethod.Exact, SplitMethod.Histogram];

    private static void CheckAll(
        Task task, (Tree Tree, TreeStatistics Statistics) fit, SplitMethod method, int minSamplesLeaf, double minWeight)
    {
        var rowsOf = new Dictionary<int, int[]> { [0] = [.. Enumerable.Range(0, task.Weights.Length).Where(r => task.Weights[r] > 0)] };
        for (int node = 0; node < fit.Tree.NodeCount; node++)
        {
            int[] rows = rowsOf[node];
            string where = FormattableString.Invariant($"{task} {method} node {node}");
            fit.Statistics.RowCount(node).Should().Be(rows.Length, where);
            fit.Statistics.Cover(node).Should().BeApproximately(rows.Sum(r => task.Weights[r]), 1e-9, where);
            double loss = task.Loss(rows);
            (fit.Statistics.Impurity(node) * fit.Statistics.Cover(node)).Should().BeApproximately(loss, 1e-9, where);
            double best = task.BestGain(rows, minSamplesLeaf, minWeight);
            if (fit.Tree.IsLeaf(node))
            {
                bool mustEnd = double.IsNegativeInfinity(best) || loss < 1e-12 || rows.Length < 2 * minSamplesLeaf;
                mustEnd.Should().BeTrue(where + ": a split was left out");
                continue;
            }

            fit.Statistics.Gain(node).Should().BeApproximately(best, 1e-9, where);
            rowsOf[fit.Tree.Left(node)] = [.. rows.Where(r => fit.Tree.GoesLeft(node, task.Features[r, fit.Tree.Feature(node)]))];
            rowsOf[fit.Tree.Right(node)] = [.. rows.Where(r => !fit.Tree.GoesLeft(node, task.Features[r, fit.Tree.Feature(node)]))];
            foreach (int child in new[] { fit.Tree.Left(node), fit.Tree.Right(node) })
            {
                rowsOf[child].Length.Should().BeGreaterThanOrEqualTo(minSamplesLeaf, where);
                rowsOf[child].Sum(r => task.Weights[r]).Should().BeGreaterThanOrEqualTo(minWeight, where);
            }
        }
    }

    /// <summary>Random data and a criterion, with the slow definition of what is to be found.</summary>
    private sealed class Task
    {
        private readonly Judge _criterion;
        private readonly ulong _seed;
        private readonly double[] _targets;

        public Task(Judge criterion, int rowCount, bool weighted, bool withMissing, bool categories, ulong seed)
        {
            _criterion = criterion;
            _seed = seed;
            var random = new RandomStream(KeyedRandom.Mix(seed, (ulong)rowCount));
            double missing = withMissing ? 0.2 : 0;
            var builder = new FeatureTableBuilder().Numeric("x", Cells(9)).Numeric("y", Cells(40));
            if (categories)
            {
                builder.Categorical("few", ["a", "b", "c"], Codes(3)).Categorical("more", ["a", "b", "c", "d", "e", "f"], Codes(6));
            }

            Features = builder.Build();
            Weights = [.. Enumerable.Range(0, rowCount).Select(_ => weighted ? random.NextInt(9) / 4.0 : 1)];
            int targetValues = criterion is Judge.Gini2 or Judge.Entropy2 ? 2 : 4;
            _targets = [.. Enumerable.Range(0, rowCount).Select(_ => (double)random.NextInt(targetValues))];

            double[] Cells(int values) =>
                [.. Enumerable.Range(0, rowCount).Select(_ => random.NextDouble() < missing ? double.NaN : random.NextInt(values))];

            int[] Codes(int count) =>
                [.. Enumerable.Range(0, rowCount).Select(_ => random.NextDouble() < missing ? -1 : random.NextInt(count))];
        }

        public int MinSamplesPerCategory { get; init; }

        public FeatureTable Features { get; }

        public double[] Weights { get; }

        public override string ToString() => FormattableString.Invariant($"{_criterion} seed {_seed} rows {Weights.Length}");

        public (Tree Tree, TreeStatistics Statistics) Fit(SplitMethod method, int minSamplesLeaf, double minWeightFraction)
        {
            if (_criterion < Judge.Squared)
            {
                DecisionTreeClassificationModel classifier = new DecisionTreeClassifier
                {
                    Criterion = _criterion < Judge.Entropy2 ? ClassificationCriterion.Gini : ClassificationCriterion.Entropy,
                    SplitMethod = method,
                    MinSamplesLeaf = minSamplesLeaf,
                    MinWeightFractionLeaf = minWeightFraction,
                    MinSamplesPerCategory = MinSamplesPerCategory,
                }.Fit(ClassificationDataset.Create(Features, Array.ConvertAll(_targets, t => (int)t), Weights));
                return (classifier.Tree, classifier.Statistics);
            }

            DecisionTreeRegressionModel regressor = new DecisionTreeRegressor
            {
                Criterion = _criterion switch
                {
                    Judge.Squared => RegressionCriterion.SquaredError,
                    Judge.Poisson => RegressionCriterion.Poisson,
                    _ => RegressionCriterion.AbsoluteError,
                },
                SplitMethod = method,
                MinSamplesLeaf = minSamplesLeaf,
                MinWeightFractionLeaf = minWeightFraction,
                MinSamplesPerCategory = MinSamplesPerCategory,
            }.Fit(RegressionDataset.Create(Features, _targets, Weights));
            return (regressor.Tree, regressor.Statistics);
        }

        /// <summary>Weight × impurity.</summary>
        public double Loss(int[] rows)
        {
            double weight = rows.Sum(r => Weights[r]);
            double[] shares = [.. rows.GroupBy(r => _targets[r]).Select(g => g.Sum(r => Weights[r]) / weight)];
            double mean = rows.Sum(r => Weights[r] * _targets[r]) / weight;
            return _criterion switch
            {
                Judge.Squared => rows.Sum(r => Weights[r] * (_targets[r] - mean) * (_targets[r] - mean)),
                Judge.Poisson => rows.Sum(r => _targets[r] == 0 ? 0 : Weights[r] * _targets[r] * Math.Log(_targets[r] / mean)),
                Judge.Absolute => rows.Min(m => rows.Sum(r => Weights[r] * Math.Abs(_targets[r] - _targets[m]))),
                < Judge.Entropy2 => weight * (1 - shares.Sum(p => p * p)),
                _ => -weight * shares.Sum(p => p * Math.Log2(p)),
            };
        }

        public double BestGain(int[] rows, int minSamplesLeaf, double minWeight)
        {
            double best = double.NegativeInfinity;
            double loss = Loss(rows);
            foreach (int[] left in Enumerable.Range(0, Features.ColumnCount).SelectMany(column => LeftParts(rows, column)))
            {
                int[] right = [.. rows.Except(left)];
                if (left.Length >= minSamplesLeaf && right.Length >= minSamplesLeaf
                    && left.Sum(r => Weights[r]) >= minWeight && right.Sum(r => Weights[r]) >= minWeight
                    && (_criterion != Judge.Poisson || (left.Any(r => _targets[r] > 0) && right.Any(r => _targets[r] > 0))))
                {
                    best = Math.Max(best, loss - Loss(left) - Loss(right));
                }
            }

            return best;
        }

        private IEnumerable<int[]> LeftParts(int[] rows, int column)
        {
            int[] missing = [.. rows.Where(r => double.IsNaN(Features[r, column]))];
            int[][] groups = [.. rows.Except(missing).GroupBy(r => Features[r, column]).OrderBy(g => g.Key).Select(g => g.ToArray())];
            if (Features.Schema[column].IsCategorical && groups.Sum(g => g.Length) < MinSamplesPerCategory * groups.Length)
            {
                groups = [.. groups.OrderBy(g => MeanInTree(column, Features[g[0], column]))];
                return WithMissing(Prefixes(groups), missing);
            }

            IEnumerable<int[]> parts = Features.Schema[column].IsCategorical
                ? Enumerable.Range(1, (1 << groups.Length) - 1)
                    .Select(set => groups.Where((_, g) => (set & (1 << g)) != 0).SelectMany(group => group).ToArray())
                : Prefixes(groups);
            return WithMissing(parts, missing);
        }

        private static IEnumerable<int[]> Prefixes(int[][] groups) =>
            Enumerable.Range(1, groups.Length).Select(count => groups.Take(count).SelectMany(group => group).ToArray());

        private static IEnumerable<int[]> WithMissing(IEnumerable<int[]> parts, int[] missing) =>
            parts.SelectMany(part => new[] { part, [.. part, .. missing] });

        private double MeanInTree(int column, double code)
        {
            int[] rows = [.. Enumerable.Range(0, Weights.Length).Where(r => Weights[r] > 0 && Features[r, column] == code)];
            return rows.Sum(r => Weights[r] * _targets[r]) / rows.Sum(r => Weights[r]);
        }
    }
}
