namespace Ensembles.Datasets;

/// <summary>What is to be predicted in a data set.</summary>
public enum DatasetTask
{
    /// <summary>One of a few classes.</summary>
    Classification,

    /// <summary>A number.</summary>
    Regression,
}
