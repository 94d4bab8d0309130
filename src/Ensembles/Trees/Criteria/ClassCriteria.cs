namespace Ensembles.Trees.Criteria;

/// <summary>A criterion of K class weights c that is made of one term a class: S = Combine(Σ Term(c), Σ c).</summary>
internal interface IClassCriterion
{
    static abstract double Term(double classWeight);

    static abstract double Combine(double termSum, double weight);
}

/// <summary>Gini's impurity of K classes: S = Σc²/W.</summary>
internal readonly struct GiniTerms : IClassCriterion
{
    public static double Term(double classWeight) => classWeight * classWeight;

    public static double Combine(double termSum, double weight) => termSum / weight;
}

/// <summary>The entropy of K classes in bits: S = Σ c·log₂ c − W·log₂ W.</summary>
internal readonly struct EntropyTerms : IClassCriterion
{
    public static double Term(double classWeight) => Entropy.Term(classWeight);

    public static double Combine(double termSum, double weight) => termSum - Entropy.Term(weight);
}
