namespace Ensembles.GradientBoosting;

/// <summary>What a <see cref="GradientBoostingRegressor"/> makes small.</summary>
public enum RegressionLoss
{
    /// <summary>(y − F)²: the model predicts the mean.</summary>
    SquaredError,

    /// <summary>|y − F|: the model predicts the median.</summary>
    AbsoluteError,

    /// <summary>
    /// Squared near the prediction and linear beyond δ, the <see cref="GradientBoostingRegressor.Alpha"/>-quantile of the absolute
    /// residuals in each round (Friedman 2001, algorithm 4).
    /// </summary>
    Huber,

    /// <summary>The model predicts the <see cref="GradientBoostingRegressor.Alpha"/>-quantile.</summary>
    Quantile,
}
