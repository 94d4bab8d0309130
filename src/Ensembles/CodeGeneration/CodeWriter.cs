using System.Globalization;
using System.Text;

namespace Ensembles.CodeGeneration;

/// <summary>Writes lines of C#, indented, the same in every culture and on every system.</summary>
/// <param name="target">Where to.</param>
internal sealed class CodeWriter(TextWriter target)
{
    private const int MaxLine = 120;

    private int _depth;

    /// <summary>A number that reads back as the same bits.</summary>
    public static string Number(double value) => value switch
    {
        double.PositiveInfinity => "double.PositiveInfinity",
        double.NegativeInfinity => "double.NegativeInfinity",
        double.NaN => "double.NaN",
        _ => value.ToString("R", CultureInfo.InvariantCulture) + "d",
    };

    /// <summary>A text in quotes, of ASCII only.</summary>
    public static string Text(string value)
    {
        var text = new StringBuilder("\"");
        foreach (char c in value)
        {
            if (c is '"' or '\\')
            {
                text.Append('\\').Append(c);
            }
            else if (c is >= ' ' and <= '~')
            {
                text.Append(c);
            }
            else
            {
                text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            }
        }

        return text.Append('"').ToString();
    }

    /// <summary>Writes lines, each as deep as the code is now.</summary>
    /// <param name="text">Lines, parted by line feeds; nothing for an empty one.</param>
    public void Lines(string text = "")
    {
        foreach (ReadOnlySpan<char> line in text.AsSpan().EnumerateLines())
        {
            if (!line.IsEmpty)
            {
                Indent();
                target.Write(line);
            }

            target.Write('\n');
        }
    }

    /// <summary>Writes a line and an opening brace.</summary>
    public void Open(string line)
    {
        Lines(line);
        Lines("{");
        _depth++;
    }

    /// <summary>Writes a closing brace.</summary>
    /// <param name="end">What follows it.</param>
    public void Close(string end = "")
    {
        _depth--;
        Lines("}" + end);
    }

    /// <summary>Writes a property of constants, which lie in the assembly and are neither copied nor allocated.</summary>
    /// <param name="type">The type of a constant.</param>
    /// <param name="name">The name of the property.</param>
    /// <param name="values">The constants, as they are written.</param>
    public void Constants(string type, string name, IEnumerable<string> values)
    {
        Lines($"private static ReadOnlySpan<{type}> {name} => new {type}[]");
        Lines("{");
        _depth++;
        int length = 0;
        foreach (string value in values)
        {
            if (length == 0)
            {
                Indent();
            }
            else if (length + value.Length > MaxLine)
            {
                target.Write('\n');
                Indent();
                length = 0;
            }
            else
            {
                target.Write(' ');
            }

            target.Write(value);
            target.Write(',');
            length += value.Length + 2;
        }

        if (length > 0)
        {
            target.Write('\n');
        }

        Close(";");
        Lines();
    }

    private void Indent()
    {
        for (int i = 0; i < _depth; i++)
        {
            target.Write("    ");
        }
    }
}
