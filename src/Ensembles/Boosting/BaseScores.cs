using Ensembles.Losses;

namespace Ensembles.Boosting;

/// <summary>The scores before the first round.</summary>
internal static class BaseScores
{
    /// <summary>What a fit begins with: what the recipe gives, what the model had that it goes on from, or the loss's own optimum.</summary>
    /// <param name="loss">The loss.</param>
    /// <param name="given">The base score of the recipe, as a prediction; null for none.</param>
    /// <param name="before">The base scores of the model to go on from; null for none.</param>
    /// <exception cref="ArgumentException">The recipe gives another base score than the model has.</exception>
    public static double[] Of(ILoss loss, double? given, IReadOnlyList<double>? before)
    {
        double[]? scores = given is double score ? [.. Enumerable.Repeat(loss.ToScore(score), loss.OutputCount)] : null;
        if (before is not null && scores is not null && !before.SequenceEqual(scores))
        {
            throw new ArgumentException("The model to go on from has another base score than BaseScore; leave BaseScore null to keep that of the model.");
        }

        return before?.ToArray() ?? scores ?? loss.FitBaseScores();
    }
}
