namespace Ensembles.Data.Reading;

/// <summary>A stream of which the first bytes were looked at: gives them, then the rest. Does not close the rest.</summary>
internal sealed class PrefixedStream : ForwardStream
{
    private readonly Stream _rest;
    private readonly byte[] _prefix;
    private readonly int _prefixLength;
    private int _read;

    /// <summary>Reads the first bytes of a stream.</summary>
    /// <param name="stream">Where it stands is taken as its beginning.</param>
    /// <param name="length">How many bytes to look at.</param>
    public PrefixedStream(Stream stream, int length)
    {
        _rest = stream;
        _prefix = new byte[length];
        _prefixLength = stream.ReadAtLeast(_prefix, length, throwOnEndOfStream: false);
    }

    /// <summary>The first bytes; fewer than asked for where the stream is shorter.</summary>
    public ReadOnlySpan<byte> Prefix => _prefix.AsSpan(0, _prefixLength);

    public override int Read(Span<byte> buffer)
    {
        if (_read == _prefixLength)
        {
            return _rest.Read(buffer);
        }

        int count = Math.Min(buffer.Length, _prefixLength - _read);
        Prefix.Slice(_read, count).CopyTo(buffer);
        _read += count;
        return count;
    }
}
