using Ensembles.Numerics;
using Ensembles.Trees.Growing;

namespace Ensembles.Trees.Criteria;

/// <summary>Absolute error; leaves hold the weighted median.</summary>
/// <param name="targets">The target of each row of the table.</param>
/// <param name="weights">The weight of each row of the table.</param>
internal sealed class MedianCriterion(double[] targets, double[] weights) : Criterion(weights)
{
    public override int ValueWidth => 1;

    public override NodeSummary Summarize(ReadOnlySpan<int> rows)
    {
        double median = Median(rows, out double weight);
        double sum = 0;
        foreach (int row in rows)
        {
            sum += Weights[row] * Math.Abs(targets[row] - median);
        }

        return new NodeSummary(weight, rows.Length, sum / weight, sum == 0);
    }

    public override void Value(ReadOnlySpan<int> rows, Span<double> value) => value[0] = Median(rows, out _);

    public override SplitFinder CreateFinder(ISplitFinderFactory factory)
    {
        // Deviations are the same around any centre, and their sums lose least around the mean.
        double centre = TargetCentre.Of(targets, Weights);
        return factory.Create(new AbsoluteErrorAccumulator(Array.ConvertAll(targets, y => y - centre), Weights));
    }

    private double Median(ReadOnlySpan<int> rows, out double weight)
    {
        var values = new double[rows.Length];
        var valueWeights = new double[rows.Length];
        weight = 0;
        for (int i = 0; i < rows.Length; i++)
        {
            values[i] = targets[rows[i]];
            valueWeights[i] = Weights[rows[i]];
            weight += valueWeights[i];
        }

        return WeightedQuantile.Median(values, valueWeights);
    }
}
