namespace Ensembles.Peers.Explanation;

/// <summary>What is explained beside XGBoost.</summary>
/// <param name="Name">What the table calls it.</param>
/// <param name="Trees">The number of trees.</param>
/// <param name="Depth">Their greatest depth.</param>
/// <param name="Rows">The number of rows.</param>
/// <param name="Interactions">Whether pairs of features are asked for.</param>
internal sealed record ShapSetting(string Name, int Trees, int Depth, int Rows, bool Interactions)
{
    /// <summary>Whether our trees are ready before the time begins, as they are from a model's second explanation on.</summary>
    public bool IsReady => Rows == 1;

    /// <summary>How often each side runs before the times that count: code of a small piece of work is compiled well only after some runs.</summary>
    public int WarmUps => IsReady ? 500 : 1;

    /// <summary>How many times are taken, as short ones scatter more.</summary>
    /// <param name="repeats">Those of the greater ones.</param>
    public int Repeats(int repeats) => IsReady ? 100 * repeats : repeats;

    public static IReadOnlyList<ShapSetting> All { get; } =
    [
        new("depth-4", 100, 4, 10_000, Interactions: false),
        new("depth-6", 100, 6, 10_000, Interactions: false),
        new("depth-8", 100, 8, 10_000, Interactions: false),
        new("depth-12", 100, 12, 200, Interactions: false),
        new("one-row", 100, 6, 1, Interactions: false),
        new("pairs", 100, 6, 100, Interactions: true),
    ];
}
