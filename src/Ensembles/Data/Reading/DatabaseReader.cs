using System.Data;
using System.Globalization;

namespace Ensembles.Data.Reading;

/// <summary>Reads the rows of a data reader, from where it stands to the end of the result, into columns.</summary>
internal sealed class DatabaseReader(IDataReader reader, ReadOptions options, CancellationToken token) : TabularReader(options)
{
    private readonly ReadOptions _options = options;

    protected override ColumnPlan Read(ColumnRoles roles)
    {
        var names = new string[reader.FieldCount];
        for (int c = 0; c < names.Length; c++)
        {
            string name = reader.GetName(c);
            names[c] = string.IsNullOrWhiteSpace(name) ? string.Create(CultureInfo.InvariantCulture, $"x{c}") : name;
        }

        ColumnPlan plan = MakePlan(names, roles);
        int row = 0;
        for (; reader.Read(); row++)
        {
            token.ThrowIfCancellationRequested();
            for (int c = 0; c < names.Length; c++)
            {
                if (plan[c] is { } cells && Add(reader.GetValue(c), cells) is { } problem)
                {
                    throw DataFormatException.AtRow(problem, row, names[c]);
                }
            }
        }

        return row > 0 ? plan : throw new DataFormatException("the data reader has no rows.");
    }

    protected override DataFormatException Error(string problem, string? column) => new(problem, path: null, line: null, column);

    private ColumnPlan MakePlan(string[] names, ColumnRoles roles)
    {
        try
        {
            return new ColumnPlan(names, roles, _options, () => new InferredTypeCollector(_options.MaxCategories));
        }
        catch (FormatException e)
        {
            throw new DataFormatException(e.Message, e);
        }
    }

    private static string? Add(object value, ColumnCollector cells) => value switch
    {
        DBNull => cells.AddMissing(),
        double number => cells.AddNumber(number),
        float number => cells.AddNumber(number),
        decimal number => cells.AddNumber((double)number),
        long number => cells.AddNumber(number),
        int number => cells.AddNumber(number),
        short number => cells.AddNumber(number),
        sbyte number => cells.AddNumber(number),
        ulong number => cells.AddNumber(number),
        uint number => cells.AddNumber(number),
        ushort number => cells.AddNumber(number),
        byte number => cells.AddNumber(number),
        bool flag => cells.AddFlag(flag),
        string text => cells.AddText(text),
        char letter => cells.AddText([letter]),
        _ => $"a value of type {value.GetType().Name} is neither a number nor a text; ignore the column, or convert it in the query.",
    };
}
