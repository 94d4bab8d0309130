using System.Globalization;
using CsvHelper;
using Ensembles.Data;

namespace Ensembles.Benchmarks;

/// <summary>What a user writes to read columns with CsvHelper: numbers into lists, categories as codes in order of appearance.</summary>
internal static class CsvHelperTable
{
    public static List<float>[] Read(string path, FeatureSchema schema)
    {
        using var text = new StreamReader(path);
        using var csv = new CsvReader(text, CultureInfo.InvariantCulture);
        csv.Read();
        csv.ReadHeader();
        var columns = new List<float>[schema.Count];
        var codes = new Dictionary<string, int>[schema.Count];
        for (int c = 0; c < columns.Length; c++)
        {
            columns[c] = [];
            codes[c] = [];
        }

        while (csv.Read())
        {
            for (int c = 0; c < columns.Length; c++)
            {
                string field = csv.GetField(c)!;
                columns[c].Add(schema[c].IsCategorical ? Code(codes[c], field) : Number(field));
            }
        }

        return columns;
    }

    private static float Number(string field) =>
        string.Equals(field, "NA", StringComparison.Ordinal) ? float.NaN : float.Parse(field, CultureInfo.InvariantCulture);

    private static int Code(Dictionary<string, int> codes, string category)
    {
        if (!codes.TryGetValue(category, out int code))
        {
            code = codes.Count;
            codes.Add(category, code);
        }

        return code;
    }
}
