namespace Ensembles.Calibration;

/// <summary>What Platt's logistic function is a function of.</summary>
public enum CalibrationInput
{
    /// <summary>The log odds ln(p/(1 − p)): probabilities that are right already stay as they are.</summary>
    LogOdds,

    /// <summary>The probability p itself.</summary>
    Probability,
}
