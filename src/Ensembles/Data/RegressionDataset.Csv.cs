using Ensembles.Data.Reading;

namespace Ensembles.Data;

// Targets and features from CSV.
public sealed partial class RegressionDataset
{
    /// <summary>Reads a file of comma-separated values; the cells decide which features are numeric and which categorical.</summary>
    /// <param name="path">The file, plain or compressed with gzip.</param>
    /// <param name="target">The column of the target, a finite number in every row.</param>
    /// <param name="options">How it is read, and which column holds weights; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the reading early with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="DataFormatException">The text is no such table; the message names path, line and column.</exception>
    /// <exception cref="ArgumentException">The options contradict each other.</exception>
    public static RegressionDataset FromCsv(
        string path, string target, CsvOptions? options = null, CancellationToken cancellationToken = default) =>
        CsvReader.Read(path, options, cancellationToken, reader => reader.ReadRegression(target, schema: null));

    /// <param name="stream">The text, plain or compressed with gzip; it is read to its end and stays open.</param>
    /// <inheritdoc cref="FromCsv(string, string, CsvOptions, CancellationToken)"/>
    /// <param name="target"/>
    /// <param name="options"/>
    /// <param name="cancellationToken"/>
    public static RegressionDataset FromCsv(
        Stream stream, string target, CsvOptions? options = null, CancellationToken cancellationToken = default) =>
        CsvReader.Read(stream, options, cancellationToken, reader => reader.ReadRegression(target, schema: null));

    /// <param name="reader">The text; it is read to its end and stays open.</param>
    /// <inheritdoc cref="FromCsv(string, string, CsvOptions, CancellationToken)"/>
    /// <param name="target"/>
    /// <param name="options"/>
    /// <param name="cancellationToken"/>
    public static RegressionDataset FromCsv(
        TextReader reader, string target, CsvOptions? options = null, CancellationToken cancellationToken = default) =>
        CsvReader.Read(reader, options, cancellationToken, csv => csv.ReadRegression(target, schema: null));

    /// <summary>
    /// Reads a file of comma-separated values with the schema of other data or of a model: features are found by name, other columns are
    /// left out; a category has the code it has there, and one that is unknown there is missing.
    /// </summary>
    /// <param name="path">The file, plain or compressed with gzip.</param>
    /// <param name="target">The column of the target, a finite number in every row.</param>
    /// <param name="schema">The features to read.</param>
    /// <param name="options">How it is read, and which column holds weights; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the reading early with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="DataFormatException">
    /// The text is no such table, or a column of the schema is not there; the message names path, line and column.
    /// </exception>
    /// <exception cref="ArgumentException">The options contradict each other or the schema.</exception>
    public static RegressionDataset FromCsv(
        string path, string target, FeatureSchema schema, CsvOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(schema);
        return CsvReader.Read(path, options, cancellationToken, reader => reader.ReadRegression(target, schema));
    }

    /// <param name="stream">The text, plain or compressed with gzip; it is read to its end and stays open.</param>
    /// <inheritdoc cref="FromCsv(string, string, FeatureSchema, CsvOptions, CancellationToken)"/>
    /// <param name="target"/>
    /// <param name="schema"/>
    /// <param name="options"/>
    /// <param name="cancellationToken"/>
    public static RegressionDataset FromCsv(
        Stream stream, string target, FeatureSchema schema, CsvOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(schema);
        return CsvReader.Read(stream, options, cancellationToken, reader => reader.ReadRegression(target, schema));
    }

    /// <param name="reader">The text; it is read to its end and stays open.</param>
    /// <inheritdoc cref="FromCsv(string, string, FeatureSchema, CsvOptions, CancellationToken)"/>
    /// <param name="target"/>
    /// <param name="schema"/>
    /// <param name="options"/>
    /// <param name="cancellationToken"/>
    public static RegressionDataset FromCsv(
        TextReader reader, string target, FeatureSchema schema, CsvOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(schema);
        return CsvReader.Read(reader, options, cancellationToken, csv => csv.ReadRegression(target, schema));
    }
}
