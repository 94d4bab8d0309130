namespace Ensembles.Trees;

/// <summary>How the split of a feature is chosen.</summary>
public enum Splitter
{
    /// <summary>The best of all thresholds or category sets.</summary>
    Best,

    /// <summary>
    /// One threshold drawn at random for each feature (Geurts, Ernst and Wehenkel 2006); of categories, a random cut of their order by
    /// the targets (<see cref="TreeLearner{TDataset, TModel}.MinSamplesPerCategory"/>).
    /// </summary>
    Random,
}
