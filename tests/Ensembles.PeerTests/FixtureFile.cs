using System.IO.Compression;
using System.Text.Json;

namespace Ensembles.PeerTests;

/// <summary>Reads what the scripts in Fixtures wrote.</summary>
internal static class FixtureFile
{
    private static readonly JsonSerializerOptions Options = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    /// <summary>The content of a file that is embedded in the tests.</summary>
    public static T Read<T>(string name)
    {
        using Stream file = typeof(FixtureFile).Assembly.GetManifestResourceStream(name)
            ?? throw new FileNotFoundException("The fixture is not embedded.", name);
        using var text = new GZipStream(file, CompressionMode.Decompress);
        return JsonSerializer.Deserialize<T>(text, Options)!;
    }
}
