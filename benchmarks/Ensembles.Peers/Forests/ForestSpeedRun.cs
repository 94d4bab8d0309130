using Ensembles.Peers.Measuring;

namespace Ensembles.Peers.Forests;

/// <summary>Measures forests and trees; writes benchmarks/results/forest-speed.csv.</summary>
internal static class ForestSpeedRun
{
    public const string ResultName = "forest-speed.csv";
    public const string Ours = "Ensembles";
    public const string Ranger = "ranger";

    private static readonly Dictionary<string, PeerKind> Kinds = new(StringComparer.Ordinal)
    {
        ["scikit-learn"] = new(PeerKind.Python, "forests.py"),
        [Ranger] = new("Rscript", "forests.R"),
    };

    public static void Run(Repository repository, MeasureOptions options) =>
        SpeedRun.Run(repository, ResultName, ForestTask.All, Kinds, options);
}
