using Ensembles.Learners;

namespace Ensembles.AdaBoost;

/// <summary>What is kept of a round in a snapshot: its weights follow from the members so far.</summary>
/// <typeparam name="TModel">The kind of the members.</typeparam>
/// <param name="Model">The member, also one that was dropped.</param>
/// <param name="Scores">What the metrics were with it; empty where it was dropped.</param>
internal sealed record BoostedMember<TModel>(TModel Model, double[] Scores)
    where TModel : Model;
