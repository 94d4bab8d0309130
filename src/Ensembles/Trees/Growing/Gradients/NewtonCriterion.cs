using Ensembles.Trees.Criteria;

namespace Ensembles.Trees.Growing.Gradients;

/// <summary>The second-order objective over gradients that change with every tree; leaves hold its best weight.</summary>
/// <param name="rowCount">The number of rows of the table.</param>
/// <param name="score">The objective.</param>
internal sealed class NewtonCriterion(int rowCount, NewtonScore score) : Criterion([])
{
    private readonly float[] _pairs = new float[2 * (nint)rowCount];

    public override int ValueWidth => 1;

    /// <summary>Scans the gradients as they are now.</summary>
    public NewtonAccumulator Accumulator => new(_pairs, score);

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

    /// <summary>The impurity of a node is its gradients' and has no name; it is never pure, as a gain that is too small says the same.</summary>
    public override NodeSummary Summarize(ReadOnlySpan<int> rows) =>
        new(NewtonAccumulator.Sum(_pairs, rows).Hessian, rows.Length, 0, false);

    public override void Value(ReadOnlySpan<int> rows, Span<double> value)
    {
        (double gradient, double hessian) = NewtonAccumulator.Sum(_pairs, rows);
        value[0] = score.Weight(gradient, hessian);
    }

    public override SplitFinder CreateFinder(ISplitFinderFactory factory) => factory.Create(Accumulator);

    /// <summary>A split must gain more than the least gain, by which it is compared as it is.</summary>
    public override bool IsEnough(in SplitCandidate split, double minGain) => split.Gain > minGain;
}
