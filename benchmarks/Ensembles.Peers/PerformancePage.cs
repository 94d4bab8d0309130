namespace Ensembles.Peers;

/// <summary>Stub.</summary>
internal static class PerformancePage
{
    public static void Write(Repository repository, string? resultFolder) => _ = (repository, resultFolder);
}
