using Ensembles.Catalog;
using Ensembles.Data;
using Ensembles.Data.Reading;

namespace Ensembles.Cli.Inputs;

/// <summary>The names of the columns of a CSV file.</summary>
internal static class CsvHeader
{
    /// <summary>Reads the first line of a file.</summary>
    public static string[] Read(string path, CsvOptions options)
    {
        using TextSource source = TextSource.Open(path, options.Encoding);
        var parser = new CsvParser(source, options);
        if (!parser.ReadRecord())
        {
            throw new DataFormatException("the text is empty.", path, line: 1);
        }

        var names = new string[parser.FieldCount];
        for (int c = 0; c < names.Length; c++)
        {
            names[c] = parser[c].ToString();
        }

        return names;
    }

    /// <summary>Throws where a column is not there.</summary>
    public static void Require(string path, string column, CsvOptions options)
    {
        string[] names = Read(path, options);
        if (!names.Contains(column, StringComparer.Ordinal))
        {
            throw new DataFormatException($"there is no such column. {NearestNames.Suggest(column, names)}", path, line: 1, column);
        }
    }

    /// <summary>Throws where columns that a model reads are not there, and names them all.</summary>
    public static void Require(string path, FeatureSchema schema, CsvOptions options)
    {
        string[] names = Read(path, options);
        string[] missing = [.. schema.Select(feature => feature.Name).Except(names, StringComparer.Ordinal).Select(name => $"'{name}'")];
        if (missing.Length > 0)
        {
            string columns = missing.Length == 1 ? "the column" : "the columns";
            throw new DataFormatException(
                $"the model reads {columns} {string.Join(", ", missing)}, which the file does not have.", path, line: 1);
        }
    }

    /// <summary>The column of a file that a model does not read: the target, where it is the only one.</summary>
    public static string FindTarget(string path, FeatureSchema schema, CsvOptions options)
    {
        string[] others =
        [
            .. Read(path, options)
                .Except(schema.Select(feature => feature.Name), StringComparer.Ordinal)
                .Except(options.IgnoredColumns, StringComparer.Ordinal)
                .Where(name => !string.Equals(name, options.WeightColumn, StringComparison.Ordinal)),
        ];
        return others.Length == 1
            ? others[0]
            : throw new UsageException(others.Length == 0
                ? $"{path} has no column that the model does not read, and so no target."
                : $"--target must say which column is the target: {string.Join(", ", others)}.");
    }
}
