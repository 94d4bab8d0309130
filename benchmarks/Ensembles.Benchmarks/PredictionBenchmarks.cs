using BenchmarkDotNet.Attributes;
using Ensembles.Data;
using Ensembles.NewtonBoosting;

namespace Ensembles.Benchmarks;

/// <summary>Values of boosted trees on 27 features, row after row, on the caller's thread.</summary>
public class PredictionBenchmarks
{
    private const int TrainingRows = 10_000;
    private const int MaxRows = 100_000;

    // So that small calls do not read the same rows again and again, which the machine would learn.
    private const int Drawn = 4096;

    private float[] _floats = [];
    private double[] _doubles = [];
    private double[] _values = [];
    private int _width;
    private int _next;
    private NewtonBoostingRegressionModel? _model;

    /// <summary>The number of trees.</summary>
    [Params(100, 500)]
    [Quick(100)]
    public int Trees { get; set; }

    /// <summary>The most leaves of a tree.</summary>
    [Params(8, 31, 64, 255)]
    [Quick(31)]
    public int Leaves { get; set; }

    /// <summary>The rows of a call.</summary>
    [Params(1, 10, 100, MaxRows)]
    [Quick(MaxRows)]
    public int Rows { get; set; }

    /// <summary>Trains the model and has it compiled.</summary>
    [GlobalSetup]
    public void Train()
    {
        var recipe = new NewtonBoostingRegressor
        {
            Rounds = Trees,
            GrowthPolicy = GrowthPolicy.LeafWise,
            MaxLeaves = Leaves,
            MaxDepth = null,
        };
        _model = recipe.Fit(BenchmarkData.Regression(TrainingRows));
        FeatureTable table = BenchmarkData.Regression(Math.Max(Drawn, Rows)).Features;
        _width = table.ColumnCount;
        _doubles = [.. Enumerable.Range(0, table.RowCount).SelectMany(table.Row)];
        _floats = Array.ConvertAll(_doubles, cell => (float)cell);
        _values = new double[Rows];
        for (int rows = 0; rows < Drawn; rows += Rows)
        {
            Doubles();
        }
    }

    /// <summary>Rows of floats.</summary>
    [Benchmark(Baseline = true)]
    public double Floats()
    {
        _model!.Predict(_floats.AsSpan(Place(), Rows * _width), _values);
        return _values[0];
    }

    /// <summary>The same rows as doubles.</summary>
    [Benchmark]
    public double Doubles()
    {
        _model!.Predict(_doubles.AsSpan(Place(), Rows * _width), _values);
        return _values[0];
    }

    private int Place()
    {
        _next = _next + (2 * Rows) > _doubles.Length / _width ? 0 : _next + Rows;
        return _next * _width;
    }
}
