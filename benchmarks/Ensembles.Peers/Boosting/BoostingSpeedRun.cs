using Ensembles.Peers.Measuring;

namespace Ensembles.Peers.Boosting;

/// <summary>Measures AdaBoost and gradient boosting; writes benchmarks/results/boosting-speed.csv.</summary>
internal static class BoostingSpeedRun
{
    public const string ResultName = "boosting-speed.csv";
    public const string Peer = "scikit-learn";

    private static readonly Dictionary<string, PeerKind> Kinds = new(StringComparer.Ordinal)
    {
        [Peer] = new(PeerKind.Python, "classical_boosting.py"),
    };

    public static void Run(Repository repository, MeasureOptions options) =>
        SpeedRun.Run(repository, ResultName, BoostingTask.All, Kinds, options);
}
