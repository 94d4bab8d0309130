using Ensembles.Trees.Growing.Gradients;

namespace Ensembles.Tests.Trees.Growing.Gradients;

public class ColumnSamplerTests
{
    [Fact]
    public void Shares_are_taken_of_each_other()
    {
        var sampler = new ColumnSampler(40, 0.5, 0.5, 0.5);
        sampler.Enter(7);
        int[] seen = [.. Enumerable.Range(0, 200).SelectMany(key => sampler.Of(1, (ulong)key)).Distinct()];

        seen.Should().HaveCount(10, "all nodes of a level draw from its ten of the tree's twenty");
        sampler.Of(1, 3).Should().HaveCount(5).And.BeInAscendingOrder().And.OnlyHaveUniqueItems();
        Enumerable.Range(0, 500).SelectMany(depth => sampler.Of(depth, (ulong)depth)).Distinct().Should().HaveCount(20);
    }

    [Fact]
    public void Draws_depend_on_the_tree_the_depth_and_the_node_and_on_nothing_else()
    {
        var first = new ColumnSampler(40, 0.5, 0.5, 0.5);
        var second = new ColumnSampler(40, 0.5, 0.5, 0.5);
        first.Enter(7);
        int[] drawn = first.Of(2, 11);

        second.Enter(8);
        second.Of(2, 11).Should().NotEqual(drawn);
        second.Enter(7);
        second.Of(5, 3).Should().NotEqual(drawn);
        second.Of(2, 12).Should().NotEqual(drawn);
        second.Of(2, 11).Should().Equal(drawn, "what was drawn before does not matter");
    }

    [Fact]
    public void At_least_one_column_is_drawn_and_without_shares_all()
    {
        var one = new ColumnSampler(3, 0.1, 0.1, 0.1);
        one.Enter(1);
        one.Of(0, 1).Should().HaveCount(1);

        var all = new ColumnSampler(3, 1, 1, 1);
        all.Enter(1);
        all.Of(0, 1).Should().Equal(0, 1, 2);
    }
}
