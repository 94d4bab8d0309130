using Ensembles.Data;
using Ensembles.Learners;
using Ensembles.Numerics;

namespace Ensembles.AdaBoost;

/// <summary>
/// What members add to the scores of the classes, and what the scores say. With SAMME the score of class k is the sum of the weights α of
/// the members that vote for k; with SAMME.R the sum of (K − 1)·(ln p_k − mean of ln p).
/// </summary>
internal sealed class ClassScore
{
    // Where a leaf is pure, the logarithm needs some probability of the other classes: 2⁻⁵², as in scikit-learn.
    private const double LeastProbability = 1.0 / (1L << 52);

    private readonly AdaBoostAlgorithm _algorithm;
    private readonly double _learningRate;
    private readonly bool[] _isPresent;

    /// <param name="recipe">The hyper-parameters.</param>
    /// <param name="data">The training rows, all of weight above 0.</param>
    public ClassScore(AdaBoostClassifier recipe, ClassificationDataset data)
        : this(recipe, Array.ConvertAll(data.CountByClass(), count => count > 0))
    {
    }

    /// <param name="recipe">The hyper-parameters.</param>
    /// <param name="isPresent">By class whether it has rows.</param>
    public ClassScore(AdaBoostClassifier recipe, bool[] isPresent)
    {
        _algorithm = recipe.Algorithm;
        _learningRate = recipe.LearningRate;
        _isPresent = isPresent;
        PresentCount = _isPresent.Count(present => present);
    }

    /// <summary>K: the number of classes that have rows.</summary>
    public int PresentCount { get; }

    /// <summary>The number of classes that rows can have.</summary>
    public int ClassCount => _isPresent.Length;

    /// <summary>Whether a member counts as one vote; otherwise by the logarithms of its probabilities.</summary>
    public bool CountsVotes => _algorithm == AdaBoostAlgorithm.Samme || PresentCount == 1;

    /// <summary>By what scores are multiplied before they become probabilities.</summary>
    public double Scale => CountsVotes ? 1 : _learningRate / (PresentCount - 1);

    /// <summary>The number of values of the decision function: one for two classes, otherwise one a class.</summary>
    public int DecisionWidth => ClassCount == 2 ? 1 : ClassCount;

    /// <summary>A probability that has a logarithm.</summary>
    public static double Displace(double probability) => Math.Max(probability, LeastProbability);

    /// <summary>Whether a class has training rows.</summary>
    public bool IsPresent(int k) => _isPresent[k];

    /// <summary>Adds what a member says of a row.</summary>
    /// <param name="probabilities">The probabilities that the member gives.</param>
    /// <param name="weight">The weight of the member.</param>
    /// <param name="scores">One a class.</param>
    public void Add(ReadOnlySpan<double> probabilities, double weight, Span<double> scores)
    {
        if (CountsVotes)
        {
            scores[ClassificationModel.IndexOfMax(probabilities)] += weight;
            return;
        }

        double sum = 0;
        for (int k = 0; k < probabilities.Length; k++)
        {
            sum += _isPresent[k] ? DeterministicMath.Log(Displace(probabilities[k])) : 0;
        }

        double mean = sum / PresentCount;
        for (int k = 0; k < probabilities.Length; k++)
        {
            scores[k] += _isPresent[k] ? (PresentCount - 1) * (DeterministicMath.Log(Displace(probabilities[k])) - mean) : 0;
        }
    }

    /// <summary>The decision function: the scores of a row, or of two classes their difference, over the weight of all members.</summary>
    public void Decide(ReadOnlySpan<double> scores, double totalWeight, Span<double> decision)
    {
        if (totalWeight == 0)
        {
            decision.Clear();
            return;
        }

        if (ClassCount == 2)
        {
            decision[0] = (scores[1] - scores[0]) / totalWeight;
            return;
        }

        for (int k = 0; k < decision.Length; k++)
        {
            decision[k] = scores[k] / totalWeight;
        }
    }

    /// <summary>Turns the scores of a row into probabilities, in place.</summary>
    /// <remarks>
    /// They are exp(F_k/(K − 1)) over the sum of these, where F is the additive model of the paper: F_k = Σ β·g_k with
    /// β = (K − 1)²/K·α, g_k = 1 for the class that a member votes for and −1/(K − 1) for the others. By one vote the F_k/(K − 1) of two
    /// classes come to differ by α, so F_k/(K − 1) is the sum of the α that vote for k, up to a term that is the same for all classes. Of
    /// two classes this is σ(2F) with F = Σ ½α·h and h = ±1.
    /// </remarks>
    public void ToProbabilities(Span<double> scores)
    {
        double scale = Scale;
        double largest = double.NegativeInfinity;
        for (int k = 0; k < scores.Length; k++)
        {
            largest = _isPresent[k] ? Math.Max(largest, scores[k]) : largest;
        }

        double sum = 0;
        for (int k = 0; k < scores.Length; k++)
        {
            scores[k] = _isPresent[k] ? DeterministicMath.Exp(scale * (scores[k] - largest)) : 0;
            sum += scores[k];
        }

        foreach (ref double score in scores)
        {
            score /= sum;
        }
    }
}
