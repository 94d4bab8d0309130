using Ensembles.Trees.Growing;
using Ensembles.Trees.Growing.Gradients;

namespace Ensembles.Trees.Criteria;

/// <summary>
/// The targets and weights of a fit and what a tree is to make small in them. It tells what a node is worth and predicts,
/// and hands a split finder the accumulator struct that fits the criterion.
/// </summary>
/// <param name="weights">The weight of each row of the table; rows of weight 0 are in no node.</param>
internal abstract class Criterion(double[] weights)
{
    // Rounding of a sum of n terms stays far below this; a gain this small is no gain.
    private const double RelativeTolerance = 1e-13;

    /// <summary>The weight of each row of the table.</summary>
    public double[] Weights { get; } = weights;

    /// <summary>How many values a leaf has.</summary>
    public abstract int ValueWidth { get; }

    /// <summary>What is known of a set of rows.</summary>
    public abstract NodeSummary Summarize(ReadOnlySpan<int> rows);

    /// <summary>What a leaf of these rows predicts.</summary>
    public abstract void Value(ReadOnlySpan<int> rows, Span<double> value);

    /// <summary>
    /// Makes a split finder with the accumulator of this criterion, by the weights as they are now. It may take arrays over from the
    /// finder made before, which must not be used any more.
    /// </summary>
    public abstract SplitFinder CreateFinder(ISplitFinderFactory factory);

    /// <summary>The weight by which <c>MinImpurityDecrease</c> is multiplied to compare it with gains.</summary>
    public virtual double ImpurityScale(double totalWeight) => totalWeight;

    /// <summary>Whether a split gains enough to be made.</summary>
    /// <param name="split">The best split of a node.</param>
    /// <param name="minGain">See <see cref="GrowthLimits.MinGain"/>.</param>
    public virtual bool IsEnough(in SplitCandidate split, double minGain) => split.Gain + GainTolerance(split.Score) >= minGain;

    /// <summary>What the split of a node that has constraints leaves to its children.</summary>
    /// <param name="node">The node.</param>
    /// <param name="left">The rows of its left child.</param>
    /// <param name="right">The rows of its right child.</param>
    public virtual (NodeConstraints? Left, NodeConstraints? Right) Constrain(
        in GrowingNode node, ReadOnlySpan<int> left, ReadOnlySpan<int> right) => (null, null);

    /// <summary>How far below its true value rounding may take the gain of a split of this score.</summary>
    public static double GainTolerance(double score) => RelativeTolerance * Math.Abs(score);
}

/// <summary>Makes a split finder for a kind of accumulator: how a criterion's struct becomes a generic argument.</summary>
internal interface ISplitFinderFactory
{
    /// <summary>
    /// Whether sums are made exact where they can be, and targets rounded for it: by sorted columns as by bins, so that both part the rows alike.
    /// </summary>
    bool PacksSums { get; }

    SplitFinder Create<TAccumulator>(TAccumulator accumulator)
        where TAccumulator : struct, ISplitAccumulator<TAccumulator>;
}
