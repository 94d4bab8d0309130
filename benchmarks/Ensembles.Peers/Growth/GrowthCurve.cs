using Ensembles.Peers.Measuring;

namespace Ensembles.Peers.Growth;

/// <summary>One property of a fit that varies while the others stay.</summary>
/// <param name="Name">The property, as the results and the command line call it.</param>
/// <param name="Usual">What does not vary.</param>
/// <param name="Values">What it varies through.</param>
/// <param name="Of">Reads it.</param>
/// <param name="With">Sets it.</param>
internal sealed record GrowthCurve(
    string Name, GrowthSize Usual, int[] Values, Func<GrowthSize, int> Of, Func<GrowthSize, int, GrowthSize> With)
{
    public const string Rows = "rows";
    public const string Features = "features";

    private const int Million = 1_000_000;

    /// <summary>All curves, in the order of the tables.</summary>
    public static IReadOnlyList<GrowthCurve> All { get; } =
    [
        new(
            Rows,
            GrowthSize.Usual,
            [10_000, 20_000, 50_000, 100_000, 200_000, 500_000, Million, 2 * Million, 5 * Million],
            size => size.Rows,
            (size, value) => size with { Rows = value }) { MostExponent = 1.05 },
        new(Features, GrowthSize.Usual, [14, 28, 56, 112, 224], size => size.Features, (size, value) => size with { Features = value })
        {
            MostExponent = 1.05,
        },
        new("trees", GrowthSize.Usual, [10, 30, 100, 300, 1000], size => size.Trees, (size, value) => size with { Trees = value })
        {
            MostExponent = 1.05,
        },
        new("bins", GrowthSize.Usual, [15, 31, 63, 127, 255], size => size.Bins, (size, value) => size with { Bins = value }),
        new("leaves", GrowthSize.Usual, [7, 15, 31, 63, 127, 255, 511], size => size.Leaves, (size, value) => size with { Leaves = value }),
        new(
            "threads",
            GrowthSize.Usual with { Rows = Million },
            [.. Enumerable.Range(0, 7).Select(power => 1 << power)],
            size => size.Threads,
            (size, value) => size with { Threads = value }),
    ];

    /// <summary>
    /// A size beside the curves, of many rows and few features: it tells the memory of a cell from that of a row and of a feature.
    /// </summary>
    public static GrowthSize ManyRows { get; } = GrowthSize.Usual with { Rows = Million, Features = 14 };

    /// <summary>The exponent that time is to stay below; null where none is set.</summary>
    public double? MostExponent { get; private init; }

    /// <summary>The sizes to measure on this machine.</summary>
    /// <param name="options">The command line: with row counts those and no larger ones, in the short form at most a million.</param>
    public IEnumerable<GrowthSize> Sizes(MeasureOptions options)
    {
        GrowthSize usual = options.Rows is { } asked ? Usual with { Rows = Math.Min(Usual.Rows, asked.Max()) } : Usual;
        IEnumerable<int> values = Name == Rows && options.Rows is { } rows ? rows : Values;
        return values.Select(value => With(usual, value))
            .Where(size => size.Threads <= Environment.ProcessorCount && (!options.Short || size.Rows <= Million));
    }

    /// <summary>Those of some sizes that lie on the curve, in its order.</summary>
    public IEnumerable<T> Pick<T>(IEnumerable<T> sizes, Func<T, GrowthSize> sizeOf) =>
        sizes.Where(item => sizeOf(item) == With(Usual, Of(sizeOf(item)))).OrderBy(item => Of(sizeOf(item)));
}
