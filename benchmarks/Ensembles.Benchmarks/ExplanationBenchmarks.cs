using BenchmarkDotNet.Attributes;
using Ensembles.Data;
using Ensembles.Explanation;
using Ensembles.Learners;
using Ensembles.NewtonBoosting;

namespace Ensembles.Benchmarks;

/// <summary>Boosted trees on 28 features explained, on one thread.</summary>
public class ExplanationBenchmarks
{
    private const int TrainingRows = 10_000;
    private const int BatchRows = 1_000;
    private const int PairRows = 100;

    private static readonly FitOptions OneThread = new() { Threads = 1 };

    private NewtonBoostingClassificationModel? _model;
    private TreeExplainer? _explainer;
    private FeatureTable? _batch;
    private FeatureTable? _pairs;
    private double[] _row = [];
    private double[] _values = [];

    /// <summary>The number of trees.</summary>
    [Params(100, 500)]
    [Quick(100)]
    public int Trees { get; set; }

    /// <summary>The greatest depth of a tree.</summary>
    [Params(4, 6, 8)]
    [Quick(6)]
    public int Depth { get; set; }

    /// <summary>Trains the model and makes its trees ready.</summary>
    [GlobalSetup]
    public void Train()
    {
        ClassificationDataset data = BenchmarkData.Classification(TrainingRows);
        _model = new NewtonBoostingClassifier { Rounds = Trees, MaxDepth = Depth }.Fit(data);
        _explainer = TreeExplainer.Of(_model);
        _batch = data.Features.SelectRows([.. Enumerable.Range(0, BatchRows)]);
        _pairs = data.Features.SelectRows([.. Enumerable.Range(0, PairRows)]);
        _row = data.Features.Row(0);
        _values = new double[data.Features.ColumnCount];
    }

    /// <summary>SHAP values of 1,000 rows.</summary>
    [Benchmark]
    public object ThousandRows() => _explainer!.Explain(_batch!, OneThread);

    /// <summary>SHAP values of one row, by an explainer that is ready.</summary>
    [Benchmark]
    public double OneRow()
    {
        _explainer!.Explain(_row, _values);
        return _values[0];
    }

    /// <summary>An explainer made ready.</summary>
    [Benchmark]
    public object MakeReady() => TreeExplainer.Of(_model!);

    /// <summary>SHAP interactions of 100 rows.</summary>
    [Benchmark]
    public object Interactions() => _explainer!.ExplainInteractions(_pairs!, OneThread);

    /// <summary>Partial dependence on one feature over 1,000 rows.</summary>
    [Benchmark]
    public object PartialDependence() => _model!.PartialDependence(_batch!, _batch!.Schema[0].Name, options: null);
}
