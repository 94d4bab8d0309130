namespace Ensembles.Learners;

/// <summary>How the classifiers of an ensemble are joined.</summary>
public enum Voting
{
    /// <summary>The mean of their class probabilities.</summary>
    Probabilities,

    /// <summary>One vote each for its most probable class; the probabilities are the shares of the votes (Breiman 1996).</summary>
    Majority,
}
