using System.Diagnostics;
using System.Runtime.Intrinsics;

namespace Ensembles.Trees.Criteria;

/// <summary>A criterion of K class weights c that is made of one term a class: S = Combine(Σ Term(c), Σ c).</summary>
internal interface IClassCriterion
{
    /// <summary>Whether a term is the square of the weight.</summary>
    static abstract bool IsSumOfSquares { get; }

    /// <summary>Whether eight scores can be combined at once, to the same bits.</summary>
    static abstract bool HasVectors { get; }

    double Term(double classWeight);

    double Combine(double termSum, double weight);

    /// <summary>Eight scores at once, where <see cref="HasVectors"/>.</summary>
    Vector512<double> Combine(Vector512<double> termSum, Vector512<double> weight);
}

/// <summary>Gini's impurity of K classes: S = Σc²/W.</summary>
internal readonly struct GiniTerms : IClassCriterion
{
    public static bool IsSumOfSquares => true;

    public static bool HasVectors => true;

    public double Term(double classWeight) => classWeight * classWeight;

    public double Combine(double termSum, double weight) => termSum / weight;

    public Vector512<double> Combine(Vector512<double> termSum, Vector512<double> weight) => termSum / weight;
}

/// <summary>The entropy of K classes in bits: S = Σ c·log₂ c − W·log₂ W.</summary>
internal readonly struct EntropyTerms(EntropyTerm term) : IClassCriterion
{
    public static bool IsSumOfSquares => false;

    public static bool HasVectors => false;

    public double Term(double classWeight) => term.Of(classWeight);

    public double Combine(double termSum, double weight) => termSum - term.Of(weight);

    public Vector512<double> Combine(Vector512<double> termSum, Vector512<double> weight) => throw new UnreachableException();
}
