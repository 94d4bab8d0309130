using BenchmarkDotNet.Attributes;
using Ensembles.AdaBoost;
using Ensembles.Trees;

namespace Ensembles.Benchmarks.Training;

/// <summary>Ten rounds of AdaBoost, its trees by histograms.</summary>
public class AdaBoostBenchmarks : TrainingBenchmarks
{
    private const int Rounds = 10;

    /// <summary>The depth of the trees.</summary>
    [Params(1, 3)]
    [Quick(1)]
    public int Depth { get; set; }

    /// <summary>SAMME of two classes.</summary>
    [Benchmark]
    public object Classifier() =>
        new AdaBoostClassifier(new DecisionTreeClassifier { MaxDepth = Depth, SplitMethod = SplitMethod.Histogram }) { Rounds = Rounds }
            .Fit(Classes, Options);

    /// <summary>AdaBoost.R2.</summary>
    [Benchmark]
    public object Regressor() =>
        new AdaBoostRegressor(new DecisionTreeRegressor { MaxDepth = Depth, SplitMethod = SplitMethod.Histogram }) { Rounds = Rounds }
            .Fit(Numbers, Options);
}
