using BenchmarkDotNet.Attributes;
using Ensembles.Data;
using Ensembles.Data.Binning;

namespace Ensembles.Benchmarks;

/// <summary>A table of 28 float columns put into 255 bins and one for missing values, on one thread.</summary>
public class BinningBenchmarks
{
    private FeatureTable? _table;
    private BinnedTable? _binned;

    /// <summary>The rows of the table.</summary>
    [Params(10_000, 100_000, 1_000_000)]
    [Quick(100_000)]
    public int Rows { get; set; }

    /// <summary>Makes the table and bins it.</summary>
    [GlobalSetup]
    public void Make()
    {
        _table = BenchmarkData.Classification(Rows).Features;
        _binned = _table.Binned(maxBins: 255, threads: 1, CancellationToken.None);
    }

    /// <summary>Edges from the values, and a byte a cell, column by column.</summary>
    [Benchmark]
    public object Columns()
    {
        FeatureTable table = _table!;
        var columns = new BinnedColumn[table.ColumnCount];
        for (int c = 0; c < columns.Length; c++)
        {
            columns[c] = BinnedColumn.Of(table.ColumnData(c), table.RowMap, table.Schema[c], maxBins: 255);
        }

        return columns;
    }

    /// <summary>The same bytes row by row.</summary>
    [Benchmark]
    public object RowMajor() => RowMajorBins.Build(_binned!, Rows, threads: 1, CancellationToken.None);
}
