using System.Text;

namespace Ensembles.Data.Reading;

/// <summary>Text from a file, a stream or a reader, unpacked where it is compressed.</summary>
internal sealed class TextSource : IDisposable
{
    private const int BufferSize = 1 << 16;

    // The longest byte order mark; a stream reader finds it only if its first read gives all of it.
    private const int PrefixLength = 4;

    private const string GzipProblem = "the compressed data is damaged or cut off at or after this line.";

    private readonly TextReader _reader;
    private readonly string? _encodingName;
    private readonly Stream? _file;
    private readonly Stream? _unpacked;

    private readonly CancellationToken _token;

    private TextSource(
        TextReader reader, CancellationToken token, string? path, string? encodingName = null, Stream? file = null, Stream? unpacked = null)
    {
        _token = token;
        _encodingName = encodingName;
        _reader = reader;
        _file = file;
        _unpacked = unpacked;
        Path = path;
    }

    /// <summary>The path of the file, or null.</summary>
    public string? Path { get; }

    /// <summary>Opens a file; it is closed with the source.</summary>
    /// <param name="path">The file.</param>
    /// <param name="encoding">What it is written in.</param>
    /// <param name="token">Ends the next read with an <see cref="OperationCanceledException"/>.</param>
    public static TextSource Open(string path, Encoding encoding, CancellationToken token = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, BufferSize, FileOptions.SequentialScan);
        try
        {
            return FromStream(file, path, encoding, file, token);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Reads a stream from where it stands; it stays open.</summary>
    public static TextSource From(Stream stream, Encoding encoding, CancellationToken token = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return FromStream(stream, (stream as FileStream)?.Name, encoding, file: null, token);
    }

    /// <summary>Reads a reader from where it stands; it stays open.</summary>
    public static TextSource From(TextReader reader, CancellationToken token = default)
    {
        ArgumentNullException.ThrowIfNull(reader);
        return new TextSource(reader, token, path: null);
    }

    /// <summary>Reads some characters; 0 at the end.</summary>
    /// <param name="destination">Where they go.</param>
    /// <param name="line">The line that a damage is reported at.</param>
    public int Read(Span<char> destination, int line)
    {
        _token.ThrowIfCancellationRequested();
        try
        {
            return _reader.Read(destination);
        }
        catch (Exception e) when (e is DecoderFallbackException or InvalidDataException)
        {
            throw Damaged(e, line);
        }
    }

    /// <summary>Reads the next line; null at the end.</summary>
    /// <param name="line">Its number, that a damage is reported at.</param>
    public string? ReadLine(int line)
    {
        _token.ThrowIfCancellationRequested();
        try
        {
            return _reader.ReadLine();
        }
        catch (Exception e) when (e is DecoderFallbackException or InvalidDataException)
        {
            throw Damaged(e, line);
        }
    }

    public void Dispose()
    {
        _unpacked?.Dispose();
        _file?.Dispose();
    }

    private static TextSource FromStream(Stream stream, string? path, Encoding encoding, Stream? file, CancellationToken token)
    {
        var whole = new PrefixedStream(stream, PrefixLength);
        WholeGzipStream? unpacked = null;
        if (whole.Prefix.StartsWith(WholeGzipStream.Magic))
        {
            unpacked = new WholeGzipStream(whole);
            try
            {
                whole = new PrefixedStream(unpacked, PrefixLength);
            }
            catch (InvalidDataException e)
            {
                throw new DataFormatException(GzipProblem, path, line: 1, column: null, e);
            }
        }

        var reader = new StreamReader(whole, encoding, detectEncodingFromByteOrderMarks: true, BufferSize, leaveOpen: true);
        return new TextSource(reader, token, path, encoding.WebName, file, unpacked);
    }

    private DataFormatException Damaged(Exception cause, int line) =>
        new(
            cause is DecoderFallbackException
                ? $"some bytes at or after this line are not valid {_encodingName} text; is it in another encoding?"
                : GzipProblem,
            Path,
            line,
            column: null,
            cause);
}
