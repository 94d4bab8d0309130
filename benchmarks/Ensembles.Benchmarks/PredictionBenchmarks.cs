using BenchmarkDotNet.Attributes;
using Ensembles.Data;
using Ensembles.RandomForests;

namespace Ensembles.Benchmarks;

/// <summary>Probabilities of a forest of 100 trees of at most 64 leaves on 28 float features, on the caller's thread.</summary>
public class PredictionBenchmarks
{
    private const int TrainingRows = 10_000;
    private const int Batch = 100_000;

    private readonly double[] _one = new double[2];
    private readonly double[] _many = new double[2 * Batch];
    private double[] _row = [];
    private FeatureTable? _table;
    private ForestClassificationModel? _model;

    /// <summary>Trains the forest.</summary>
    [GlobalSetup]
    public void Train()
    {
        _model = new RandomForestClassifier { TreeCount = 100, MaxLeaves = 64 }.Fit(BenchmarkData.Classification(TrainingRows));
        _table = BenchmarkData.Classification(Batch).Features;
        _row = _table.Row(0);
    }

    /// <summary>One row given as a span.</summary>
    [Benchmark]
    public double OneRow()
    {
        _model!.PredictProbabilities(_row, _one);
        return _one[0];
    }

    /// <summary>100,000 rows of a table.</summary>
    [Benchmark]
    public double Rows100000()
    {
        _model!.PredictProbabilities(_table!, _many);
        return _many[0];
    }
}
