using BenchmarkDotNet.Attributes;
using Ensembles.Data;

namespace Ensembles.Benchmarks;

/// <summary>
/// A file of 28 columns read into memory. The table infers the kind of every column; CsvHelper is told it. The time is that of
/// the whole file.
/// </summary>
public class CsvBenchmarks
{
    private string _path = string.Empty;
    private FeatureSchema? _schema;

    /// <summary>The rows of the file.</summary>
    [Params(10_000, 100_000)]
    [Quick(10_000)]
    public int Rows { get; set; }

    /// <summary>Numbers only, or a third each of numbers, numbers with missing cells, and categories.</summary>
    [Params("numbers", "mixed")]
    [Quick("mixed")]
    public string Content { get; set; } = string.Empty;

    /// <summary>Writes the file.</summary>
    [GlobalSetup]
    public void Write()
    {
        _path = Path.GetTempFileName();
        FeatureTable table = BenchmarkData.Classification(Rows).Features;
        using (var writer = new StreamWriter(_path))
        {
            if (string.Equals(Content, "numbers", StringComparison.Ordinal))
            {
                BenchmarkData.WriteNumbers(table, writer);
            }
            else
            {
                BenchmarkData.WriteMixed(table, writer);
            }
        }

        _schema = FeatureTable.FromCsv(_path).Schema;
    }

    /// <summary>Deletes the file.</summary>
    [GlobalCleanup]
    public void Delete() => File.Delete(_path);

    /// <summary>This library.</summary>
    [Benchmark]
    public object FromCsv() => FeatureTable.FromCsv(_path);

    /// <summary>CsvHelper, the columns collected by hand.</summary>
    [Benchmark(Baseline = true)]
    public object CsvHelper() => CsvHelperTable.Read(_path, _schema!);
}
