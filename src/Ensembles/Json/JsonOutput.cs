using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Ensembles.Json;

/// <summary>
/// Writes JSON, the same bytes for the same calls: indented, lists of numbers on one line, line feeds, numbers as short as they can be read
/// back to the same bits.
/// </summary>
internal sealed class JsonOutput : IDisposable
{
    private const int FlushAt = 1 << 16;
    private const int NumberLength = 32;

    private static readonly JsonWriterOptions Indented = new()
    {
        Indented = true,
        IndentSize = 1,
        NewLine = "\n",
        MaxDepth = JsonCursor.MaxDepth,

        // The text goes to a file and not into a page of HTML.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    private readonly ArrayBufferWriter<byte> _line = new();
    private readonly Utf8JsonWriter _lineWriter;

    /// <param name="stream">Where the bytes go; not closed.</param>
    /// <param name="isIndented">False for a text without line feeds.</param>
    public JsonOutput(Stream stream, bool isIndented = true)
    {
        Writer = new Utf8JsonWriter(stream, Indented with { Indented = isIndented });
        _lineWriter = new Utf8JsonWriter(_line, Indented with { Indented = false });
    }

    /// <summary>What writes.</summary>
    public Utf8JsonWriter Writer { get; }

    /// <summary>Writes a number of double precision.</summary>
    public static void WriteDouble(Utf8JsonWriter writer, double value)
    {
        if (double.IsFinite(value))
        {
            Span<byte> text = stackalloc byte[NumberLength];
            value.TryFormat(text, out int length, default, CultureInfo.InvariantCulture);
            writer.WriteRawValue(text[..length], skipInputValidation: true);
        }
        else
        {
            writer.WriteStringValue(NameOf(value));
        }
    }

    public void Double(string name, double value)
    {
        Writer.WritePropertyName(name);
        WriteDouble(Writer, value);
    }

    /// <summary>Writes numbers on one line.</summary>
    public void Doubles(string name, ReadOnlySpan<double> values)
    {
        _line.ResetWrittenCount();
        Add('[');
        for (int i = 0; i < values.Length; i++)
        {
            Span<byte> text = _line.GetSpan(NumberLength);
            int start = i > 0 ? 1 : 0;
            text[0] = (byte)',';
            if (double.IsFinite(values[i]))
            {
                values[i].TryFormat(text[start..], out int length, default, CultureInfo.InvariantCulture);
                _line.Advance(start + length);
            }
            else
            {
                string special = NameOf(values[i]);
                text[start] = (byte)'"';
                System.Text.Encoding.ASCII.GetBytes(special, text[(start + 1)..]);
                text[start + 1 + special.Length] = (byte)'"';
                _line.Advance(start + special.Length + 2);
            }
        }

        Add(']');
        WriteLine(name);
    }

    /// <summary>Writes whole numbers on one line.</summary>
    public void Int32s(string name, ReadOnlySpan<int> values)
    {
        _line.ResetWrittenCount();
        Add('[');
        for (int i = 0; i < values.Length; i++)
        {
            Span<byte> text = _line.GetSpan(NumberLength);
            int start = i > 0 ? 1 : 0;
            text[0] = (byte)',';
            values[i].TryFormat(text[start..], out int length, default, CultureInfo.InvariantCulture);
            _line.Advance(start + length);
        }

        Add(']');
        WriteLine(name);
    }

    /// <summary>Writes a text of one character, 0 or 1, a flag.</summary>
    public void Flags(string name, ReadOnlySpan<bool> flags)
    {
        _line.ResetWrittenCount();
        Span<byte> text = _line.GetSpan(flags.Length + 2);
        text[0] = (byte)'"';
        for (int i = 0; i < flags.Length; i++)
        {
            text[i + 1] = (byte)(flags[i] ? '1' : '0');
        }

        text[flags.Length + 1] = (byte)'"';
        _line.Advance(flags.Length + 2);
        WriteLine(name);
    }

    /// <summary>Writes a value on one line.</summary>
    /// <param name="name">The name of the property.</param>
    /// <param name="write">Writes the value.</param>
    public void Line(string name, Action<Utf8JsonWriter> write)
    {
        _line.ResetWrittenCount();
        _lineWriter.Reset();
        write(_lineWriter);
        _lineWriter.Flush();
        WriteLine(name);
    }

    /// <summary>Writes an array.</summary>
    /// <param name="name">The name of the property.</param>
    /// <param name="items">The items.</param>
    /// <param name="write">Writes one of them.</param>
    public void Array<T>(string name, IReadOnlyList<T> items, Action<T> write)
    {
        Writer.WriteStartArray(name);
        foreach (T item in items)
        {
            write(item);
            if (Writer.BytesPending > FlushAt)
            {
                Writer.Flush();
            }
        }

        Writer.WriteEndArray();
    }

    /// <summary>Ends the text with a line feed and hands all bytes to the stream.</summary>
    public void End(Stream stream)
    {
        Writer.Flush();
        stream.WriteByte((byte)'\n');
    }

    public void Dispose()
    {
        // What was not flushed is not written: a writer that is left because of an exception adds nothing.
        Writer.Reset();
        Writer.Dispose();
        _lineWriter.Reset();
        _lineWriter.Dispose();
    }

    private static string NameOf(double value) =>
        double.IsNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity";

    private void Add(char character)
    {
        _line.GetSpan(1)[0] = (byte)character;
        _line.Advance(1);
    }

    private void WriteLine(string name)
    {
        Writer.WritePropertyName(name);
        Writer.WriteRawValue(_line.WrittenSpan, skipInputValidation: true);
        if (Writer.BytesPending > FlushAt)
        {
            Writer.Flush();
        }
    }
}
