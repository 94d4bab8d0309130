using Ensembles.Learners;
using Ensembles.Trees;

namespace Ensembles.Boosting;

/// <summary>What is kept of a round in a snapshot.</summary>
/// <param name="Trees">One an output, as they were when they were added.</param>
/// <param name="Statistics">One a tree.</param>
/// <param name="Losses">What the round measured by the loss, where it does.</param>
/// <param name="Scores">What the metrics were after the round.</param>
internal sealed record BoostedRound(Tree[] Trees, TreeStatistics[] Statistics, double[] Losses, double[] Scores)
{
    /// <summary>A round that an earlier run did, or null.</summary>
    /// <param name="log">What was found of that run.</param>
    /// <param name="number">The number of the round in this fit.</param>
    /// <param name="outputs">How many trees a round has.</param>
    /// <param name="losses">How many losses a round measures.</param>
    /// <exception cref="InvalidDataException">The round is of another shape.</exception>
    public static BoostedRound? Recall(FitLog<BoostedRound> log, int number, int outputs, int losses) =>
        log.Known(number) is not BoostedRound round || (round.Trees.Length == outputs && round.Losses.Length == losses)
            ? log.Known(number)
            : throw new InvalidDataException("A round of the snapshot has not as many trees or losses as it should.");
}
