using System.Text.Json;
using Ensembles.Catalog;
using Ensembles.Data;
using Ensembles.Json;
using Ensembles.Learners;
using Ensembles.Numerics;
using Ensembles.Persistence.Parts;

namespace Ensembles.Persistence.Snapshots;

/// <summary>The first line of a snapshot: of which fit it is. Fits of the same model have the same bytes there.</summary>
internal static class SnapshotHeader
{
    public const string FormatName = "ensembles-snapshot";
    public const int FormatVersion = 1;

    private const int RowsPerChunk = 4096;

    /// <summary>The line of a fit.</summary>
    /// <param name="fit">What decides the model.</param>
    /// <param name="threads">The most threads to use.</param>
    public static byte[] Of(FitIdentity fit, int threads)
    {
        using var bytes = new MemoryStream();
        using (var json = new JsonOutput(bytes, isIndented: false))
        {
            Utf8JsonWriter writer = json.Writer;
            writer.WriteStartObject();
            writer.WriteString("format", FormatName);
            writer.WriteNumber("version", FormatVersion);
            writer.WriteString("library", ModelFile.LibraryVersion);
            writer.WritePropertyName("recipe");
            RecipeJson.Write(writer, fit.Recipe);
            writer.WriteNumber("first", fit.First);
            writer.WriteNumber("units", fit.Units);
            WriteRows(json, "training", fit.Table, fit.Data, threads);
            if (fit.Validation is Dataset validation)
            {
                WriteRows(json, "validation", validation.Features, validation, threads);
            }

            if (fit.Start is Model start)
            {
                writer.WriteString("start", HashOf(start));
            }

            writer.WriteEndObject();
            writer.Flush();
        }

        return bytes.ToArray();
    }

    private static void WriteRows(JsonOutput json, string name, FeatureTable table, Dataset? data, int threads)
    {
        Utf8JsonWriter writer = json.Writer;
        writer.WriteStartObject(name);
        writer.WriteNumber("rows", table.RowCount);
        SchemaJson.Write(json, table.Schema);
        writer.WriteStartArray("cells");
        foreach (string hash in HashColumns(table, threads))
        {
            writer.WriteStringValue(hash);
        }

        writer.WriteEndArray();
        var targets = new ContentHash();
        switch (data)
        {
            case ClassificationDataset classified:
                writer.WriteStartArray("classes");
                foreach (string label in classified.Classes)
                {
                    writer.WriteStringValue(label);
                }

                writer.WriteEndArray();
                targets.Add(classified.Labels);
                break;
            case RegressionDataset regressed:
                targets.Add(regressed.Targets);
                break;
        }

        writer.WriteString("targets", targets.ToString());
        var weights = new ContentHash();
        weights.Add(data is null ? [] : data.Weights);
        writer.WriteString("weights", weights.ToString());
        writer.WriteEndObject();
    }

    private static string[] HashColumns(FeatureTable table, int threads)
    {
        var hashes = new string[table.ColumnCount];
        ParallelWork.For(hashes.Length, threads, CancellationToken.None, () => new double[RowsPerChunk], (column, cells) =>
        {
            var hash = new ContentHash();
            for (int first = 0; first < table.RowCount; first += RowsPerChunk)
            {
                int count = Math.Min(RowsPerChunk, table.RowCount - first);
                table.GatherColumn(column, first, count, cells, stride: 1);
                hash.Add(cells.AsSpan(0, count));
            }

            hashes[column] = hash.ToString();
        });
        return hashes;
    }

    private static string HashOf(Model model)
    {
        var hash = new ContentHash();
        using var hashed = new HashedStream(Stream.Null, hash);
        ModelFile.Save(model, hashed);
        return hash.ToString();
    }
}
