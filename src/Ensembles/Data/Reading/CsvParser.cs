using System.Buffers;

namespace Ensembles.Data.Reading;

/// <summary>Parts CSV text (RFC 4180) into records of fields, of which one is in memory at a time.</summary>
/// <remarks>
/// The buffer always holds the whole record, so that a field is a span of it. Fields are found by vectorised searches for the next
/// character that ends one; doubled quotes are made single by closing the gap within the buffer.
/// </remarks>
internal sealed class CsvParser
{
    private const int FirstCapacity = 1 << 16;

    // A quote that nothing closes would otherwise take the whole rest of a large file into memory before it is noticed.
    private const int MaxRecordLength = 1 << 28;

    private readonly TextSource _source;
    private readonly char _delimiter;
    private readonly char? _quote;
    private readonly bool _trim;
    private readonly SearchValues<char> _stops;

    private char[] _buffer = new char[FirstCapacity];
    private int _start;
    private int _position;
    private int _end;
    private bool _atEnd;
    private int _line = 1;
    private bool _skipLineFeed;

    private Field[] _fields = new Field[16];
    private bool _lastQuoted;

    public CsvParser(TextSource source, CsvOptions options)
    {
        _source = source;
        _delimiter = options.Delimiter;
        _quote = options.Quote;
        _trim = options.TrimSpaces;
        _stops = SearchValues.Create([_delimiter, '\r', '\n', _quote ?? _delimiter]);
    }

    /// <summary>The number of fields of the record.</summary>
    public int FieldCount { get; private set; }

    /// <summary>The line that the record begins in, from 1; every line break counts, also within quotes.</summary>
    public int RecordLine { get; private set; } = 1;

    /// <summary>The text of a field, until the next record is read.</summary>
    public ReadOnlySpan<char> this[int field] => _buffer.AsSpan(_start + _fields[field].Offset, _fields[field].Length);

    /// <summary>The line that a field begins in.</summary>
    public int LineOf(int field) => _fields[field].Line;

    /// <summary>Reads the next record, past empty lines.</summary>
    /// <returns>False at the end of the text.</returns>
    /// <exception cref="DataFormatException">A quote is not closed, or not where a quote may be.</exception>
    public bool ReadRecord()
    {
        do
        {
            _start = _position;
            if (_skipLineFeed)
            {
                _skipLineFeed = false;
                if (HasMore() && _buffer[_position] == '\n')
                {
                    _position++;
                    _start = _position;
                }
            }

            if (!HasMore())
            {
                return false;
            }

            FieldCount = 0;
            RecordLine = _line;
            while (ReadField())
            {
            }
        }
        while (FieldCount == 1 && _fields[0].Length == 0 && !_lastQuoted);
        return true;
    }

    /// <summary>Reads one field and what ends it.</summary>
    /// <returns>Whether another field of the record follows.</returns>
    private bool ReadField()
    {
        if (_trim)
        {
            SkipSpaces();
        }

        if (_quote is { } quote && HasMore() && _buffer[_position] == quote)
        {
            return ReadQuotedField(quote);
        }

        int offset = _position - _start;
        bool more = SkipToStop();
        int length = _position - _start - offset;
        if (_trim)
        {
            length = _buffer.AsSpan(_start + offset, length).TrimEnd(" \t").Length;
        }

        AddField(offset, length, _line, quoted: false);
        if (more && _quote == _buffer[_position])
        {
            throw Error(
                $"there is a quote inside the unquoted field {DataFormatException.Show(_buffer.AsSpan(_start + offset, length + 1))}; "
                + "quote the whole field and double the quote, or set CsvOptions.Quote.",
                _line);
        }

        return more && EndField();
    }

    private bool ReadQuotedField(char quote)
    {
        int line = _line;
        _position++;
        int offset = _position - _start;
        int write = offset;
        while (true)
        {
            int found = _buffer.AsSpan(_position, _end - _position).IndexOf(quote);
            int run = found >= 0 ? found : _end - _position;
            int from = _position - _start;
            if (write != from)
            {
                _buffer.AsSpan(_position, run).CopyTo(_buffer.AsSpan(_start + write));
            }

            write += run;
            _position += run;
            if (found < 0)
            {
                if (!Fill())
                {
                    throw Error(
                        $"the quote that begins the field {DataFormatException.Show(_buffer.AsSpan(_start + offset, write - offset))} "
                        + "is never closed.",
                        line);
                }

                continue;
            }

            _position++;
            if (!HasMore() || _buffer[_position] != quote)
            {
                break;
            }

            // Two quotes are one quote of the text.
            _buffer[_start + write++] = quote;
            _position++;
        }

        AddField(offset, write - offset, line, quoted: true);
        _line += LineBreaks(_buffer.AsSpan(_start + offset, write - offset));
        if (_trim)
        {
            SkipSpaces();
        }

        if (!HasMore())
        {
            return false;
        }

        char next = _buffer[_position];
        if (next != _delimiter && next is not ('\r' or '\n'))
        {
            int last = _position;
            SkipToStop();
            throw Error(
                $"there is text after the closing quote of a field: {DataFormatException.Show(_buffer.AsSpan(last, _position - last))}.",
                _line);
        }

        return EndField();
    }

    /// <summary>Passes the delimiter or the line break at the position.</summary>
    private bool EndField()
    {
        char stop = _buffer[_position++];
        if (stop == _delimiter)
        {
            return true;
        }

        // The second half of CRLF may not be in the buffer yet: it is passed when the next record begins.
        _skipLineFeed = stop == '\r';
        _line++;
        return false;
    }

    /// <summary>Moves to the next character that may end a field; false at the end of the text.</summary>
    private bool SkipToStop()
    {
        while (true)
        {
            int found = _buffer.AsSpan(_position, _end - _position).IndexOfAny(_stops);
            if (found >= 0)
            {
                _position += found;
                return true;
            }

            _position = _end;
            if (!Fill())
            {
                return false;
            }
        }
    }

    private void SkipSpaces()
    {
        while (HasMore() && _buffer[_position] is ' ' or '\t' && _buffer[_position] != _delimiter)
        {
            _position++;
        }
    }

    private void AddField(int offset, int length, int line, bool quoted)
    {
        if (FieldCount == _fields.Length)
        {
            Array.Resize(ref _fields, 2 * _fields.Length);
        }

        _fields[FieldCount++] = new Field(offset, length, line);
        _lastQuoted = quoted;
    }

    private bool HasMore() => _position < _end || Fill();

    /// <summary>Reads more text behind what the buffer holds of the record, which may move; false at the end of the text.</summary>
    private bool Fill()
    {
        if (_atEnd)
        {
            return false;
        }

        if (_end == _buffer.Length)
        {
            int kept = _end - _start;
            if (kept > MaxRecordLength)
            {
                throw Error("the record is longer than 268 million characters; is a quote not closed?", RecordLine);
            }

            // Grown while the record fills more than half, so that reads do not get ever smaller.
            char[] target = kept > _buffer.Length / 2 ? new char[2 * _buffer.Length] : _buffer;
            _buffer.AsSpan(_start, kept).CopyTo(target);
            _buffer = target;
            _position -= _start;
            _end = kept;
            _start = 0;
        }

        int count = _source.Read(_buffer.AsSpan(_end), _line);
        _end += count;
        _atEnd = count == 0;
        return !_atEnd;
    }

    private DataFormatException Error(string problem, int line) => new(problem, _source.Path, line);

    /// <summary>The number of line breaks in a text: LF, CR and CRLF count one each.</summary>
    private static int LineBreaks(ReadOnlySpan<char> text)
    {
        int count = 0;
        for (int i = text.IndexOfAny('\r', '\n'); i >= 0; i = text.IndexOfAny('\r', '\n'))
        {
            count++;
            bool pair = text[i] == '\r' && i + 1 < text.Length && text[i + 1] == '\n';
            text = text[(pair ? i + 2 : i + 1)..];
        }

        return count;
    }

    private readonly record struct Field(int Offset, int Length, int Line);
}
