using System.IO.Compression;
using Ensembles.Data.Reading;
using Ensembles.Json;
using Ensembles.Learners;

namespace Ensembles.Persistence;

/// <summary>The library's own model file: JSON, described in docs/model-format.md, plain or packed by gzip.</summary>
internal static class ModelFile
{
    /// <summary>What the file begins with.</summary>
    public const string FormatName = "ensembles-model";

    /// <summary>The version that is written, and the greatest that is read.</summary>
    public const int FormatVersion = 1;

    private const string PackedExtension = ".gz";

    /// <summary>Saves a model to a path, packed where that ends in <c>.gz</c>.</summary>
    public static void Save(Model model, string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        AtomicFile.Write(path, stream =>
        {
            if (!path.EndsWith(PackedExtension, StringComparison.OrdinalIgnoreCase))
            {
                Save(model, stream);
                return;
            }

            using var packed = new GZipStream(stream, CompressionLevel.Optimal, leaveOpen: true);
            Save(model, packed);
        });
    }

    /// <summary>Saves a model to a stream, not packed.</summary>
    public static void Save(Model model, Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        using var json = new JsonOutput(stream);
        json.Writer.WriteStartObject();
        json.Writer.WriteString("format", FormatName);
        json.Writer.WriteNumber("version", FormatVersion);
        json.Writer.WriteString("library", LibraryVersion);
        json.Writer.WritePropertyName("model");
        new ModelOutput(json).Write(model);
        json.Writer.WriteEndObject();
        json.End(stream);
    }

    /// <summary>Loads a model from a path.</summary>
    /// <exception cref="InvalidDataException">The file is damaged, or holds another kind of model.</exception>
    public static TModel Load<TModel>(string path, ModelLoadOptions? options)
        where TModel : Model
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        using FileStream stream = File.OpenRead(path);
        try
        {
            return Load<TModel>(stream, options);
        }
        catch (InvalidDataException e)
        {
            throw new InvalidDataException($"{path}: {e.Message}", e);
        }
    }

    /// <summary>Loads a model from a stream, plain or packed; it is read to its end and not closed.</summary>
    /// <exception cref="InvalidDataException">The text is damaged, or holds another kind of model.</exception>
    public static TModel Load<TModel>(Stream stream, ModelLoadOptions? options)
        where TModel : Model
    {
        ArgumentNullException.ThrowIfNull(stream);
        options ??= ModelLoadOptions.Default;
        var whole = new PrefixedStream(stream, WholeGzipStream.Magic.Length);
        if (!whole.Prefix.SequenceEqual(WholeGzipStream.Magic))
        {
            return Read<TModel>(new JsonCursor(whole, options.MaxLength));
        }

        using var unpacked = new WholeGzipStream(whole);
        return Read<TModel>(new JsonCursor(unpacked, options.MaxLength));
    }

    /// <summary>The version of this library.</summary>
    public static string LibraryVersion => typeof(ModelFile).Assembly.GetName().Version?.ToString(fieldCount: 3) ?? string.Empty;

    private static TModel Read<TModel>(JsonCursor json)
        where TModel : Model
    {
        json.EnterObject();
        json.Property("format");
        string format = json.String();
        if (!string.Equals(format, FormatName, StringComparison.Ordinal))
        {
            throw json.Fail($"this is '{format}' and not {FormatName}.");
        }

        json.Property("version");
        int version = json.Int32(1);
        if (version > FormatVersion)
        {
            throw json.Fail(FormattableString.Invariant(
                $"the file has version {version} of the format, and this library reads versions up to {FormatVersion}: use a newer one."));
        }

        json.Property("library");
        json.String();
        json.Property("model");
        TModel model = new ModelInput(json).Read<TModel>();
        json.LeaveObject();
        json.End();
        return model;
    }
}
