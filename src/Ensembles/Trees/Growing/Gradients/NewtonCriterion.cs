using Ensembles.Trees.Criteria;

namespace Ensembles.Trees.Growing.Gradients;

/// <summary>The second-order objective over gradients that change with every tree; leaves hold its best weight.</summary>
/// <param name="rowCount">The number of rows of the table.</param>
/// <param name="score">The objective.</param>
/// <param name="constraints">Monotone and interaction constraints, or null.</param>
internal sealed class NewtonCriterion(int rowCount, NewtonScore score, GrowthConstraints? constraints) : Criterion([])
{
    private readonly float[] _pairs = new float[2 * (nint)rowCount];

    public override int ValueWidth => 1;

    /// <summary>Scans the gradients as they are now.</summary>
    public NewtonAccumulator Accumulator => new(_pairs, score, constraints);

    /// <summary>Proposes candidates by the hessians as they are now.</summary>
    public CandidateProposer Proposer(double epsilon, bool isPerNode) => new(_pairs, epsilon, isPerNode);

    /// <summary>Takes up the gradients of a tree.</summary>
    /// <exception cref="ArgumentException">One of them is not finite.</exception>
    public void Take(float[] gradients, float[] hessians)
    {
        bool finite = true;
        for (int r = 0; r < gradients.Length; r++)
        {
            finite &= float.IsFinite(gradients[r]) && float.IsFinite(hessians[r]);
            _pairs[2 * (nint)r] = hessians[r];
            _pairs[(2 * (nint)r) + 1] = gradients[r];
        }

        if (!finite)
        {
            throw GradientRange.Left();
        }
    }

    /// <summary>A node has no impurity, and is never pure: that its best split gains too little says as much.</summary>
    public override NodeSummary Summarize(ReadOnlySpan<int> rows) =>
        new(NewtonAccumulator.Sum(_pairs, rows).Hessian, rows.Length, 0, false);

    public override void Value(ReadOnlySpan<int> rows, Span<double> value) => value[0] = Weight(rows);

    public override SplitFinder CreateFinder(ISplitFinderFactory factory) => factory.Create(Accumulator);

    public override (NodeConstraints? Left, NodeConstraints? Right) Constrain(
        in GrowingNode node, ReadOnlySpan<int> left, ReadOnlySpan<int> right) =>
        constraints!.Split(
            node.Constraints!, node.Split, node.Constraints!.Clamp(Weight(left)), node.Constraints.Clamp(Weight(right)));

    /// <summary>A split must gain more than the least gain, by which it is compared as it is.</summary>
    public override bool IsEnough(in SplitCandidate split, double minGain) => split.Gain > minGain;

    private double Weight(ReadOnlySpan<int> rows)
    {
        (double gradient, double hessian) = NewtonAccumulator.Sum(_pairs, rows);
        return score.Weight(gradient, hessian);
    }
}
