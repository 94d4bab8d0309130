using System.IO.Compression;

namespace Ensembles.Data.Reading;

/// <summary>Unpacks gzip (RFC 1952), and does not take a file that was cut off for one that ends there.</summary>
/// <remarks>
/// <see cref="GZipStream"/> ends quietly where its input ends, so half a file reads as a shorter file. Members of gzip may follow each
/// other; hence one more is appended to the input whose text is known, and the output must end in that text.
/// </remarks>
internal sealed class WholeGzipStream : ForwardStream
{
    private const int FirstCapacity = 1 << 16;

    private readonly GZipStream _unpacked;
    private readonly byte[] _buffer = new byte[FirstCapacity];
    private int _position;
    private int _end;
    private bool _atEnd;

    public WholeGzipStream(Stream packed)
    {
        _unpacked = new GZipStream(new SealedStream(packed), CompressionMode.Decompress);
    }

    /// <summary>The bytes every member of gzip begins with.</summary>
    public static ReadOnlySpan<byte> Magic => [0x1F, 0x8B];

    private static ReadOnlySpan<byte> Seal => "\0end of the text\0"u8;

    public override int Read(Span<byte> buffer)
    {
        // What could still be the seal is kept back until more follows it, or nothing does.
        while (_end - _position <= Seal.Length && !_atEnd)
        {
            _buffer.AsSpan(_position, _end - _position).CopyTo(_buffer);
            _end -= _position;
            _position = 0;
            int read = _unpacked.Read(_buffer.AsSpan(_end));
            _end += read;
            _atEnd = read == 0;
            if (_atEnd && !_buffer.AsSpan(0, _end).EndsWith(Seal))
            {
                throw new InvalidDataException("The compressed data ends too early.");
            }
        }

        int count = Math.Min(buffer.Length, _end - _position - Seal.Length);
        _buffer.AsSpan(_position, count).CopyTo(buffer);
        _position += count;
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _unpacked.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>The packed bytes, then the member that is the seal. Does not close the source.</summary>
    private sealed class SealedStream(Stream packed) : ForwardStream
    {
        private readonly byte[] _seal = Pack();
        private int _sealRead;

        public override int Read(Span<byte> buffer)
        {
            int count = packed.Read(buffer);
            if (count == 0)
            {
                count = Math.Min(buffer.Length, _seal.Length - _sealRead);
                _seal.AsSpan(_sealRead, count).CopyTo(buffer);
                _sealRead += count;
            }

            return count;
        }

        private static byte[] Pack()
        {
            using var member = new MemoryStream();
            using (var gzip = new GZipStream(member, CompressionLevel.NoCompression))
            {
                gzip.Write(Seal);
            }

            return member.ToArray();
        }
    }
}
