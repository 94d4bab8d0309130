using Ensembles.Data.Reading;

namespace Ensembles.Data;

// Targets and features from the sparse text format of LibSVM and SVMlight.
public sealed partial class RegressionDataset
{
    /// <summary>Reads targets and features from a file in the sparse format of LibSVM and SVMlight.</summary>
    /// <param name="path">The file, plain or compressed with gzip.</param>
    /// <param name="options">How it is read; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the reading early with an <see cref="OperationCanceledException"/>.</param>
    /// <remarks>
    /// A line is <c>label index:value index:value …</c>, the indices rising; <c>#</c> begins a comment, a <c>qid</c> is read over.
    /// The label is the target.
    /// </remarks>
    /// <exception cref="DataFormatException">The text is not in the format; the message names path, line and place.</exception>
    public static RegressionDataset FromLibSvm(string path, LibSvmOptions? options = null, CancellationToken cancellationToken = default) =>
        LibSvmReader.ReadRegression(LibSvmReader.Open(path, cancellationToken), options);

    /// <param name="stream">The text, plain or compressed with gzip; it is read to its end and stays open.</param>
    /// <inheritdoc cref="FromLibSvm(string, LibSvmOptions, CancellationToken)"/>
    /// <param name="options"/>
    /// <param name="cancellationToken"/>
    public static RegressionDataset FromLibSvm(
        Stream stream, LibSvmOptions? options = null, CancellationToken cancellationToken = default) =>
        LibSvmReader.ReadRegression(LibSvmReader.From(stream, cancellationToken), options);

    /// <param name="reader">The text; it is read to its end and stays open.</param>
    /// <inheritdoc cref="FromLibSvm(string, LibSvmOptions, CancellationToken)"/>
    /// <param name="options"/>
    /// <param name="cancellationToken"/>
    public static RegressionDataset FromLibSvm(
        TextReader reader, LibSvmOptions? options = null, CancellationToken cancellationToken = default) =>
        LibSvmReader.ReadRegression(TextSource.From(reader, cancellationToken), options);
}
