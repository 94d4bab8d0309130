using System.Globalization;
using Ensembles.Data;
using Ensembles.Datasets;
using Ensembles.Peers.Measuring;

namespace Ensembles.Benchmarks;

/// <summary>The data that the benchmarks share: 28 float features of which most carry a little signal.</summary>
internal static class BenchmarkData
{
    /// <summary>Two classes.</summary>
    public static ClassificationDataset Classification(int rows) => SyntheticData.HiggsLike(rows);

    /// <summary>The other features of the same rows, the last one (an invariant mass) as the target.</summary>
    public static RegressionDataset Regression(int rows)
    {
        FeatureTable table = SyntheticData.HiggsLike(rows).Features;
        int last = table.ColumnCount - 1;
        return RegressionDataset.Create(table.SelectColumns([.. Enumerable.Range(0, last)]), table.Column(last));
    }

    /// <summary>Two classes in any number of normal and log-normal columns, at least nine.</summary>
    public static ClassificationDataset Classification(int rows, int features)
    {
        Rows made = GeneratedRows.TwoClasses(rows, features, seed: 1);
        return made.Classification(made.Table());
    }

    /// <summary>Numbers in the same columns.</summary>
    public static RegressionDataset Regression(int rows, int features)
    {
        Rows made = GeneratedRows.Numbers(rows, test: 1, features, seed: 1).Train;
        return made.Regression(made.Table());
    }

    /// <summary>Writes the features as CSV with a header: floats in the shortest form that reads back as the same.</summary>
    public static void WriteNumbers(FeatureTable table, TextWriter writer)
    {
        writer.WriteLine(string.Join(',', table.Schema.Select(feature => feature.Name)));
        for (int r = 0; r < table.RowCount; r++)
        {
            writer.WriteLine(string.Join(',', table.Row(r).Select(Text)));
        }
    }

    /// <summary>
    /// Writes a third of the features as categories, some of them quoted for a comma, a third as numbers, and a third as numbers of
    /// which some are missing.
    /// </summary>
    public static void WriteMixed(FeatureTable table, TextWriter writer)
    {
        string[] categories = ["north", "south", "\"east, far\"", "west"];
        writer.WriteLine(string.Join(',', table.Schema.Select(feature => feature.Name)));
        for (int r = 0; r < table.RowCount; r++)
        {
            writer.WriteLine(string.Join(',', table.Row(r).Select((cell, c) => (c % 3) switch
            {
                0 => categories[(int)(Math.Abs(cell) * 3) % categories.Length],
                1 => Text(cell),
                _ => Math.Abs(cell) < 0.1 ? "NA" : Text(cell),
            })));
        }
    }

    private static string Text(double cell) => ((float)cell).ToString(CultureInfo.InvariantCulture);
}
