using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Ensembles.Json;

/// <summary>
/// Reads JSON from front to back, token by token, and knows where it is. What is read is held in no other form, so memory follows what the
/// caller keeps. Every fault, of the text or of what it says, becomes an <see cref="InvalidDataException"/> that names its place.
/// </summary>
internal sealed class JsonCursor
{
    /// <summary>How deep arrays and objects may lie in each other.</summary>
    public const int MaxDepth = 256;

    private const int FirstCapacity = 1 << 14;
    private const int ShownLength = 60;

    private readonly Stream _stream;
    private readonly long _maxLength;
    private readonly List<Frame> _frames = [];
    private byte[] _buffer = new byte[FirstCapacity];
    private int _start;
    private int _end;
    private long _passed;
    private bool _isFinal;
    private JsonReaderState _state = new(new JsonReaderOptions { MaxDepth = MaxDepth });
    private JsonTokenType _type;
    private int _valueStart;
    private int _valueLength;
    private bool _isEscaped;
    private long _tokenAt;

    /// <summary>Moves to the first token.</summary>
    /// <param name="stream">UTF-8 text; not closed.</param>
    /// <param name="maxLength">The most bytes to read.</param>
    public JsonCursor(Stream stream, long maxLength)
    {
        _stream = stream;
        _maxLength = maxLength;
        Advance();
    }

    /// <summary>The place in the text, as a JSON path.</summary>
    public string Path
    {
        get
        {
            // Between two properties the place is their object.
            bool isBetween = _type is JsonTokenType.PropertyName or JsonTokenType.EndObject;
            var path = new StringBuilder("$");
            for (int i = 0; i < _frames.Count; i++)
            {
                Frame frame = _frames[i];
                _ = frame.Name is not null ? isBetween && i == _frames.Count - 1 ? path : path.Append('.').Append(frame.Name)
                    : frame.Index >= 0 ? path.Append(CultureInfo.InvariantCulture, $"[{frame.Index}]")
                    : path;
            }

            return path.ToString();
        }
    }

    /// <summary>Whether the next value is a text.</summary>
    public bool IsString => _type == JsonTokenType.String;

    /// <summary>Whether the next value is an object.</summary>
    public bool IsObject => _type == JsonTokenType.StartObject;

    /// <summary>An exception that says what is wrong here.</summary>
    public InvalidDataException Fail(string problem, Exception? inner = null) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{Path} (byte {_tokenAt}): {problem}"), inner);

    /// <summary>Enters an object; its properties follow.</summary>
    public void EnterObject()
    {
        Expect(JsonTokenType.StartObject, "an object");
        _frames.Add(new Frame(null, -1));
        Advance();
    }

    /// <summary>Leaves an object.</summary>
    /// <exception cref="InvalidDataException">It has a property more.</exception>
    public void LeaveObject()
    {
        if (_type == JsonTokenType.PropertyName)
        {
            throw Fail($"property {Show()} is unknown, twice there, or out of its order.");
        }

        Leave();
    }

    /// <summary>Goes to the value of a property, which must be the next one.</summary>
    public void Property(string name)
    {
        if (!TryProperty(name))
        {
            throw Fail(_type == JsonTokenType.PropertyName
                ? $"property '{name}' is expected here and not {Show()}."
                : $"property '{name}' is missing.");
        }
    }

    /// <summary>Goes to the value of a property, if it is the next one.</summary>
    public bool TryProperty(string name)
    {
        if (_type != JsonTokenType.PropertyName || !IsText(name))
        {
            return false;
        }

        EnterProperty(name);
        return true;
    }

    /// <summary>Goes to the value of the next property, whatever it is called; null where the object has no more of them.</summary>
    public string? NextProperty()
    {
        if (_type != JsonTokenType.PropertyName)
        {
            return null;
        }

        string name = Text();
        EnterProperty(name);
        return name;
    }

    /// <summary>Enters an array; <see cref="NextItem"/> goes to its items.</summary>
    public void EnterArray()
    {
        Expect(JsonTokenType.StartArray, "an array");
        _frames.Add(new Frame(null, -1));
        Advance();
    }

    /// <summary>Whether the array has one item more, which is then the next value; if not, the array is left.</summary>
    public bool NextItem()
    {
        if (_type == JsonTokenType.EndArray)
        {
            Leave();
            return false;
        }

        _frames[^1] = new Frame(null, _frames[^1].Index + 1);
        return true;
    }

    /// <summary>Nothing but space may follow.</summary>
    public void End()
    {
        if (_type != JsonTokenType.None)
        {
            throw Fail("there is more after the end.");
        }
    }

    /// <summary>Passes null, if that is the next value.</summary>
    public bool TryNull()
    {
        if (_type != JsonTokenType.Null)
        {
            return false;
        }

        Advance();
        return true;
    }

    public bool Boolean()
    {
        if (_type is not (JsonTokenType.True or JsonTokenType.False))
        {
            throw Unexpected("true or false");
        }

        bool value = _type == JsonTokenType.True;
        Advance();
        return value;
    }

    public string String()
    {
        Expect(JsonTokenType.String, "a text");
        string text = Text();
        Advance();
        return text;
    }

    /// <summary>A number of double precision; those that JSON has no number for are texts.</summary>
    public double Double()
    {
        double value;
        if (_type == JsonTokenType.String)
        {
            value = IsText("NaN") ? double.NaN
                : IsText("Infinity") ? double.PositiveInfinity
                : IsText("-Infinity") ? double.NegativeInfinity
                : throw Unexpected("a number");
        }
        else
        {
            Expect(JsonTokenType.Number, "a number");
            if (!Utf8Parser.TryParse(Value, out value, out int read) || read != _valueLength || !double.IsFinite(value))
            {
                throw Fail($"{Show()} is no number of double precision.");
            }
        }

        Advance();
        return value;
    }

    /// <summary>A whole number within bounds.</summary>
    public int Int32(int least, int most = int.MaxValue)
    {
        Expect(JsonTokenType.Number, "a whole number");
        if (!Utf8Parser.TryParse(Value, out int value, out int read) || read != _valueLength || value < least || value > most)
        {
            throw Fail(string.Create(CultureInfo.InvariantCulture, $"{Show()} is no whole number from {least} to {most}."));
        }

        Advance();
        return value;
    }

    public ulong UInt64()
    {
        Expect(JsonTokenType.Number, "a whole number");
        if (!Utf8Parser.TryParse(Value, out ulong value, out int read) || read != _valueLength)
        {
            throw Fail($"{Show()} is no whole number from 0 to 2⁶⁴ − 1.");
        }

        Advance();
        return value;
    }

    public double[] Doubles()
    {
        var values = new List<double>();
        EnterArray();
        while (NextItem())
        {
            values.Add(Double());
        }

        return [.. values];
    }

    /// <summary>So many numbers.</summary>
    public double[] Doubles(long count)
    {
        double[] values = Doubles();
        CheckCount(values.Length, count);
        return values;
    }

    public int[] Int32s(int least, int most = int.MaxValue)
    {
        var values = new List<int>();
        EnterArray();
        while (NextItem())
        {
            values.Add(Int32(least, most));
        }

        return [.. values];
    }

    /// <summary>So many whole numbers within bounds.</summary>
    public int[] Int32s(long count, int least, int most)
    {
        int[] values = Int32s(least, most);
        CheckCount(values.Length, count);
        return values;
    }

    public string[] Strings()
    {
        var values = new List<string>();
        EnterArray();
        while (NextItem())
        {
            values.Add(String());
        }

        return [.. values];
    }

    /// <summary>A text of one character, 0 or 1, for each of so many flags.</summary>
    public bool[] Flags(int count)
    {
        Expect(JsonTokenType.String, "a text of 0 and 1");
        if (_valueLength != count || Value.ContainsAnyExcept((byte)'0', (byte)'1'))
        {
            throw Fail(string.Create(CultureInfo.InvariantCulture, $"{Show()} is no text of {count} characters 0 and 1."));
        }

        var flags = new bool[count];
        for (int i = 0; i < count; i++)
        {
            flags[i] = Value[i] == '1';
        }

        Advance();
        return flags;
    }

    private ReadOnlySpan<byte> Value => _buffer.AsSpan(_valueStart, _valueLength);

    private void CheckCount(int count, long expected)
    {
        if (count != expected)
        {
            throw Fail(string.Create(CultureInfo.InvariantCulture, $"there are {count} values where {expected} are expected."));
        }
    }

    private void EnterProperty(string name)
    {
        _frames[^1] = new Frame(name, -1);
        Advance();
    }

    private void Leave()
    {
        _frames.RemoveAt(_frames.Count - 1);
        Advance();
    }

    private void Expect(JsonTokenType type, string what)
    {
        if (_type != type)
        {
            throw Unexpected(what);
        }
    }

    private InvalidDataException Unexpected(string what) => Fail($"{what} is expected here and not {Show()}.");

    /// <summary>The token as messages show it.</summary>
    private string Show()
    {
        if (_type is JsonTokenType.PropertyName or JsonTokenType.String or JsonTokenType.Number)
        {
            string text = Encoding.UTF8.GetString(Value[..Math.Min(_valueLength, ShownLength)]);
            return _type == JsonTokenType.Number ? text : $"'{text}{(_valueLength > ShownLength ? "…" : "")}'";
        }

        return _type switch
        {
            JsonTokenType.None => "the end",
            JsonTokenType.StartObject => "an object",
            JsonTokenType.StartArray => "an array",
            JsonTokenType.EndObject => "the end of the object",
            JsonTokenType.EndArray => "the end of the array",
            JsonTokenType.Null => "null",
            _ => _type.ToString(),
        };
    }

    private bool IsText(string text) => _isEscaped
        ? string.Equals(Text(), text, StringComparison.Ordinal)
        : Ascii.Equals(Value, text);

    private string Text()
    {
        // The reader unescapes and checks the encoding; with its quotes the text is a document of its own.
        var reader = new Utf8JsonReader(_buffer.AsSpan(_valueStart - 1, _valueLength + 2));
        try
        {
            reader.Read();
            return reader.GetString()!;
        }
        catch (Exception e) when (e is InvalidOperationException or JsonException)
        {
            throw Fail("the text is no valid UTF-8, or has half of a surrogate pair.", e);
        }
    }

    private void Advance()
    {
        while (true)
        {
            var reader = new Utf8JsonReader(_buffer.AsSpan(_start, _end - _start), _isFinal, _state);
            bool isRead;
            try
            {
                isRead = reader.Read();
            }
            catch (JsonException e)
            {
                _tokenAt = _passed + _start + reader.BytesConsumed;

                // The reader adds a line and a column of its own, counted from 0 and from where its buffer begins.
                int place = e.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
                string problem = place < 0 ? e.Message : e.Message[..place];
                throw Fail("the text is no valid JSON, or ends too early. " + problem, e);
            }

            _type = isRead ? reader.TokenType : JsonTokenType.None;
            _tokenAt = _passed + _start + reader.TokenStartIndex;
            if (isRead)
            {
                bool isText = _type is JsonTokenType.String or JsonTokenType.PropertyName;
                _valueStart = _start + (int)reader.TokenStartIndex + (isText ? 1 : 0);
                _valueLength = reader.ValueSpan.Length;
                _isEscaped = reader.ValueIsEscaped;
            }

            _state = reader.CurrentState;
            _start += (int)reader.BytesConsumed;
            if (isRead || _isFinal)
            {
                return;
            }

            Fill();
        }
    }

    /// <summary>Reads on; what is not yet passed is kept, and the buffer grows where one token fills it.</summary>
    private void Fill()
    {
        int kept = _end - _start;
        if (kept == _buffer.Length)
        {
            if (kept == Array.MaxLength)
            {
                throw Fail("one value is longer than an array can be.");
            }

            Array.Resize(ref _buffer, (int)Math.Min(2L * kept, Array.MaxLength));
        }

        _buffer.AsSpan(_start, kept).CopyTo(_buffer);
        _passed += _start;
        _start = 0;
        _end = kept;
        int read;
        try
        {
            read = _stream.Read(_buffer, _end, _buffer.Length - _end);
        }
        catch (InvalidDataException e)
        {
            throw Fail("the compressed data are damaged. " + e.Message, e);
        }

        _end += read;
        _isFinal = read == 0;
        if (_passed + _end > _maxLength)
        {
            throw Fail(string.Create(
                CultureInfo.InvariantCulture, $"the text is longer than the {_maxLength} bytes that are allowed (MaxLength)."));
        }
    }

    private readonly record struct Frame(string? Name, int Index);
}
