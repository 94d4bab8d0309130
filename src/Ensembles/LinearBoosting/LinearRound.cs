namespace Ensembles.LinearBoosting;

/// <summary>What is kept of a round in a snapshot.</summary>
/// <param name="Intercepts">One an output.</param>
/// <param name="Coefficients">By output.</param>
/// <param name="Scores">What the metrics were after the round.</param>
internal sealed record LinearRound(double[] Intercepts, double[][] Coefficients, double[] Scores);
