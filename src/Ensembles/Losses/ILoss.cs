namespace Ensembles.Losses;

/// <summary>A loss that boosting makes small, over the targets and weights of the rows. It has one score a row, or one a class.</summary>
internal interface ILoss
{
    /// <summary>The number of scores of a row.</summary>
    int OutputCount { get; }

    /// <summary>How scores become predictions.</summary>
    Link Link { get; }

    /// <summary>The scores that a model without trees gives: the loss's own optimum.</summary>
    double[] FitBaseScores();

    /// <summary>The score that a base score given as a prediction stands for, as XGBoost defines it.</summary>
    double ToScore(double baseScore) => baseScore;
}
