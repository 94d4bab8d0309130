using Ensembles.Numerics;

namespace Ensembles.Tests.Numerics;

/// <summary>The weighted quantile sketch against the definitions of Chen and Guestrin 2016, appendix A.</summary>
public class WeightedQuantileSketchTests
{
    private static readonly double[] Values = [1, 1, 3, 4, 5, 12, 45, 50, 99];
    private static readonly double[] Hessians = [0.1, 0.1, 0.1, 0.1, 0.1, 0.1, 0.4, 0.2, 0.6];

    /// <summary>Three groups of weight 0.6: up to 12, 45 and 50, 99.</summary>
    [Theory]
    [InlineData(9)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void The_worked_example_has_three_groups(int partSize)
    {
        WeightedQuantileSummary whole = WeightedQuantileSummary.Empty;
        for (int first = 0; first < Values.Length; first += partSize)
        {
            int count = Math.Min(partSize, Values.Length - first);
            whole = WeightedQuantileSummary.Merge(
                whole, WeightedQuantileSummary.OfSorted(Values.AsSpan(first, count), Hessians.AsSpan(first, count)));
        }

        whole.TotalWeight.Should().BeApproximately(1.8, 1e-12);
        whole.GroupEnds(1.0 / 3).Should().Equal(12, 50);
    }

    [Theory]
    [InlineData(1, 3000, 0.05)]
    [InlineData(2, 20_000, 0.01)]
    [InlineData(3, 20_000, 0.1)]
    [InlineData(4, 50, 0.02)]
    public void Ranks_are_known_to_epsilon_of_the_weight(int seed, int count, double epsilon)
    {
        (double[] values, double[] weights) = Draw((ulong)seed, count);
        var sketch = new WeightedQuantileSketch(count, epsilon);
        for (int i = 0; i < count; i++)
        {
            sketch.Add(values[i], weights[i]);
        }

        WeightedQuantileSummary summary = sketch.Summarize();

        double total = weights.Sum();
        double slack = 1e-9 * total;
        summary.TotalWeight.Should().BeApproximately(total, slack);
        summary.MaxError().Should().BeLessThanOrEqualTo((epsilon * total) + slack);
        summary.Entries.Length.Should().BeLessThanOrEqualTo(count > 1000 ? count / 2 : count);
        ShouldBound(summary, values, weights, slack);
        for (int k = 0; k <= 40; k++)
        {
            double rank = total * k / 40;
            (double below, double upTo, _) = Rank(summary.Query(rank), values, weights);
            Math.Max(below - rank, rank - upTo).Should().BeLessThanOrEqualTo((epsilon * total) + slack);
        }
    }

    [Theory]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    public void Whatever_the_grouping_a_merge_is_the_summary_of_all(int seed)
    {
        // Whole weights add up to the same in any order.
        (double[] values, double[] weights) = Draw((ulong)seed, 400);
        weights = Array.ConvertAll(weights, Math.Ceiling);
        var random = new RandomStream((ulong)(100 + seed));
        var parts = new List<WeightedQuantileSummary>();
        for (int first = 0; first < values.Length;)
        {
            int count = Math.Min(values.Length - first, 1 + random.NextInt(60));
            parts.Add(OfUnsorted(values.AsSpan(first, count), weights.AsSpan(first, count)));
            first += count;
        }

        while (parts.Count > 1)
        {
            int a = random.NextInt(parts.Count);
            WeightedQuantileSummary one = parts[a];
            parts.RemoveAt(a);
            int b = random.NextInt(parts.Count);
            parts[b] = random.NextInt(2) == 0 ? WeightedQuantileSummary.Merge(one, parts[b]) : WeightedQuantileSummary.Merge(parts[b], one);
        }

        parts[0].Entries.ToArray().Should().Equal(OfUnsorted(values, weights).Entries.ToArray());
        parts[0].MaxError().Should().Be(0);
    }

    [Theory]
    [InlineData(8, 5)]
    [InlineData(9, 20)]
    [InlineData(10, 100)]
    public void Pruning_costs_no_more_than_one_of_b_and_merging_nothing(int seed, int b)
    {
        (double[] values, double[] weights) = Draw((ulong)seed, 2000);
        WeightedQuantileSummary a = OfUnsorted(values.AsSpan(0, 900), weights.AsSpan(0, 900)).Prune(b);
        WeightedQuantileSummary c = OfUnsorted(values.AsSpan(900), weights.AsSpan(900)).Prune(b);
        a.Entries.Length.Should().BeLessThanOrEqualTo(b + 1);
        a.MaxError().Should().BeLessThanOrEqualTo((1.0 / b * a.TotalWeight) + 1e-9);

        WeightedQuantileSummary both = WeightedQuantileSummary.Merge(a, c);

        double total = weights.Sum();
        both.MaxError().Should().BeLessThanOrEqualTo((1.0 / b * total) + 1e-9);
        both.Prune(b).MaxError().Should().BeLessThanOrEqualTo((2.0 / b * total) + 1e-9);
        ShouldBound(both.Prune(b), values, weights, 1e-9 * total);
    }

    [Fact]
    public void Groups_are_as_heavy_as_asked_and_nothing_gives_none()
    {
        double[] values = [.. Enumerable.Range(0, 1000).Select(i => (double)i)];
        double[] ones = [.. Enumerable.Repeat(1.0, 1000)];
        WeightedQuantileSummary summary = WeightedQuantileSummary.OfSorted(values, ones);

        summary.GroupEnds(0.1).Should().Equal(99, 199, 299, 399, 499, 599, 699, 799, 899);
        summary.GroupEnds(1e-12).Should().Equal(values[..^1], "finer than the values there is nothing");
        WeightedQuantileSummary.Empty.GroupEnds(0.1).Should().BeEmpty();
        WeightedQuantileSummary.OfSorted([7, 7], [1, 2]).GroupEnds(0.1).Should().BeEmpty();
        var sketch = new WeightedQuantileSketch(3, 0.1);
        sketch.Add(1, 0);
        sketch.Summarize().Entries.Length.Should().Be(0, "a value without weight leaves no trace");
    }

    private static (double[] Values, double[] Weights) Draw(ulong seed, int count)
    {
        var random = new RandomStream(seed);
        var values = new double[count];
        var weights = new double[count];
        for (int i = 0; i < count; i++)
        {
            // Skewed, with values met again, and weights over four decades.
            values[i] = Math.Round(1000 * random.NextDouble() * random.NextDouble(), seed % 2 == 0 ? 1 : 6);
            double u = random.NextDouble();
            weights[i] = 0.001 + (10 * u * u * u);
        }

        return (values, weights);
    }

    private static WeightedQuantileSummary OfUnsorted(ReadOnlySpan<double> values, ReadOnlySpan<double> weights)
    {
        double[] sorted = values.ToArray();
        double[] along = weights.ToArray();
        Array.Sort(sorted, along);
        return WeightedQuantileSummary.OfSorted(sorted, along);
    }

    private static (double Below, double UpTo, double Weight) Rank(double value, double[] values, double[] weights)
    {
        double below = 0;
        double at = 0;
        for (int i = 0; i < values.Length; i++)
        {
            below += values[i] < value ? weights[i] : 0;
            at += values[i] == value ? weights[i] : 0;
        }

        return (below, below + at, at);
    }

    private static void ShouldBound(WeightedQuantileSummary summary, double[] values, double[] weights, double slack)
    {
        foreach (WeightedQuantileSummary.Entry entry in summary.Entries.ToArray().Where((_, i) => i % 7 == 0))
        {
            (double below, double upTo, double weight) = Rank(entry.Value, values, weights);
            entry.Below.Should().BeLessThanOrEqualTo(below + slack);
            entry.UpTo.Should().BeGreaterThanOrEqualTo(upTo - slack);
            entry.Weight.Should().BeLessThanOrEqualTo(weight + slack);
        }
    }
}
