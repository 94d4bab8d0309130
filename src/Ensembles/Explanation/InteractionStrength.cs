namespace Ensembles.Explanation;

/// <summary>How much of the joint effect of two features is an interaction (Friedman and Popescu 2008).</summary>
/// <param name="First">A feature.</param>
/// <param name="Second">Another.</param>
/// <param name="H">
/// The root of the share of the variance of the joint partial dependence that the sum of the single ones does not explain: 0 where effects
/// add up, 1 where there is nothing but interaction; above 1 at times where features are correlated.
/// </param>
public readonly record struct InteractionStrength(string First, string Second, double H);
