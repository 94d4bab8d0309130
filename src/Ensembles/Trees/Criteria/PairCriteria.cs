using System.Diagnostics;
using System.Runtime.Intrinsics;
using Ensembles.Numerics;

namespace Ensembles.Trees.Criteria;

/// <summary>A criterion of two sums, the weight W and the weighted target Y = Σw·y.</summary>
internal interface IPairCriterion
{
    /// <summary>Whether eight scores can be computed at once, to the same bits.</summary>
    static abstract bool HasVectors { get; }

    /// <summary>S of a set of rows with these sums; −∞ where no child may have them.</summary>
    double Score(double weight, double weightedTarget);

    /// <summary>Eight scores at once, where <see cref="HasVectors"/>.</summary>
    Vector512<double> Score(Vector512<double> weight, Vector512<double> weightedTarget);
}

/// <summary>Squared error: S = Y²/W, so that S(L) + S(R) − S(P) is what the split takes off the sum of squares.</summary>
internal readonly struct SquaredErrorScore : IPairCriterion
{
    public static bool HasVectors => true;

    public double Score(double weight, double weightedTarget) => weightedTarget * weightedTarget / weight;

    public Vector512<double> Score(Vector512<double> weight, Vector512<double> weightedTarget) => weightedTarget * weightedTarget / weight;
}

/// <summary>Gini's impurity of two classes, Y being the weight of the second: S = (c₀² + c₁²)/W.</summary>
internal readonly struct BinaryGiniScore : IPairCriterion
{
    public static bool HasVectors => true;

    public double Score(double weight, double weightedTarget)
    {
        double first = weight - weightedTarget;
        return ((first * first) + (weightedTarget * weightedTarget)) / weight;
    }

    public Vector512<double> Score(Vector512<double> weight, Vector512<double> weightedTarget)
    {
        Vector512<double> first = weight - weightedTarget;
        return ((first * first) + (weightedTarget * weightedTarget)) / weight;
    }
}

/// <summary>The entropy of two classes in bits, Y being the weight of the second: S = Σ c·log₂ c − W·log₂ W.</summary>
internal readonly struct BinaryEntropyScore(EntropyTerm term) : IPairCriterion
{
    public static bool HasVectors => false;

    public double Score(double weight, double weightedTarget) =>
        term.Of(weight - weightedTarget) + term.Of(weightedTarget) - term.Of(weight);

    public Vector512<double> Score(Vector512<double> weight, Vector512<double> weightedTarget) => throw new UnreachableException();
}

/// <summary>
/// Half the Poisson deviance, without its constant part: S = Y·ln(Y/W). A child without any target weight would predict 0
/// and make every later count infinitely unlikely, so it is not allowed.
/// </summary>
/// <param name="leastTarget">
/// The least weighted target above 0 of a row. A sum below half of it can only be what rounding left of 0.
/// </param>
internal readonly struct PoissonScore(double leastTarget) : IPairCriterion
{
    public static bool HasVectors => false;

    public double Score(double weight, double weightedTarget) =>
        weightedTarget < leastTarget / 2 ? double.NegativeInfinity : weightedTarget * DeterministicMath.Log(weightedTarget / weight);

    public Vector512<double> Score(Vector512<double> weight, Vector512<double> weightedTarget) => throw new UnreachableException();
}
