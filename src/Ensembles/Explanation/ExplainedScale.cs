namespace Ensembles.Explanation;

/// <summary>What an explanation adds up to.</summary>
public enum ExplainedScale
{
    /// <summary>What the model predicts: values, or the probabilities of the classes.</summary>
    Prediction,

    /// <summary>
    /// What the model adds up before it predicts: the scores of a boosted classifier (log-odds, XGBoost's margin) or of a regressor
    /// whose loss has a link, the decision function of AdaBoost, the path length of an isolation forest.
    /// </summary>
    Score,
}
