using System.IO.Compression;
using System.Text.Json;

namespace Ensembles.PeerTests.Trees;

/// <summary>
/// scikit-learn's trees, read from the fixtures that Fixtures/make_tree_fixtures.py wrote; the script says what they hold.
/// </summary>
internal sealed record PeerFixtures(Dictionary<string, PeerData> Data, PeerCase[] Cases)
{
    private static readonly JsonSerializerOptions Options = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private static readonly Lazy<PeerFixtures> GeneratedFile = new(() => Read("generated-trees.json.gz"));

    private static readonly Lazy<PeerFixtures> BundledFile = new(() => Read("bundled-trees.json.gz"));

    /// <summary>Trees without ties, on data that the fixture holds.</summary>
    public static PeerFixtures Generated => GeneratedFile.Value;

    /// <summary>Trees with ties, on data that ship with the library.</summary>
    public static PeerFixtures Bundled => BundledFile.Value;

    public PeerCase this[string name] => Array.Find(Cases, c => string.Equals(c.Name, name, StringComparison.Ordinal))!;

    /// <summary>The names of the cases that have what a test needs.</summary>
    public IEnumerable<object[]> Names(Func<PeerCase, bool> wanted) => Cases.Where(wanted).Select(c => new object[] { c.Name });

    /// <summary>The rows of a case, from the fixture itself.</summary>
    public PeerRows RowsOf(PeerCase peer)
    {
        PeerData data = Data[peer.Data];
        return new PeerRows(data.Columns!, data.Target!, peer.Weights is null ? null : data.Weights![peer.Weights], data.Classes);
    }

    private static PeerFixtures Read(string name)
    {
        using Stream file = typeof(PeerFixtures).Assembly.GetManifestResourceStream(name)
            ?? throw new FileNotFoundException("The fixture is not embedded.", name);
        using var text = new GZipStream(file, CompressionMode.Decompress);
        return JsonSerializer.Deserialize<PeerFixtures>(text, Options)!;
    }
}

/// <summary>The rows of a case, or of a bundled set what tells that both sides have the same cells.</summary>
/// <param name="Classes">The number of classes; 0 for a regression.</param>
/// <param name="Columns">Float32 values, column by column; null for a bundled set.</param>
/// <param name="Target">A class index or a number a row; null for a bundled set.</param>
/// <param name="Weights">Row weights by name.</param>
/// <param name="Rows">The number of rows of a bundled set.</param>
/// <param name="Sha256">The hash of the float32 cells of a bundled set, row by row, little-endian.</param>
internal sealed record PeerData(
    int Classes, float[][]? Columns, double[]? Target, Dictionary<string, double[]>? Weights, int Rows, string? Sha256);

/// <summary>Training rows.</summary>
/// <param name="Columns">Float32 values, column by column.</param>
/// <param name="Targets">A class index or a number a row.</param>
/// <param name="Weights">The weight of each row, or null.</param>
/// <param name="Classes">The number of classes; 0 for a regression.</param>
internal sealed record PeerRows(float[][] Columns, double[] Targets, double[]? Weights, int Classes)
{
    public int Count => Targets.Length;

    public double WeightOf(int row) => Weights is null ? 1 : Weights[row];

    /// <summary>Some of the rows.</summary>
    public PeerRows Select(int[] rows) => new(
        [.. Columns.Select(column => rows.Select(r => column[r]).ToArray())],
        [.. rows.Select(r => Targets[r])],
        Weights is null ? null : [.. rows.Select(WeightOf)],
        Classes);
}
