using Ensembles.Numerics;

namespace Ensembles.Trees.Criteria;

/// <summary>A criterion of two sums, the weight W and the weighted target Y = Σw·y.</summary>
internal interface IPairCriterion
{
    /// <summary>S of a set of rows with these sums; −∞ where no child may have them.</summary>
    double Score(double weight, double weightedTarget);
}

/// <summary>Squared error: S = Y²/W, so that S(L) + S(R) − S(P) is what the split takes off the sum of squares.</summary>
internal readonly struct SquaredErrorScore : IPairCriterion
{
    public double Score(double weight, double weightedTarget) => weightedTarget * weightedTarget / weight;
}

/// <summary>Gini's impurity of two classes, Y being the weight of the second: S = (c₀² + c₁²)/W.</summary>
internal readonly struct BinaryGiniScore : IPairCriterion
{
    public double Score(double weight, double weightedTarget)
    {
        double first = weight - weightedTarget;
        return ((first * first) + (weightedTarget * weightedTarget)) / weight;
    }
}

/// <summary>The entropy of two classes in bits, Y being the weight of the second: S = Σ c·log₂ c − W·log₂ W.</summary>
internal readonly struct BinaryEntropyScore : IPairCriterion
{
    public double Score(double weight, double weightedTarget) =>
        Entropy.Term(weight - weightedTarget) + Entropy.Term(weightedTarget) - Entropy.Term(weight);
}

/// <summary>
/// Half the Poisson deviance, without its constant part: S = Y·ln(Y/W). A child without any target weight would predict 0
/// and make every later count infinitely unlikely, so it is not allowed.
/// </summary>
internal readonly struct PoissonScore : IPairCriterion
{
    public double Score(double weight, double weightedTarget) =>
        weightedTarget <= 0 ? double.NegativeInfinity : weightedTarget * DeterministicMath.Log(weightedTarget / weight);
}

/// <summary>c·log₂ c, the term that entropies are made of.</summary>
internal static class Entropy
{
    /// <summary>c·log₂ c; 0 for c ≤ 0, where a sum of weights may have come out a rounding error below zero.</summary>
    public static double Term(double c) => c <= 0 ? 0 : c * DeterministicMath.Log2(c);
}
