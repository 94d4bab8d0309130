namespace Ensembles.Trees;

/// <summary>How the split of a feature is chosen.</summary>
public enum Splitter
{
    /// <summary>The best of all thresholds or category sets.</summary>
    Best,

    /// <summary>One threshold or category set drawn at random for each feature (Geurts, Ernst and Wehenkel 2006).</summary>
    Random,
}
