using Ensembles.Data.Reading;

namespace Ensembles.Data;

// Tables from CSV.
public sealed partial class FeatureTable
{
    /// <summary>Reads a file of comma-separated values; the cells decide which columns are numeric and which categorical.</summary>
    /// <param name="path">The file, plain or compressed with gzip.</param>
    /// <param name="options">How it is read; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the reading early with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="DataFormatException">The text is no such table; the message names path, line and column.</exception>
    /// <exception cref="ArgumentException">The options contradict each other.</exception>
    public static FeatureTable FromCsv(string path, CsvOptions? options = null, CancellationToken cancellationToken = default) =>
        CsvReader.Read(path, options, cancellationToken, reader => reader.ReadTable(schema: null));

    /// <summary>Reads comma-separated values from a stream, to its end; it stays open.</summary>
    /// <param name="stream">The text, plain or compressed with gzip.</param>
    /// <inheritdoc cref="FromCsv(string, CsvOptions, CancellationToken)"/>
    /// <param name="options"/>
    /// <param name="cancellationToken"/>
    public static FeatureTable FromCsv(Stream stream, CsvOptions? options = null, CancellationToken cancellationToken = default) =>
        CsvReader.Read(stream, options, cancellationToken, reader => reader.ReadTable(schema: null));

    /// <summary>Reads comma-separated values from a reader, to its end; it stays open.</summary>
    /// <param name="reader">The text.</param>
    /// <inheritdoc cref="FromCsv(string, CsvOptions, CancellationToken)"/>
    /// <param name="options"/>
    /// <param name="cancellationToken"/>
    public static FeatureTable FromCsv(TextReader reader, CsvOptions? options = null, CancellationToken cancellationToken = default) =>
        CsvReader.Read(reader, options, cancellationToken, csv => csv.ReadTable(schema: null));

    /// <summary>
    /// Reads a file of comma-separated values with the schema of other data or of a model: columns are found by name, others are left
    /// out; a category has the code it has there, and one that is unknown there is missing.
    /// </summary>
    /// <param name="path">The file, plain or compressed with gzip.</param>
    /// <param name="schema">The features to read.</param>
    /// <param name="options">How it is read; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the reading early with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="DataFormatException">
    /// The text is no such table, or a column of the schema is not there; the message names path, line and column.
    /// </exception>
    /// <exception cref="ArgumentException">The options contradict each other or the schema.</exception>
    public static FeatureTable FromCsv(
        string path, FeatureSchema schema, CsvOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(schema);
        return CsvReader.Read(path, options, cancellationToken, reader => reader.ReadTable(schema));
    }

    /// <param name="stream">The text, plain or compressed with gzip; it is read to its end and stays open.</param>
    /// <inheritdoc cref="FromCsv(string, FeatureSchema, CsvOptions, CancellationToken)"/>
    /// <param name="schema"/>
    /// <param name="options"/>
    /// <param name="cancellationToken"/>
    public static FeatureTable FromCsv(
        Stream stream, FeatureSchema schema, CsvOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(schema);
        return CsvReader.Read(stream, options, cancellationToken, reader => reader.ReadTable(schema));
    }

    /// <param name="reader">The text; it is read to its end and stays open.</param>
    /// <inheritdoc cref="FromCsv(string, FeatureSchema, CsvOptions, CancellationToken)"/>
    /// <param name="schema"/>
    /// <param name="options"/>
    /// <param name="cancellationToken"/>
    public static FeatureTable FromCsv(
        TextReader reader, FeatureSchema schema, CsvOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(schema);
        return CsvReader.Read(reader, options, cancellationToken, csv => csv.ReadTable(schema));
    }
}
