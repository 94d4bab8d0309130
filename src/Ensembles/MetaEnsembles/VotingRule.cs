namespace Ensembles.MetaEnsembles;

/// <summary>How voting classifiers come to one answer.</summary>
public enum VotingRule
{
    /// <summary>The weighted mean of their probabilities.</summary>
    Soft,

    /// <summary>A vote each, for the most probable class; the class of most votes wins, of equals the first.</summary>
    Plurality,

    /// <summary>A vote each; a class wins by more than half of the votes, and where none has them, <see cref="Soft"/> decides.</summary>
    Majority,

    /// <summary>
    /// A vote each; a class wins by more than half of the votes, and where none has them, the row is rejected
    /// (<see cref="VotingClassificationModel.PredictOrReject(Data.FeatureTable)"/>).
    /// </summary>
    MajorityOrReject,
}
