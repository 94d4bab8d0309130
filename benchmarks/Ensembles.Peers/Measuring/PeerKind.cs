namespace Ensembles.Peers.Measuring;

/// <summary>How another library is started.</summary>
internal sealed record PeerKind(string Program, string Script, params string[] Arguments)
{
    public const string Python = "python3";

    /// <summary>The folder of the script in benchmarks/peers.</summary>
    public string Folder { get; init; } = "speed";

    /// <summary>The programs to try: the first on the path may be another one than that of the system, which has the libraries.</summary>
    public string[] Programs => [Program, "/usr/bin/" + Program];
}
