namespace Ensembles.Metrics;

/// <summary>How predicted probabilities are put in bins.</summary>
public enum CalibrationBins
{
    /// <summary>Bins of the same width.</summary>
    Uniform,

    /// <summary>Bins of nearly the same number of rows, or of the same weight.</summary>
    Quantile,
}
