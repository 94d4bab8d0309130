using System.Numerics;
using Ensembles.Trees.Growing;

namespace Ensembles.Trees.Criteria;

/// <summary>Gini's impurity or the entropy of class weights; leaves hold the share of each class.</summary>
/// <param name="labels">The class of each row of the table.</param>
/// <param name="weights">The weight of each row of the table.</param>
/// <param name="classCount">The number of classes.</param>
/// <param name="kind">The impurity.</param>
internal sealed class ImpurityCriterion(int[] labels, double[] weights, int classCount, ClassificationCriterion kind) : Criterion(weights)
{
    private readonly EntropyTerm _entropy = kind == ClassificationCriterion.Entropy ? EntropyTerm.For(weights) : default;
    private readonly double[] _classWeights = new double[classCount];
    private double[]? _pairs;
    private long[]? _words;

    // The words of the rows where there are many classes and they are counted.
    private long[]? _counted;

    public override int ValueWidth => classCount;

    /// <summary>What is known of rows by the weights of their classes, with Gini's impurity.</summary>
    /// <param name="classWeights">The weight of each class, whole numbers or not.</param>
    /// <param name="total">Their sum.</param>
    /// <param name="rowCount">The number of rows.</param>
    public static NodeSummary GiniSummary<TWeight>(ReadOnlySpan<TWeight> classWeights, double total, int rowCount)
        where TWeight : struct, INumber<TWeight>
    {
        int present = 0;
        foreach (TWeight weight in classWeights)
        {
            present += weight > TWeight.Zero ? 1 : 0;
        }

        if (present <= 1)
        {
            return new NodeSummary(total, rowCount, 0, true);
        }

        double squares = 0;
        foreach (TWeight weight in classWeights)
        {
            double share = double.CreateTruncating(weight) / total;
            squares += share * share;
        }

        return new NodeSummary(total, rowCount, 1 - squares, false);
    }

    public override NodeSummary Summarize(ReadOnlySpan<int> rows)
    {
        double total = AddUp(rows);
        if (kind == ClassificationCriterion.Gini)
        {
            return GiniSummary<double>(_classWeights, total, rows.Length);
        }

        int present = 0;
        double terms = 0;
        foreach (double weight in _classWeights)
        {
            present += weight > 0 ? 1 : 0;
            terms += _entropy.Of(weight);
        }

        return new NodeSummary(total, rows.Length, present <= 1 ? 0 : (_entropy.Of(total) - terms) / total, present <= 1);
    }

    public override void Value(ReadOnlySpan<int> rows, Span<double> value)
    {
        double total = AddUp(rows);
        for (int k = 0; k < value.Length; k++)
        {
            value[k] = _classWeights[k] / total;
        }
    }

    public override SplitFinder CreateFinder(ISplitFinderFactory factory)
    {
        bool entropy = kind == ClassificationCriterion.Entropy;
        if (classCount > 2)
        {
            if (entropy)
            {
                return factory.Create(
                    new ClassAccumulator<EntropyTerms>(labels, Weights, classCount, words: null, new EntropyTerms(_entropy)));
            }

            bool packs = factory.PacksSums && classCount <= ClassCountScan.MaxClasses;
            _counted = packs ? ClassCountScan.TryPack(labels, Weights, ref _words) : null;
            return factory.Create(new ClassAccumulator<GiniTerms>(labels, Weights, classCount, _counted, default));
        }

        double[] pairs = _pairs ??= new double[2 * labels.Length];
        for (int r = 0; r < labels.Length; r++)
        {
            pairs[2 * r] = Weights[r];
            pairs[(2 * r) + 1] = labels[r] * Weights[r];
        }

        return entropy
            ? factory.Create(new PairAccumulator<BinaryEntropyScore>(pairs, packed: null, new BinaryEntropyScore(_entropy)))
            : factory.Create(new PairAccumulator<BinaryGiniScore>(pairs, factory.PacksSums ? PackedPairs.TryCreate(pairs, ref _words) : null, default));
    }

    private double AddUp(ReadOnlySpan<int> rows)
    {
        Array.Clear(_classWeights);
        if (_counted is not null)
        {
            ClassCountScan.AddUp(_counted, rows, _classWeights);
        }
        else if (_pairs is null)
        {
            foreach (int row in rows)
            {
                _classWeights[labels[row]] += Weights[row];
            }
        }
        else
        {
            // Of two classes the split finder reads the pairs as well: a row costs one line of memory. One of the differences is 0.
            double first = 0;
            double second = 0;
            foreach (int row in rows)
            {
                double ofSecond = _pairs[(2 * row) + 1];
                first += _pairs[2 * row] - ofSecond;
                second += ofSecond;
            }

            _classWeights[0] = first;
            _classWeights[classCount - 1] += second;
        }

        double total = 0;
        foreach (double weight in _classWeights)
        {
            total += weight;
        }

        return total;
    }
}
