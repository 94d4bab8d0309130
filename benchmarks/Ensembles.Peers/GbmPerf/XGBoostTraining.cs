using System.Runtime.InteropServices;
using Ensembles.Data;
using Ensembles.Peers.Prediction;

namespace Ensembles.Peers.GbmPerf;

/// <summary>
/// XGBoost's <c>hist</c> on a table with categories, through its C interface: as GBM-perf runs it, one column for each category in a sparse
/// matrix, or with its own splits of categories.
/// </summary>
/// <param name="oneHot">Whether each category is a column.</param>
internal sealed unsafe class XGBoostTraining(bool oneHot) : IDisposable
{
    private const string Scores =
        """{"type":0,"training":false,"iteration_begin":0,"iteration_end":0,"strict_shape":false}""";

    private nint _train;
    private nint _test;
    private int _testRows;

    /// <summary>Makes the matrices, which takes no part in the time.</summary>
    public void Load(ClassificationDataset train, ClassificationDataset test)
    {
        _train = Matrix(train);
        _test = Matrix(test);
        _testRows = test.RowCount;
    }

    /// <summary>Trains: the bins are made in the first round.</summary>
    /// <returns>What predicts the test rows.</returns>
    public Func<double[]> Train(int rounds, IEnumerable<(string Name, string Value)> parameters, out Action free)
    {
        nint matrix = _train;
        XGBoostLibrary.Check(XGBoostLibrary.XGBoosterCreate(&matrix, 1, out nint booster));
        foreach ((string name, string value) in parameters)
        {
            XGBoostLibrary.Check(XGBoostLibrary.XGBoosterSetParam(booster, name, value));
        }

        for (int round = 0; round < rounds; round++)
        {
            XGBoostLibrary.Check(XGBoostLibrary.XGBoosterUpdateOneIter(booster, round, matrix));
        }

        free = () => XGBoostLibrary.Check(XGBoostLibrary.XGBoosterFree(booster));
        return () =>
        {
            XGBoostLibrary.Check(XGBoostLibrary.XGBoosterPredictFromDMatrix(booster, _test, Scores, out _, out _, out float* result));
            return Array.ConvertAll(new ReadOnlySpan<float>(result, _testRows).ToArray(), value => (double)value);
        };
    }

    public void Dispose()
    {
        foreach (nint matrix in new[] { _train, _test }.Where(matrix => matrix != 0))
        {
            XGBoostLibrary.Check(XGBoostLibrary.XGDMatrixFree(matrix));
        }

        _train = 0;
        _test = 0;
    }

    private nint Matrix(ClassificationDataset data)
    {
        nint matrix = oneHot ? Sparse(data.Features) : Dense(data.Features);
        float[] labels = Array.ConvertAll(data.Labels.ToArray(), label => (float)label);
        fixed (float* values = labels)
        {
            XGBoostLibrary.Check(XGBoostLibrary.XGDMatrixSetFloatInfo(matrix, "label", values, (ulong)labels.Length));
        }

        return matrix;
    }

    /// <summary>A column for each category; zeros are absent, as in the matrix that GBM-perf gives it.</summary>
    private static nint Sparse(FeatureTable table)
    {
        int[] firsts = new int[table.ColumnCount];
        int width = 0;
        for (int c = 0; c < firsts.Length; c++)
        {
            firsts[c] = width;
            width += table.Schema[c].IsCategorical ? table.Schema[c].Categories.Count : 1;
        }

        double[][] columns = [.. Enumerable.Range(0, table.ColumnCount).Select(table.Column)];
        var starts = new ulong[table.RowCount + 1];
        var places = new uint[(long)table.RowCount * columns.Length];
        var values = new float[places.Length];
        int count = 0;
        for (int r = 0; r < table.RowCount; r++)
        {
            for (int c = 0; c < columns.Length; c++)
            {
                double cell = columns[c][r];
                bool isCategory = table.Schema[c].IsCategorical;
                if (!double.IsNaN(cell) && (isCategory || cell != 0))
                {
                    places[count] = (uint)(firsts[c] + (isCategory ? (int)cell : 0));
                    values[count++] = isCategory ? 1 : (float)cell;
                }
            }

            starts[r + 1] = (ulong)count;
        }

        fixed (ulong* start = starts)
        fixed (uint* place = places)
        fixed (float* value = values)
        {
            XGBoostLibrary.Check(XGBoostLibrary.XGDMatrixCreateFromCSREx(
                start, place, value, (ulong)starts.Length, (ulong)count, (ulong)width, out nint matrix));
            return matrix;
        }
    }

    private static nint Dense(FeatureTable table)
    {
        int width = table.ColumnCount;
        var cells = new float[(long)table.RowCount * width];
        for (int c = 0; c < width; c++)
        {
            double[] column = table.Column(c);
            for (int r = 0; r < column.Length; r++)
            {
                cells[((long)r * width) + c] = (float)column[r];
            }
        }

        fixed (float* values = cells)
        {
            XGBoostLibrary.Check(XGBoostLibrary.XGDMatrixCreateFromMat(
                values, (ulong)table.RowCount, (ulong)width, float.NaN, out nint matrix));
            nint[] kinds = [.. table.Schema.Select(feature => Marshal.StringToCoTaskMemUTF8(feature.IsCategorical ? "c" : "float"))];
            fixed (nint* names = kinds)
            {
                XGBoostLibrary.Check(XGBoostLibrary.XGDMatrixSetStrFeatureInfo(matrix, "feature_type", names, (ulong)kinds.Length));
            }

            Array.ForEach(kinds, Marshal.FreeCoTaskMem);
            return matrix;
        }
    }
}
