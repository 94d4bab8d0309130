using Ensembles.Numerics;
using Ensembles.Trees.Criteria;

namespace Ensembles.Tests.Trees.Criteria;

public class EntropyTermTests
{
    [Fact]
    public void Whole_sums_are_looked_up_to_the_bits_that_are_computed()
    {
        EntropyTerm table = EntropyTerm.For([2, 3, 5]);
        EntropyTerm plain = EntropyTerm.For([0.5]);

        for (int c = 0; c <= 12; c++)
        {
            table.Of(c).Should().Be(plain.Of(c));
            plain.Of(c).Should().Be(c == 0 ? 0 : c * DeterministicMath.Log2(c));
        }
    }

    [Theory]
    [InlineData(1.5)]
    [InlineData(0.25)]
    [InlineData(9.999999)]
    [InlineData(1e300)]
    public void Sums_that_are_not_in_the_table_are_computed(double c) =>
        EntropyTerm.For([2, 3, 5]).Of(c).Should().Be(c * DeterministicMath.Log2(c));

    [Fact]
    public void A_sum_that_rounding_took_below_zero_has_no_entropy() => EntropyTerm.For([2, 3]).Of(-1e-17).Should().Be(0);
}
