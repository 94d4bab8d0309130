using System.Runtime.InteropServices;
using Ensembles.Data;

namespace Ensembles.Peers;

/// <summary>What a result says about where it was measured: kinds and versions, no names.</summary>
internal static class Machine
{
    public static string Describe() =>
        $"{Cpu()}, {Environment.ProcessorCount} cores, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}, "
        + $"Ensembles {typeof(FeatureTable).Assembly.GetName().Version?.ToString(3)}";

    private static string Cpu()
    {
        const string LinuxFile = "/proc/cpuinfo";
        string? name = File.Exists(LinuxFile)
            ? File.ReadLines(LinuxFile)
                .FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim()
            : Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER");
        return name ?? RuntimeInformation.ProcessArchitecture.ToString();
    }
}
