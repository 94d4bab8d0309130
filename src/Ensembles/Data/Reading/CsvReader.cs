using System.Globalization;

namespace Ensembles.Data.Reading;

/// <summary>Reads the records of a CSV text into columns.</summary>
internal sealed class CsvReader(TextSource source, CsvOptions options) : TabularReader(options)
{
    private readonly MissingMarkers _missing = new(options.MissingMarkers);

    /// <summary>Opens a file, reads it and closes it.</summary>
    public static T Read<T>(string path, CsvOptions? options, CancellationToken token, Func<CsvReader, T> read)
    {
        options = Check(options);
        using TextSource source = TextSource.Open(path, options.Encoding, token);
        return read(new CsvReader(source, options));
    }

    /// <summary>Reads a stream, which stays open.</summary>
    public static T Read<T>(Stream stream, CsvOptions? options, CancellationToken token, Func<CsvReader, T> read)
    {
        options = Check(options);
        using TextSource source = TextSource.From(stream, options.Encoding, token);
        return read(new CsvReader(source, options));
    }

    /// <summary>Reads a text reader, which stays open.</summary>
    public static T Read<T>(TextReader reader, CsvOptions? options, CancellationToken token, Func<CsvReader, T> read)
    {
        options = Check(options);
        using TextSource source = TextSource.From(reader, token);
        return read(new CsvReader(source, options));
    }

    protected override ColumnPlan Read(ColumnRoles roles)
    {
        var parser = new CsvParser(source, options);
        if (!parser.ReadRecord())
        {
            throw new DataFormatException("the text is empty.", source.Path, line: 1);
        }

        int headerLine = parser.RecordLine;
        string[] names = ReadNames(parser);
        ColumnPlan plan = MakePlan(names, headerLine, roles);
        if (options.HasHeader && !parser.ReadRecord())
        {
            throw new DataFormatException("there are no rows after the header.", source.Path, headerLine);
        }

        do
        {
            ReadRow(parser, names, plan);
        }
        while (parser.ReadRecord());
        return plan;
    }

    protected override DataFormatException Error(string problem, string? column) => new(problem, source.Path, line: null, column);

    private static CsvOptions Check(CsvOptions? options)
    {
        options ??= new CsvOptions();
        if (options.Delimiter is '\r' or '\n' || options.Quote is '\r' or '\n' || options.Quote == options.Delimiter)
        {
            throw new ArgumentException("Delimiter and Quote must be two different characters, and no line breaks.", nameof(options));
        }

        return options;
    }

    private string[] ReadNames(CsvParser parser)
    {
        var names = new string[parser.FieldCount];
        if (options.ColumnNames is { } given && given.Count != names.Length)
        {
            throw new DataFormatException(
                string.Create(
                    CultureInfo.InvariantCulture, $"there are {names.Length} fields, but CsvOptions.ColumnNames has {given.Count} names."),
                source.Path,
                parser.RecordLine);
        }

        for (int c = 0; c < names.Length; c++)
        {
            names[c] = options.ColumnNames?[c] ?? (options.HasHeader ? parser[c].ToString() : string.Empty);
            if (string.IsNullOrWhiteSpace(names[c]))
            {
                names[c] = string.Create(CultureInfo.InvariantCulture, $"x{c}");
            }
        }

        return names;
    }

    private ColumnPlan MakePlan(string[] names, int headerLine, ColumnRoles roles)
    {
        try
        {
            return new ColumnPlan(names, roles, options, () => new InferredTextCollector(options.MaxCategories));
        }
        catch (FormatException e)
        {
            throw new DataFormatException(e.Message, source.Path, headerLine, column: null, e);
        }
    }

    private void ReadRow(CsvParser parser, string[] names, ColumnPlan plan)
    {
        if (parser.FieldCount != names.Length)
        {
            throw new DataFormatException(
                string.Create(
                    CultureInfo.InvariantCulture, $"the row has {parser.FieldCount} fields, but there are {names.Length} columns."),
                source.Path,
                parser.RecordLine);
        }

        for (int c = 0; c < names.Length; c++)
        {
            if (plan[c] is not { } cells)
            {
                continue;
            }

            ReadOnlySpan<char> text = parser[c];
            string? problem = _missing.Contains(text) ? cells.AddMissing() : cells.AddText(text);
            if (problem is not null)
            {
                throw new DataFormatException(problem, source.Path, parser.LineOf(c), names[c]);
            }
        }
    }
}
