using System.Globalization;

namespace Ensembles.Persistence.Snapshots;

/// <summary>
/// The lines of a snapshot. A run that was killed while it wrote leaves a last line without its line feed, which counts as never written;
/// any other fault is damage.
/// </summary>
internal sealed class SnapshotLines
{
    private const int BufferSize = 1 << 16;

    private readonly FileStream _file;
    private readonly List<(long Start, long Length)> _lines = [];

    private SnapshotLines(FileStream file)
    {
        _file = file;
    }

    /// <summary>How many whole lines there are, at least one.</summary>
    public int Count => _lines.Count;

    /// <summary>Where the last whole line ends.</summary>
    public long End { get; private set; }

    /// <summary>Finds the lines of a file and checks their hashes.</summary>
    /// <exception cref="InvalidDataException">A line is damaged, or there is none.</exception>
    public static SnapshotLines Read(FileStream file)
    {
        var lines = new SnapshotLines(file);
        var buffer = new byte[BufferSize];
        lines.Find(buffer);
        for (int number = 0; number < lines.Count; number++)
        {
            (long start, long length) = lines._lines[number];
            if (!HashedLine.IsWhole(file, start, length, buffer))
            {
                throw lines.Fail(number, "its content is not that of its hash");
            }
        }

        return lines.Count > 0 ? lines : throw new InvalidDataException($"{file.Name} is no snapshot, or has lost its first line.");
    }

    /// <summary>The text of a line.</summary>
    public Stream Open(int number)
    {
        (long start, long length) = _lines[number];
        _file.Position = start;
        return new LineStream(_file, length - HashedLine.HashLength);
    }

    /// <summary>The length of the text of a line.</summary>
    public long LengthOf(int number) => _lines[number].Length - HashedLine.HashLength;

    /// <summary>An exception that says which line is damaged.</summary>
    public InvalidDataException Fail(int number, string problem, Exception? inner = null) => new(
        string.Create(CultureInfo.InvariantCulture, $"{_file.Name}: line {number + 1} (byte {_lines[number].Start}) is damaged: {problem}."),
        inner);

    private void Find(byte[] buffer)
    {
        _file.Position = 0;
        long passed = 0;
        for (int read; (read = _file.Read(buffer, 0, buffer.Length)) > 0; passed += read)
        {
            int from = 0;
            for (int at; (at = buffer.AsSpan(from, read - from).IndexOf((byte)'\n')) >= 0; from += at + 1)
            {
                long end = passed + from + at;
                _lines.Add((End, end - End));
                End = end + 1;
            }
        }
    }

    /// <summary>The next bytes of a file, so many and no more.</summary>
    private sealed class LineStream(Stream file, long length) : Stream
    {
        private long _left = length;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count)
        {
            int read = file.Read(buffer, offset, (int)Math.Min(count, _left));
            _left -= read;
            return read;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
