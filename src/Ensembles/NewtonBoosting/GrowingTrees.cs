using Ensembles.Boosting;
using Ensembles.Losses;
using Ensembles.Trees;

namespace Ensembles.NewtonBoosting;

/// <summary>The trees of a fit that is not over.</summary>
internal sealed class GrowingTrees
{
    public GrowingTrees(StartingScores start)
    {
        Start = start;
    }

    public GrowingTrees(NewtonRounds before)
    {
        Start = before.Boosted.Start;
        Trees = [.. before.Boosted.Trees];
        Statistics = [.. before.Boosted.Statistics];
        Weights = [.. before.TreeWeights];
    }

    /// <summary>The scores before the first tree.</summary>
    public StartingScores Start { get; }

    /// <summary>Round after round, and within a round output after output.</summary>
    public List<Tree> Trees { get; private init; } = [];

    /// <summary>One a tree.</summary>
    public List<TreeStatistics> Statistics { get; private init; } = [];

    /// <summary>By what dropout has multiplied the leaf values of each tree.</summary>
    public List<double> Weights { get; private init; } = [];

    /// <summary>Adds the trees of a round.</summary>
    public void Add(BoostedRound round)
    {
        Trees.AddRange(round.Trees);
        Statistics.AddRange(round.Statistics);
        Weights.AddRange(Enumerable.Repeat(1.0, round.Trees.Length));
    }

    public GrowingTrees Copy() => new(Start) { Trees = [.. Trees], Statistics = [.. Statistics], Weights = [.. Weights] };

    /// <summary>The first rounds alone, for a model.</summary>
    /// <param name="rounds">How many.</param>
    /// <param name="link">How scores become predictions.</param>
    public NewtonRounds FirstRounds(int rounds, Link link)
    {
        int count = rounds * Start.OutputCount;
        return new NewtonRounds(
            new BoostedTrees(Start, link, [.. Trees.Take(count)], [.. Statistics.Take(count)]), [.. Weights.Take(count)]);
    }
}
