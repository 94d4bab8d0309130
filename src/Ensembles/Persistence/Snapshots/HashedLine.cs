using System.Text;
using Ensembles.Numerics;

namespace Ensembles.Persistence.Snapshots;

/// <summary>A line of a snapshot: a text, a space, the hash of the text as 16 hexadecimal digits, and a line feed, which says that it is whole.</summary>
internal static class HashedLine
{
    /// <summary>What follows the text, without the line feed.</summary>
    public const int HashLength = 17;

    /// <summary>Writes a line.</summary>
    /// <param name="stream">Where to.</param>
    /// <param name="write">Writes the text, which has no line feed.</param>
    public static void Write(Stream stream, Action<Stream> write)
    {
        var hash = new ContentHash();
        using (var hashed = new HashedStream(stream, hash))
        {
            write(hashed);
        }

        stream.Write(Encoding.ASCII.GetBytes($" {hash}\n"));
    }

    /// <summary>Whether the hash at the end of a line is that of its text.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="start">Where the line starts.</param>
    /// <param name="length">Its length without the line feed.</param>
    /// <param name="buffer">Room for some bytes.</param>
    public static bool IsWhole(Stream stream, long start, long length, byte[] buffer)
    {
        if (length < HashLength)
        {
            return false;
        }

        var hash = new ContentHash();
        stream.Position = start;
        for (long left = length - HashLength; left > 0;)
        {
            int read = stream.Read(buffer, 0, (int)Math.Min(left, buffer.Length));
            if (read == 0)
            {
                return false;
            }

            hash.Add(buffer.AsSpan(0, read));
            left -= read;
        }

        Span<byte> end = stackalloc byte[HashLength];
        return stream.ReadAtLeast(end, HashLength, throwOnEndOfStream: false) == HashLength
            && end.SequenceEqual(Encoding.ASCII.GetBytes($" {hash}"));
    }
}
