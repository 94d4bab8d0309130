using System.Globalization;
using Ensembles.NewtonBoosting;
using Ensembles.Peers.Measuring;
using Ensembles.Peers.Training;
using Ensembles.Trees;

namespace Ensembles.Peers.Growth;

/// <summary>What a fit's time and memory depend on.</summary>
/// <param name="Rows">The training rows.</param>
/// <param name="Features">The columns, at least <see cref="GeneratedRows.LeastColumns"/>.</param>
/// <param name="Trees">The rounds of boosting.</param>
/// <param name="Bins">The most bins of a feature.</param>
/// <param name="Leaves">The most leaves of a tree, the best first.</param>
/// <param name="Threads">The threads of the fit.</param>
internal sealed record GrowthSize(int Rows, int Features, int Trees, int Bins, int Leaves, int Threads)
{
    // What a cell of a histogram takes where a node has too many rows for packed sums.
    private const int BytesPerCell = 16;

    /// <summary>The names of the properties in a table of results.</summary>
    public static readonly string[] Columns = ["rows", "features", "trees", "bins", "leaves", "threads"];

    /// <summary>What every curve goes through.</summary>
    public static GrowthSize Usual { get; } = new(100_000, 28, 100, 255, 31, 1);

    /// <summary>The values of the properties as a table of results has them.</summary>
    public string[] Fields => [.. new[] { Rows, Features, Trees, Bins, Leaves, Threads }.Select(value => ResultStore.Text(value))];

    /// <summary>The most that the histograms of the open nodes take, one a leaf and one more.</summary>
    public long PoolBytes =>
        (Leaves + 1L) * BytesPerCell * RoundUp(Features, 4) * RoundUp(Bins + 1, 8);

    public static GrowthSize Of(ReadOnlySpan<string> fields) => new(
        Integer(fields[0]), Integer(fields[1]), Integer(fields[2]), Integer(fields[3]), Integer(fields[4]), Integer(fields[5]));

    public NewtonBoostingClassifier Recipe() => new()
    {
        Rounds = Trees,
        LearningRate = TrainingSetting.LearningRate,
        L2 = TrainingSetting.L2,
        MinChildWeight = TrainingSetting.MinChildWeight,
        MaxBins = Bins,
        GrowthPolicy = GrowthPolicy.LeafWise,
        MaxDepth = null,
        MaxLeaves = Leaves,
    };

    private static int Integer(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);

    private static long RoundUp(int value, int step) => (value + step - 1) / step * step;
}
