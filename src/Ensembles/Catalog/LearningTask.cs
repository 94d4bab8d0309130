namespace Ensembles.Catalog;

/// <summary>What a learner learns.</summary>
public enum LearningTask
{
    /// <summary>Classes.</summary>
    Classification,

    /// <summary>Numbers.</summary>
    Regression,

    /// <summary>Which rows differ from the others, without targets.</summary>
    AnomalyDetection,
}
