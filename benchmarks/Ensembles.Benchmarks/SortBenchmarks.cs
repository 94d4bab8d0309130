using BenchmarkDotNet.Attributes;
using Ensembles.Numerics;

namespace Ensembles.Benchmarks;

/// <summary>The rows of a column in the order of their values.</summary>
public class SortBenchmarks
{
    private float[] _keys = [];
    private float[] _sorted = [];
    private int[] _order = [];

    /// <summary>The number of keys.</summary>
    [Params(1_000, 10_000, 1_000_000)]
    [Quick(10_000)]
    public int Rows { get; set; }

    /// <summary>Normal numbers in no order.</summary>
    [GlobalSetup]
    public void Draw()
    {
        var random = new RandomStream(1);
        _keys = new float[Rows];
        _sorted = new float[Rows];
        _order = new int[Rows];
        foreach (ref float key in _keys.AsSpan())
        {
            key = (float)random.NextGaussian();
        }
    }

    /// <summary>The library's radix sort, which leaves the keys as they are.</summary>
    [Benchmark]
    public int[] Radix()
    {
        RadixSort.SortIndices(_keys, _order);
        return _order;
    }

    /// <summary>The framework's sort of keys with items, on a copy of the keys.</summary>
    [Benchmark(Baseline = true)]
    public int[] ArraySort()
    {
        _keys.CopyTo(_sorted, 0);
        for (int i = 0; i < _order.Length; i++)
        {
            _order[i] = i;
        }

        Array.Sort(_sorted, _order);
        return _order;
    }
}
