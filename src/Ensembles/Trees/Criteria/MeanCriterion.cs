using Ensembles.Numerics;
using Ensembles.Trees.Growing;

namespace Ensembles.Trees.Criteria;

/// <summary>Squared error, Friedman's improvement or Poisson deviance; leaves hold the mean.</summary>
/// <param name="targets">The target of each row of the table.</param>
/// <param name="weights">The weight of each row of the table.</param>
/// <param name="kind">One of the three.</param>
internal sealed class MeanCriterion(double[] targets, double[] weights, RegressionCriterion kind) : Criterion(weights)
{
    private double[]? _pairs;
    private long[]? _words;

    public override int ValueWidth => 1;

    public override NodeSummary Summarize(ReadOnlySpan<int> rows)
    {
        double mean = Mean(rows, out double weight, out bool constant);
        if (constant)
        {
            return new NodeSummary(weight, rows.Length, 0, true);
        }

        double sum = 0;
        foreach (int row in rows)
        {
            double y = targets[row];
            double offset = y - mean;
            sum += Weights[row] * (kind == RegressionCriterion.Poisson ? Deviance(y, mean) : offset * offset);
        }

        return new NodeSummary(weight, rows.Length, sum / weight, false);
    }

    public override void Value(ReadOnlySpan<int> rows, Span<double> value) => value[0] = Mean(rows, out _, out _);

    /// <summary>
    /// Friedman's improvement w_l·w_r/(w_l + w_r)·(ȳ_l − ȳ_r)² is what a split takes off the sum of squares; peers do not
    /// divide it by the weight of the training set, as they do with the other criteria.
    /// </summary>
    public override double ImpurityScale(double totalWeight) => kind == RegressionCriterion.FriedmanImprovement ? 1 : totalWeight;

    public override SplitFinder CreateFinder(ISplitFinderFactory factory)
    {
        // Sums of squares are the same around any centre, and lose least around the mean.
        double centre = kind == RegressionCriterion.Poisson ? 0 : TargetCentre.Of(targets, Weights);
        double[] pairs = _pairs ??= new double[2 * targets.Length];
        for (int r = 0; r < targets.Length; r++)
        {
            pairs[2 * r] = Weights[r];
            pairs[(2 * r) + 1] = Weights[r] * (targets[r] - centre);
        }

        bool packs = factory.PacksSums && kind != RegressionCriterion.Poisson;
        PackedPairs? packed = packs ? PackedPairs.TryCreate(pairs, ref _words) : null;
        return kind == RegressionCriterion.Poisson
            ? factory.Create(new PairAccumulator<PoissonScore>(pairs, packed: null, new PoissonScore(LeastPositive(pairs))))
            : factory.Create(new PairAccumulator<SquaredErrorScore>(pairs, packed, default));
    }

    // Half the deviance y·ln(y/mean) − (y − mean); the second part adds up to 0 over a node.
    private static double Deviance(double y, double mean) => y == 0 ? 0 : y * DeterministicMath.Log(y / mean);

    private static double LeastPositive(double[] pairs)
    {
        double least = double.PositiveInfinity;
        for (int i = 1; i < pairs.Length; i += 2)
        {
            least = pairs[i] > 0 ? Math.Min(least, pairs[i]) : least;
        }

        return least;
    }

    private double Mean(ReadOnlySpan<int> rows, out double weight, out bool constant)
    {
        double first = targets[rows[0]];
        double sum = 0;
        weight = 0;
        constant = true;
        foreach (int row in rows)
        {
            double y = targets[row];
            constant &= y == first;
            sum += Weights[row] * y;
            weight += Weights[row];
        }

        // A weighted sum of equal values, divided by the weight, may miss the value by a rounding error.
        return constant ? first : sum / weight;
    }
}
