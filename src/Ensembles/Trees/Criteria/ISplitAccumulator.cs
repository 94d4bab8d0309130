using Ensembles.Trees.Growing;

namespace Ensembles.Trees.Criteria;

/// <summary>
/// The running state of a scan over the rows of one node: at first all lie right of the split, then they move left, one by
/// one or bin by bin, and between moves the split is scored. A criterion is one struct of this kind, given to the split
/// finders as a generic argument, so that each criterion gets a loop of its own from the compiler.
/// </summary>
/// <typeparam name="TSelf">The implementing struct.</typeparam>
internal interface ISplitAccumulator<TSelf>
    where TSelf : struct, ISplitAccumulator<TSelf>
{
    /// <summary>
    /// Whether the score is a function of sums over the rows, so that rows may move as sums (<see cref="MoveSums"/>); if not
    /// (absolute error), only single rows move.
    /// </summary>
    static abstract bool IsAdditive { get; }

    /// <summary>
    /// Whether the best split of categories in two sets is among the splits of their order by <see cref="OrderCategories"/>
    /// (Breiman et al. 1984, theorem 4.5: true for two classes and squared error).
    /// </summary>
    static abstract bool OrderHoldsBestSplit { get; }

    /// <summary>How many sums a bin of rows has.</summary>
    int SumWidth { get; }

    /// <summary>S(node).</summary>
    double NodeScore { get; }

    /// <summary>The weight that lies left of the split.</summary>
    double LeftWeight { get; }

    /// <summary>The weight that lies right of the split.</summary>
    double RightWeight { get; }

    /// <summary>An accumulator over the same targets with a state of its own, for another thread.</summary>
    TSelf Fork();

    /// <summary>Takes up a node; all its rows lie right.</summary>
    /// <param name="node">The node.</param>
    /// <param name="rows">Its rows.</param>
    void Enter(in GrowingNode node, ReadOnlySpan<int> rows);

    /// <summary>Says which feature the splits that follow are of, for criteria to which that matters.</summary>
    /// <param name="feature">The feature; −1 where its values are parted from missing ones, with which they have no order.</param>
    void Take(int feature);

    /// <summary>Puts all rows of the node right again.</summary>
    void Reset();

    /// <summary>Moves one row from the right to the left.</summary>
    void Move(int row);

    /// <summary>Moves the rows whose cell is at most a threshold, and returns how many these are.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="cells">The cell of each of these rows; NaN does not move.</param>
    /// <param name="threshold">The threshold.</param>
    int MoveUpTo(ReadOnlySpan<int> rows, ReadOnlySpan<double> cells, double threshold);

    /// <summary>Moves the rows of a bin from the right to the left.</summary>
    /// <param name="sums"><see cref="SumWidth"/> sums, as <see cref="AddToBin"/> makes them.</param>
    void MoveSums(ReadOnlySpan<double> sums);

    /// <summary>S(left) + S(right), or −∞ where the criterion does not allow the split.</summary>
    double Score();

    /// <summary>Makes what scores the thresholds between bins, for criteria that histograms serve.</summary>
    BinScan CreateBinScan();

    /// <summary>Adds one row to the sums of its bin.</summary>
    void AddToBin(int row, Span<double> sums);

    /// <summary>A number a category, by whose order sets of categories are tried.</summary>
    /// <param name="sums">Categories × <see cref="SumWidth"/>, none of them without rows.</param>
    /// <param name="keys">One place a category.</param>
    void OrderCategories(ReadOnlySpan<double> sums, Span<double> keys);
}
