using Ensembles.Data.Reading;

namespace Ensembles.Data;

// Classes and features from the sparse text format of LibSVM and SVMlight.
public sealed partial class ClassificationDataset
{
    /// <summary>Reads classes and features from a file in the sparse format of LibSVM and SVMlight.</summary>
    /// <param name="path">The file, plain or compressed with gzip.</param>
    /// <param name="options">How it is read; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the reading early with an <see cref="OperationCanceledException"/>.</param>
    /// <remarks>
    /// A line is <c>label index:value index:value …</c>, the indices rising; <c>#</c> begins a comment, a <c>qid</c> is read over.
    /// The labels are numbers; the classes are in the order of their values where all are integers.
    /// </remarks>
    /// <exception cref="DataFormatException">The text is not in the format; the message names path, line and place.</exception>
    public static ClassificationDataset FromLibSvm(
        string path, LibSvmOptions? options = null, CancellationToken cancellationToken = default) =>
        LibSvmReader.ReadClassification(LibSvmReader.Open(path, cancellationToken), classes: null, options);

    /// <param name="stream">The text, plain or compressed with gzip; it is read to its end and stays open.</param>
    /// <inheritdoc cref="FromLibSvm(string, LibSvmOptions, CancellationToken)"/>
    /// <param name="options"/>
    /// <param name="cancellationToken"/>
    public static ClassificationDataset FromLibSvm(
        Stream stream, LibSvmOptions? options = null, CancellationToken cancellationToken = default) =>
        LibSvmReader.ReadClassification(LibSvmReader.From(stream, cancellationToken), classes: null, options);

    /// <param name="reader">The text; it is read to its end and stays open.</param>
    /// <inheritdoc cref="FromLibSvm(string, LibSvmOptions, CancellationToken)"/>
    /// <param name="options"/>
    /// <param name="cancellationToken"/>
    public static ClassificationDataset FromLibSvm(
        TextReader reader, LibSvmOptions? options = null, CancellationToken cancellationToken = default) =>
        LibSvmReader.ReadClassification(TextSource.From(reader, cancellationToken), classes: null, options);

    /// <summary>
    /// Reads classes and features from a file in the sparse format of LibSVM and SVMlight with the classes of other data or of a model.
    /// </summary>
    /// <param name="path">The file, plain or compressed with gzip.</param>
    /// <param name="classes">The classes; a label that is none of them is an error.</param>
    /// <param name="options">How it is read; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the reading early with an <see cref="OperationCanceledException"/>.</param>
    /// <remarks>
    /// A line is <c>label index:value index:value …</c>, the indices rising; <c>#</c> begins a comment, a <c>qid</c> is read over.
    /// The labels are numbers; the classes are in the order of their values where all are integers.
    /// </remarks>
    /// <exception cref="DataFormatException">The text is not in the format; the message names path, line and place.</exception>
    public static ClassificationDataset FromLibSvm(
        string path, ClassLabels classes, LibSvmOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(classes);
        return LibSvmReader.ReadClassification(LibSvmReader.Open(path, cancellationToken), classes, options);
    }

    /// <param name="stream">The text, plain or compressed with gzip; it is read to its end and stays open.</param>
    /// <inheritdoc cref="FromLibSvm(string, ClassLabels, LibSvmOptions, CancellationToken)"/>
    /// <param name="classes"/>
    /// <param name="options"/>
    /// <param name="cancellationToken"/>
    public static ClassificationDataset FromLibSvm(
        Stream stream, ClassLabels classes, LibSvmOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(classes);
        return LibSvmReader.ReadClassification(LibSvmReader.From(stream, cancellationToken), classes, options);
    }

    /// <param name="reader">The text; it is read to its end and stays open.</param>
    /// <inheritdoc cref="FromLibSvm(string, ClassLabels, LibSvmOptions, CancellationToken)"/>
    /// <param name="classes"/>
    /// <param name="options"/>
    /// <param name="cancellationToken"/>
    public static ClassificationDataset FromLibSvm(
        TextReader reader, ClassLabels classes, LibSvmOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(classes);
        return LibSvmReader.ReadClassification(TextSource.From(reader, cancellationToken), classes, options);
    }
}
