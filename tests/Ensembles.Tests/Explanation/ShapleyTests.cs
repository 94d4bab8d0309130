using Ensembles.Data;
using Ensembles.Explanation;
using Ensembles.Explanation.Shapley;
using Ensembles.Learners;
using Ensembles.Numerics;
using Ensembles.Tests.Prediction;
using FluentAssertions;

namespace Ensembles.Tests.Explanation;

public class ShapleyTests
{
    internal static readonly RandomTrees[] Kinds =
    [
        new() { Count = 4, Leaves = 12, Features = 4 },
        new() { Count = 3, Leaves = 40, Features = 5, Seed = 2 },
        new() { Count = 3, Leaves = 25, Features = 6, Categorical = 0.4, Seed = 3 },
        new() { Count = 3, Leaves = 15, Features = 5, Width = 3, Seed = 4 },
        new() { Count = 2, Leaves = 14, Features = 3, Chains = true, Seed = 5 },
        new() { Count = 2, Leaves = 30, Features = 1, Seed = 6 },
        new() { Count = 2, Leaves = 60, Features = 8, Chains = true, Seed = 7 },
    ];

    public static TheoryData<int> KindNumbers => [.. Enumerable.Range(0, Kinds.Length)];

    [Theory]
    [MemberData(nameof(KindNumbers))]
    public void Path_dependent_values_are_those_of_all_coalitions(int kind)
    {
        TreeSum sum = ExplainedTrees.Draw(Kinds[kind]);
        double[][] rows = ExplainedTrees.Rows(sum.Schema, 21);
        var explainer = new TreeExplainer(sum);
        Compare(rows, Explain(explainer, rows), PlainShapley.PathDependent(sum).Values);
    }

    [Theory]
    [MemberData(nameof(KindNumbers))]
    public void Interventional_values_are_those_of_all_coalitions(int kind)
    {
        TreeSum sum = ExplainedTrees.Draw(Kinds[kind]);
        double[][] rows = ExplainedTrees.Rows(sum.Schema, 9);
        double[][] background = ExplainedTrees.Rows(sum.Schema, 6, seed: 8);
        var explainer = new TreeExplainer(sum, ToTable(sum.Schema, background));
        Compare(rows, Explain(explainer, rows), PlainShapley.Interventional(sum, background).Values);
        var expected = new double[sum.OutputCount];
        foreach (double[] other in background)
        {
            var said = new double[sum.OutputCount];
            sum.Predict(new RowSet(other, other.Length), said);
            expected = [.. expected.Zip(said, (mean, one) => mean + (one / background.Length))];
        }

        explainer.BaseValues.Should().Equal(expected, (left, right) => Math.Abs(left - right) < 1e-12);
    }

    [Theory]
    [MemberData(nameof(KindNumbers))]
    public void Interactions_are_those_of_all_coalitions(int kind)
    {
        TreeSum sum = ExplainedTrees.Draw(Kinds[kind]);
        double[][] rows = ExplainedTrees.Rows(sum.Schema, 9);
        double[][] background = ExplainedTrees.Rows(sum.Schema, 3, seed: 8);
        Compare(
            rows,
            Interactions(new TreeExplainer(sum).ExplainInteractions(ToTable(sum.Schema, rows))),
            PlainShapley.PathDependent(sum).Interactions);
        Compare(
            rows,
            Interactions(new TreeExplainer(sum, ToTable(sum.Schema, background)).ExplainInteractions(ToTable(sum.Schema, rows))),
            PlainShapley.Interventional(sum, background).Interactions);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(8)]
    public void Every_width_of_registers_gives_the_same_bits(int lanes)
    {
        foreach (RandomTrees kind in Kinds)
        {
            TreeSum sum = ExplainedTrees.Draw(kind);
            double[][] rows = ExplainedTrees.Rows(sum.Schema, 21);
            Bits(Explain(new TreeExplainer(sum, background: null, lanes), rows))
                .Should().Equal(Bits(Explain(new TreeExplainer(sum, background: null, lanes: 1), rows)), "this is {0}", kind);
        }
    }

    [Fact]
    public void Neither_threads_nor_the_number_of_rows_change_a_bit()
    {
        TreeSum sum = ExplainedTrees.Draw(Kinds[2]);
        double[][] rows = ExplainedTrees.Rows(sum.Schema, 1100);
        FeatureTable table = ToTable(sum.Schema, rows);
        var explainer = new TreeExplainer(sum);
        long[] one = Bits(Values(explainer.Explain(table, new FitOptions { Threads = 1 })));
        Bits(Values(explainer.Explain(table, new FitOptions { Threads = 3 }))).Should().Equal(one);
        Bits([.. rows.SelectMany(row => Explain(explainer, [row]))]).Should().Equal(one);
        Bits(Interactions(explainer.ExplainInteractions(table.SelectRows([.. Enumerable.Range(0, 150)]), new FitOptions { Threads = 3 })))
            .Should().Equal(Bits(Interactions(
                explainer.ExplainInteractions(table.SelectRows([.. Enumerable.Range(0, 150)]), new FitOptions { Threads = 1 }))));
    }

    /// <summary>The recursive form of 2018 divides by shares and loses all digits by depth 30 or so.</summary>
    [Theory]
    [InlineData(31, 30)]
    [InlineData(100, 60)]
    [InlineData(1500, 400)]
    public void Deep_trees_lose_no_digits(int leaves, int features)
    {
        TreeSum sum = ExplainedTrees.Draw(new RandomTrees { Count = 2, Leaves = leaves, Features = features, Chains = true });
        double[][] rows = ExplainedTrees.Rows(sum.Schema, 12);
        var explainer = new TreeExplainer(sum);
        double[] values = Explain(explainer, rows);
        double largest = sum.Terms.SelectMany(term => term.Part.Values).Max(Math.Abs);
        values.Should().OnlyContain(value => Math.Abs(value) <= 2 * largest * sum.Terms.Length);
        for (int r = 0; r < rows.Length; r++)
        {
            var said = new double[1];
            sum.Predict(new RowSet(rows[r], features), said);
            (explainer.BaseValues[0] + values.AsSpan(r * features, features).ToArray().Sum()).Should().BeApproximately(said[0], 1e-12);
        }
    }

    /// <summary>A path of 40 features, each of share ½, of a row that takes it: v·(1 − 2⁻⁴⁰)/40 for each, by symmetry.</summary>
    [Fact]
    public void A_conjunction_of_forty_features_parts_its_value_evenly()
    {
        const int depth = 40;
        int[] nodes = [.. Enumerable.Range(0, depth)];
        var values = new double[depth + 1];
        values[depth] = 7;
        var tree = new Ensembles.Trees.Tree(
            nodes,
            new double[depth],
            [.. nodes.Select(node => node + 1 < depth ? node + 1 : depth + depth)],
            [.. nodes.Select(node => depth + node)],
            new bool[depth],
            new Ensembles.Trees.CategorySet?[depth],
            values,
            1);
        var cover = new double[tree.NodeCount];
        cover[0] = 1;
        foreach (int node in nodes)
        {
            cover[tree.Left(node)] = cover[tree.Right(node)] = cover[node] / 2;
        }

        var statistics = new Ensembles.Trees.TreeStatistics(cover, new int[cover.Length], new double[cover.Length], new double[depth], [], 0);
        var explainer = new TreeExplainer(TreeSum.OfMean(FeatureSchema.Numeric(depth), [tree], [statistics]));
        double[] all = Explain(explainer, [Enumerable.Repeat(-1.0, depth).ToArray()]);
        double expected = 7 * (1 - Math.ScaleB(1, -depth)) / depth;
        all.Should().OnlyContain(value => Math.Abs(value - expected) < 1e-15);
    }

    [Fact]
    public void Quadrature_is_exact_up_to_its_degree()
    {
        foreach (int points in (int[])[1, 2, 3, 4, 7, 15, 40, 200])
        {
            GaussLegendre rule = GaussLegendre.Of(points);
            rule.Points.Should().BeInAscendingOrder().And.OnlyContain(t => t > 0 && t < 1);
            for (int degree = 0; degree < Math.Min(2 * points, 60); degree++)
            {
                double integral = 0;
                for (int k = 0; k < points; k++)
                {
                    integral += rule.Weights[k] * Math.Pow(rule.Points[k], degree);
                }

                integral.Should().BeApproximately(1.0 / (degree + 1), 4e-15, "{0} points integrate t^{1}", points, degree);
            }
        }
    }

    internal static FeatureTable ToTable(FeatureSchema schema, double[][] rows) => ToTable(schema, [.. rows.SelectMany(row => row)]);

    internal static FeatureTable ToTable(FeatureSchema schema, double[] cells)
    {
        var builder = new FeatureTableBuilder();
        int count = cells.Length / schema.Count;
        for (int f = 0; f < schema.Count; f++)
        {
            double[] column = [.. Enumerable.Range(0, count).Select(r => cells[(r * schema.Count) + f])];
            if (schema[f].IsCategorical)
            {
                builder.Categorical(
                    schema[f].Name,
                    schema[f].Categories,
                    Array.ConvertAll(column, cell => double.IsNaN(cell) ? -1 : (int)cell));
            }
            else
            {
                builder.Numeric(schema[f].Name, column);
            }
        }

        return builder.Build();
    }

    private static double[] Explain(TreeExplainer explainer, double[][] rows)
    {
        var values = new double[rows.Length * explainer.OutputNames.Count * explainer.Schema.Count];
        explainer.Explain(rows.SelectMany(row => row).ToArray(), values);
        return values;
    }

    private static double[] Values(ShapValues values) =>
        [.. Enumerable.Range(0, values.RowCount).SelectMany(r => Enumerable.Range(0, values.OutputCount).SelectMany(k => values.Row(r, k).ToArray()))];

    private static double[] Interactions(ShapInteractions values) =>
        [.. Enumerable.Range(0, values.RowCount).SelectMany(r => Enumerable.Range(0, values.OutputCount).SelectMany(k => values.Row(r, k).ToArray()))];

    private static long[] Bits(double[] values) => Array.ConvertAll(values, BitConverter.DoubleToInt64Bits);

    private static void Compare(double[][] rows, double[] values, Func<double[], double[]> plain)
    {
        double[] expected = [.. rows.SelectMany(plain)];
        values.Should().HaveSameCount(expected);
        for (int i = 0; i < expected.Length; i++)
        {
            values[i].Should().BeApproximately(expected[i], 1e-12, "this is number {0}", i);
        }
    }
}
