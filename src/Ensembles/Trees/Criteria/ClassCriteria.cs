namespace Ensembles.Trees.Criteria;

/// <summary>A criterion of K class weights c that is made of one term a class: S = Combine(Σ Term(c), Σ c).</summary>
internal interface IClassCriterion
{
    double Term(double classWeight);

    double Combine(double termSum, double weight);
}

/// <summary>Gini's impurity of K classes: S = Σc²/W.</summary>
internal readonly struct GiniTerms : IClassCriterion
{
    public double Term(double classWeight) => classWeight * classWeight;

    public double Combine(double termSum, double weight) => termSum / weight;
}

/// <summary>The entropy of K classes in bits: S = Σ c·log₂ c − W·log₂ W.</summary>
internal readonly struct EntropyTerms(EntropyTerm term) : IClassCriterion
{
    public double Term(double classWeight) => term.Of(classWeight);

    public double Combine(double termSum, double weight) => termSum - term.Of(weight);
}
