using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Ensembles.Trees;

namespace Ensembles.Peers.Prediction;

/// <summary>A model trained by XGBoost in this process, which predicts and gives its trees.</summary>
internal sealed unsafe class XGBoostModel : IDisposable
{
    private const string Configuration =
        """{"type":1,"training":false,"iteration_begin":0,"iteration_end":0,"strict_shape":false,"cache_id":0,"missing":NaN}""";

    // A level of a tree is two of the document.
    private static readonly JsonDocumentOptions DeepTrees = new() { MaxDepth = 4096 };

    private nint _booster;

    /// <param name="rows">Rows × columns.</param>
    /// <param name="columns">The number of columns.</param>
    /// <param name="target">One a row.</param>
    /// <param name="rounds">The number of rounds.</param>
    /// <param name="parameters">By XGBoost's names.</param>
    public XGBoostModel(float[] rows, int columns, float[] target, int rounds, IEnumerable<(string Name, string Value)> parameters)
    {
        nint matrix;
        fixed (float* cells = rows, labels = target)
        {
            XGBoostLibrary.Check(
                XGBoostLibrary.XGDMatrixCreateFromMat(cells, (ulong)target.Length, (ulong)columns, float.NaN, out matrix));
            XGBoostLibrary.Check(XGBoostLibrary.XGDMatrixSetFloatInfo(matrix, "label", labels, (ulong)target.Length));
        }

        XGBoostLibrary.Check(XGBoostLibrary.XGBoosterCreate(&matrix, 1, out _booster));
        foreach ((string name, string value) in parameters)
        {
            XGBoostLibrary.Check(XGBoostLibrary.XGBoosterSetParam(_booster, name, value));
        }

        for (int round = 0; round < rounds; round++)
        {
            XGBoostLibrary.Check(XGBoostLibrary.XGBoosterUpdateOneIter(_booster, round, matrix));
        }

        XGBoostLibrary.Check(XGBoostLibrary.XGBoosterSetParam(_booster, "nthread", "1"));
        XGBoostLibrary.Check(XGBoostLibrary.XGDMatrixFree(matrix));
    }

    /// <summary>The scores of rows, by the way without a copy of the matrix; they stay until the next call.</summary>
    public ReadOnlySpan<float> Predict(float* rows, int count, int columns)
    {
        string values = string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"data":[{{(nint)rows}},true],"shape":[{{count}},{{columns}}],"typestr":"<f4","version":3}""");
        XGBoostLibrary.Check(XGBoostLibrary.XGBoosterPredictFromDense(
            _booster, values, Configuration, 0, out _, out _, out float* result));
        return new ReadOnlySpan<float>(result, count);
    }

    /// <summary>The SHAP values of rows, or their interactions, with the base value last; they stay until the next call.</summary>
    /// <param name="matrix">The rows, of <see cref="Matrix"/>.</param>
    /// <param name="interactions">Whether pairs of features are asked for.</param>
    public ReadOnlySpan<float> Contributions(nint matrix, bool interactions)
    {
        string configuration = string.Create(
            CultureInfo.InvariantCulture,
            $$"""{"type":{{(interactions ? 4 : 2)}},"training":false,"iteration_begin":0,"iteration_end":0,"strict_shape":false}""");
        XGBoostLibrary.Check(XGBoostLibrary.XGBoosterPredictFromDMatrix(
            _booster, matrix, configuration, out ulong* shape, out ulong dimensions, out float* result));
        int length = 1;
        for (ulong d = 0; d < dimensions; d++)
        {
            length = checked(length * (int)shape[d]);
        }

        return new ReadOnlySpan<float>(result, length);
    }

    /// <summary>Rows as XGBoost keeps them; to be freed by <see cref="XGBoostLibrary.XGDMatrixFree"/>.</summary>
    public static nint Matrix(float* rows, int count, int columns)
    {
        XGBoostLibrary.Check(XGBoostLibrary.XGDMatrixCreateFromMat(rows, (ulong)count, (ulong)columns, float.NaN, out nint matrix));
        return matrix;
    }

    /// <summary>Sets how many threads are used.</summary>
    public void SetThreads(int count) => XGBoostLibrary.Check(
        XGBoostLibrary.XGBoosterSetParam(_booster, "nthread", count.ToString(CultureInfo.InvariantCulture)));

    /// <summary>The trees, as XGBoost writes them.</summary>
    public Tree[] Trees() => ReadAll(root => Read(root).Tree);

    /// <summary>The trees and the hessian sums of their nodes.</summary>
    public (Tree Tree, TreeStatistics Statistics)[] TreesAndStatistics() => ReadAll(Read);

    private T[] ReadAll<T>(Func<JsonElement, T> read)
    {
        XGBoostLibrary.Check(XGBoostLibrary.XGBoosterDumpModelEx(_booster, string.Empty, 1, "json", out ulong count, out byte** texts));
        var trees = new T[count];
        for (int t = 0; t < trees.Length; t++)
        {
            using var document = JsonDocument.Parse(Marshal.PtrToStringUTF8((nint)texts[t])!, DeepTrees);
            trees[t] = read(document.RootElement);
        }

        return trees;
    }

    public void Dispose()
    {
        if (_booster != 0)
        {
            XGBoostLibrary.Check(XGBoostLibrary.XGBoosterFree(_booster));
            _booster = 0;
        }
    }

    private static (Tree Tree, TreeStatistics Statistics) Read(JsonElement root)
    {
        var inner = new List<JsonElement>();
        var leaves = new List<JsonElement>();
        var open = new Queue<JsonElement>([root]);
        while (open.TryDequeue(out JsonElement element))
        {
            if (!element.TryGetProperty("children", out JsonElement children))
            {
                leaves.Add(element);
                continue;
            }

            inner.Add(element);
            foreach (JsonElement child in children.EnumerateArray())
            {
                open.Enqueue(child);
            }
        }

        var place = new Dictionary<int, int>();
        foreach (JsonElement element in (IEnumerable<JsonElement>)[.. inner, .. leaves])
        {
            place.Add(element.GetProperty("nodeid").GetInt32(), place.Count);
        }

        int Child(JsonElement element, string name) => place[element.GetProperty(name).GetInt32()];
        double[] covers = [.. inner.Concat(leaves).Select(element => element.GetProperty("cover").GetDouble())];
        var statistics = new TreeStatistics(covers, new int[covers.Length], new double[covers.Length], new double[inner.Count], [], 0);
        var tree = new Tree(
            [.. inner.Select(element => int.Parse(element.GetProperty("split").GetString().AsSpan(1), CultureInfo.InvariantCulture))],
            //// x < t of floats is x ≤ the float before t.
            [.. inner.Select(element => (double)float.BitDecrement(element.GetProperty("split_condition").GetSingle()))],
            [.. inner.Select(element => Child(element, "yes"))],
            [.. inner.Select(element => Child(element, "no"))],
            [.. inner.Select(element => Child(element, "missing") == Child(element, "yes"))],
            new CategorySet?[inner.Count],
            [.. leaves.Select(element => (double)element.GetProperty("leaf").GetSingle())],
            1);
        return (tree, statistics);
    }
}
