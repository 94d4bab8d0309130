using Ensembles.Trees;

namespace Ensembles.NewtonBoosting;

/// <summary>The trees of a fit that is not over.</summary>
internal sealed class GrowingTrees
{
    public GrowingTrees(double[] baseScores)
    {
        BaseScores = baseScores;
    }

    public GrowingTrees(BoostedTrees start)
    {
        BaseScores = start.BaseScores;
        Trees = [.. start.Trees];
        Statistics = [.. start.Statistics];
        Weights = [.. start.Weights];
    }

    /// <summary>The scores before the first tree.</summary>
    public double[] BaseScores { get; }

    /// <summary>Round after round, and within a round output after output.</summary>
    public List<Tree> Trees { get; private init; } = [];

    /// <summary>One a tree.</summary>
    public List<TreeStatistics> Statistics { get; private init; } = [];

    /// <summary>By what dropout has multiplied the leaf values of each tree.</summary>
    public List<double> Weights { get; private init; } = [];

    public GrowingTrees Copy() => new(BaseScores) { Trees = [.. Trees], Statistics = [.. Statistics], Weights = [.. Weights] };

    /// <summary>The first rounds alone, for a model.</summary>
    public BoostedTrees FirstRounds(int rounds)
    {
        int count = rounds * BaseScores.Length;
        return new BoostedTrees(BaseScores, Trees[..count], Statistics[..count], Weights[..count]);
    }
}
