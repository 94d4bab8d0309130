namespace Ensembles.Calibration;

/// <summary>How probabilities are made to agree with what happens.</summary>
public enum CalibrationMethod
{
    /// <summary>
    /// A logistic function of the score, one a class (J. Platt 1999): <see cref="PlattScaling"/>. Two numbers are learned, so few rows are
    /// enough.
    /// </summary>
    Platt,

    /// <summary>
    /// Any rising function of the score, one a class (B. Zadrozny and C. Elkan 2002): <see cref="IsotonicRegression"/>. It fits any shape, but
    /// wants a thousand rows or more, and gives probabilities of exactly 0 and 1.
    /// </summary>
    Isotonic,

    /// <summary>
    /// All log probabilities divided by one number (C. Guo et al. 2017): <see cref="TemperatureScaling"/>. It keeps the order of the classes.
    /// </summary>
    Temperature,
}
