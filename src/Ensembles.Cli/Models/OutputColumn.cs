namespace Ensembles.Cli.Models;

/// <summary>A column of a CSV file that is written.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Write">Writes the cell of a row.</param>
internal sealed record OutputColumn(string Name, Action<CsvWriter, int> Write)
{
    /// <summary>A column of numbers.</summary>
    public static OutputColumn OfNumbers(string name, Func<int, double> value) => new(name, (writer, row) => writer.Number(value(row)));

    /// <summary>A column of whole numbers.</summary>
    public static OutputColumn OfWholes(string name, Func<int, int> value) => new(name, (writer, row) => writer.Whole(value(row)));

    /// <summary>A column of texts.</summary>
    public static OutputColumn OfTexts(string name, Func<int, string?> value) => new(name, (writer, row) => writer.Text(value(row)));
}
