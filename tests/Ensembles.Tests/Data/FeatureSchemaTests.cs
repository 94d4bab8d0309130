using Ensembles.Data;

namespace Ensembles.Tests.Data;

public class FeatureSchemaTests
{
    [Fact]
    public void Features_have_names_kinds_and_codes()
    {
        Feature city = Feature.Categorical("city", ["Genf", "Bern"]);
        city.IsCategorical.Should().BeTrue();
        city.Categories.Should().Equal("Genf", "Bern");
        city.CodeOf("Bern").Should().Be(1);
        city.CodeOf("bern").Should().Be(-1);
        city.CodeOf(null).Should().Be(-1);
        city.CodeOf("xBernx".AsSpan(1, 4)).Should().Be(1);
        Feature.Numeric("age").Categories.Should().BeEmpty();
    }

    [Fact]
    public void Features_and_schemas_are_equal_by_value()
    {
        Feature.Categorical("a", ["x", "y"]).Should().Be(Feature.Categorical("a", ["x", "y"]));
        Feature.Categorical("a", ["x", "y"]).Should().NotBe(Feature.Categorical("a", ["y", "x"]));
        Feature.Categorical("a", []).Should().NotBe(Feature.Numeric("a"));
        Feature.Numeric("a").Should().NotBe(Feature.Numeric("A"));
        FeatureSchema schema = FeatureSchema.Numeric(2, ["a", "b"]);
        schema.Equals(FeatureSchema.Numeric(2, ["a", "b"])).Should().BeTrue();
        schema.GetHashCode().Should().Be(FeatureSchema.Numeric(2, ["a", "b"]).GetHashCode());
        schema.Equals(FeatureSchema.Numeric(2, ["b", "a"])).Should().BeFalse();
        schema.Equals(FeatureSchema.Numeric(1, ["a"])).Should().BeFalse();
    }

    [Fact]
    public void A_schema_finds_features_by_name()
    {
        FeatureSchema schema = new([Feature.Numeric("a"), Feature.Categorical("b", ["x"])]);
        schema.IndexOf("b").Should().Be(1);
        schema.IndexOf("B").Should().Be(-1);
        schema[1].Name.Should().Be("b");
        schema.ToString().Should().Be("2 features (1 numeric, 1 categorical)");
        FeatureSchema.Numeric(3).Select(f => f.Name).Should().Equal("x0", "x1", "x2");
    }

    [Fact]
    public void Bad_names_and_categories_are_refused()
    {
        Check(() => Feature.Numeric(" "), "*");
        Check(() => Feature.Categorical("a", ["x", "y", "x"]), "Feature 'a': category 'x' appears twice.*");
        Check(() => Feature.Categorical("a", ["x", null!]), "Feature 'a': category 1 is null.*");
        Check(() => new FeatureSchema([]), "A schema needs at least one feature.*");
        Check(() => new FeatureSchema([Feature.Numeric("a"), null!]), "Feature 1 is null.*");
        Check(() => FeatureSchema.Numeric(3, ["a", "b", "a"]), "Column name 'a' appears twice (columns 0 and 2).*");
        Check(() => FeatureSchema.Numeric(3, ["a", "b"]), "There are 3 columns but 2 names.*");

        static void Check(Func<object> make, string message) => make.Should().Throw<ArgumentException>().WithMessage(message);
    }
}
