namespace Ensembles.Learners;

/// <summary>How the members of an ensemble of classifiers come to one answer.</summary>
public enum Voting
{
    /// <summary>
    /// The mean of the probabilities that the members give. A member that is unsure counts as unsure, so the probabilities of the
    /// ensemble are finer and better calibrated than shares of votes.
    /// </summary>
    Average,

    /// <summary>Each member has one vote, for its most probable class; probabilities are shares of votes (Breiman 2001).</summary>
    Majority,
}
