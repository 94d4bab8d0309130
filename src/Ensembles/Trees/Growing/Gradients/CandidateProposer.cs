using Ensembles.Data.Sorting;
using Ensembles.Numerics;

namespace Ensembles.Trees.Growing.Gradients;

/// <summary>
/// Proposes the thresholds of the approximate method (Chen and Guestrin 2016, section 3.2): those that part the rows in groups of about the
/// same hessian sum, found by a weighted quantile sketch in one pass over a sorted column (section 4.1).
/// </summary>
/// <param name="pairs">For each row of the table its hessian and its gradient, side by side.</param>
/// <param name="epsilon">The share of the hessian sum between two candidates.</param>
/// <param name="isPerNode">Whether each node has candidates of its own; otherwise they are proposed once a tree.</param>
internal sealed class CandidateProposer(float[] pairs, double epsilon, bool isPerNode)
{
    // The sketch is this much finer than the groups, so that its error is none to speak of.
    private const double Finer = 8;

    public bool IsPerNode => isPerNode;

    /// <summary>The ranks, rising, that end a group: thresholds may lie between one of them and the next value.</summary>
    /// <param name="entries">Entries of a sorted column that have a value.</param>
    public int[] Propose(ReadOnlySpan<long> entries)
    {
        var sketch = new WeightedQuantileSketch(entries.Length, epsilon / Finer);
        foreach (long entry in entries)
        {
            sketch.Add(SortedColumns.Rank(entry), pairs[2 * (nint)SortedColumns.Row(entry)]);
        }

        return Array.ConvertAll(sketch.Summarize().GroupEnds(epsilon), rank => (int)rank);
    }
}
