namespace Ensembles.NewtonBoosting;

/// <summary>Stands in the recipe of a loaded model for a loss of the user's own, of which a model file keeps the name and the link only.</summary>
internal sealed record NamedNewtonLoss(string LossName, ScoreLink LossLink) : NewtonLoss
{
    public override string Name => LossName;

    public override ScoreLink Link => LossLink;

    public override void Differentiate(
        ReadOnlySpan<double> targets, ReadOnlySpan<double> scores, Span<double> gradients, Span<double> hessians) => throw Unknown();

    /// <summary>Why nothing can be trained by it.</summary>
    public ArgumentException Unknown() => new(
        $"'{LossName}' is a loss of one's own, of which a model file keeps the name only: continue by a recipe that has the Loss itself.");
}
