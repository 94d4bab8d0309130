using System.Globalization;
using Ensembles.Data;

namespace Ensembles.Trees.Export;

/// <summary>
/// What a split, or a whole way through a tree, asks of one feature: an interval of numbers or a set of categories, and whether
/// it may be missing. A category that the schema does not have counts as missing.
/// </summary>
public sealed class FeatureCondition
{
    // From here on fifteen digits do not reach the last whole number.
    private const double MaxShortened = 1e15;

    private FeatureCondition(int column, Feature feature)
    {
        Column = column;
        Feature = feature;
    }

    /// <summary>The column of the feature.</summary>
    public int Column { get; }

    /// <summary>The feature.</summary>
    public Feature Feature { get; }

    /// <summary>A number must be above this; null for no such bound.</summary>
    public double? Lower { get; private init; }

    /// <summary>A number must be at most this; null for no such bound.</summary>
    public double? Upper { get; private init; }

    /// <summary>A category must be one of these; null where the feature is a number.</summary>
    public CategorySet? Categories { get; private init; }

    /// <summary>Whether a missing value will do.</summary>
    public bool AllowsMissing { get; private init; }

    private bool AllowsNoValue => Categories is null ? Lower >= (Upper ?? double.PositiveInfinity) : Categories.Count == 0;

    private bool AllowsAllValues => Categories is null
        ? Lower is null && (Upper is null or double.PositiveInfinity)
        : Categories.Count == Categories.CategoryCount;

    /// <summary>Whether a value satisfies the condition.</summary>
    /// <param name="value">A number, or the code of a category; NaN where it is missing.</param>
    public bool IsSatisfiedBy(double value)
    {
        if (Categories is not null)
        {
            return Categories.TryGetCode(value, out int code) ? Categories.Contains(code) : AllowsMissing;
        }

        return double.IsNaN(value) ? AllowsMissing : (Lower is null || value > Lower) && (Upper is null || value <= Upper);
    }

    /// <summary>The condition in words, such as "2.5 &lt; age &lt;= 37.5" or "city in {Berlin, Rome} or missing".</summary>
    public override string ToString() => ToText(int.MaxValue, showMissing: true);

    /// <summary>What an inner node asks of the rows that go to one of its sides.</summary>
    internal static FeatureCondition Of(ITreeModel model, int node, bool left)
    {
        Tree tree = model.Tree;
        int column = tree.Feature(node);
        CategorySet? categories = tree.Categories(node);
        return new FeatureCondition(column, model.Schema[column])
        {
            Categories = left ? categories : categories?.Complement(),
            Upper = left && categories is null ? tree.Threshold(node) : null,
            Lower = left || categories is not null ? null : tree.Threshold(node),
            AllowsMissing = tree.DefaultLeft(node) == left,
        };
    }

    /// <summary>Both conditions on the same feature.</summary>
    internal FeatureCondition And(FeatureCondition other) => new(Column, Feature)
    {
        Lower = Lower is double a && other.Lower is double b ? Math.Max(a, b) : Lower ?? other.Lower,
        Upper = Upper is double c && other.Upper is double d ? Math.Min(c, d) : Upper ?? other.Upper,
        Categories = Categories?.Intersect(other.Categories!),
        AllowsMissing = AllowsMissing && other.AllowsMissing,
    };

    /// <summary>The condition in words.</summary>
    /// <param name="maxCategories">How many categories to name.</param>
    /// <param name="showMissing">Whether to say that a missing value will do as well.</param>
    internal string ToText(int maxCategories, bool showMissing)
    {
        string name = TreeText.Name(Feature.Name);
        if (AllowsNoValue)
        {
            return AllowsMissing ? $"{name} is missing" : $"{name} is impossible";
        }

        if (AllowsAllValues)
        {
            return AllowsMissing && showMissing ? $"{name} is anything" : $"{name} is present";
        }

        return (Categories is null ? Interval(name) : Set(name, Categories, maxCategories))
            + (AllowsMissing && showMissing ? " or missing" : string.Empty);
    }

    private string Interval(string name)
    {
        bool bounded = Upper is double and < double.PositiveInfinity;
        return Lower is null ? $"{name} <= {Number(Upper)}"
            : bounded ? $"{Number(Lower)} < {name} <= {Number(Upper)}"
            : $"{name} > {Number(Lower)}";
    }

    private string Set(string name, CategorySet categories, int maxCategories)
    {
        bool negated = categories.Count > categories.CategoryCount - categories.Count;
        CategorySet named = negated ? categories.Complement() : categories;
        IEnumerable<string> names = named.Take(maxCategories).Select(code => TreeText.Name(Feature.Categories[code]));
        if (named.Count > maxCategories)
        {
            names = names.Append(string.Create(CultureInfo.InvariantCulture, $"… {named.Count - maxCategories} more"));
        }

        return $"{name} {(negated ? "not in" : "in")} {{{string.Join(", ", names)}}}";
    }

    // The middle between 93.65 and 93.7 is 93.67500000000001 to the last bit: no reader wants to see that bit. Whole numbers of more than
    // fifteen digits are numbers of things, of which none may be lost.
    private static string Number(double? value) =>
        value!.Value.ToString(Math.Abs(value.Value) < MaxShortened ? "G15" : "R", CultureInfo.InvariantCulture);
}
