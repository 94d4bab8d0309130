using Ensembles.Cli.Models;
using Ensembles.Data;
using Ensembles.Data.Reading;

namespace Ensembles.Cli.Inputs;

/// <summary>Columns of a file that are written again as they are.</summary>
internal static class KeptColumns
{
    /// <summary>Reads the texts of some columns.</summary>
    public static IEnumerable<OutputColumn> Read(string path, string[] names, CsvOptions options)
    {
        if (names.Length == 0)
        {
            return [];
        }

        foreach (string name in names)
        {
            CsvHeader.Require(path, name, options);
        }

        string[] header = CsvHeader.Read(path, options);
        int[] places = Array.ConvertAll(names, name => Array.IndexOf(header, name));
        List<string>[] cells = [.. names.Select(_ => new List<string>())];
        using TextSource source = TextSource.Open(path, options.Encoding);
        var parser = new CsvParser(source, options);
        parser.ReadRecord();
        while (parser.ReadRecord())
        {
            for (int c = 0; c < places.Length; c++)
            {
                cells[c].Add(places[c] < parser.FieldCount ? parser[places[c]].ToString() : string.Empty);
            }
        }

        return names.Select((name, c) => OutputColumn.OfTexts(name, row => cells[c][row]));
    }
}
