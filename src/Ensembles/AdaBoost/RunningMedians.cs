using Ensembles.Data;
using Ensembles.Learners;
using Ensembles.Numerics;

namespace Ensembles.AdaBoost;

/// <summary>The weighted medians of what the members so far predict for rows, member after member.</summary>
/// <param name="rows">The rows, under the schema of the members.</param>
/// <param name="threads">The most threads to use.</param>
internal sealed class RunningMedians(RowChunks rows, int threads)
{
    // By row: the predictions so far, rising, and the weights of their members.
    private readonly double[][] _values = new double[rows.RowCount][];
    private readonly double[][] _weights = new double[rows.RowCount][];
    private int _count;

    /// <summary>Adds a member.</summary>
    /// <param name="member">The member.</param>
    /// <param name="weight">Its weight.</param>
    /// <param name="medians">The median of each row with it, to be overwritten.</param>
    public void Add(RegressionModel member, double weight, double[] medians)
    {
        int capacity = _count == 0 ? 8 : _count == _values[0].Length ? 2 * _count : _values[0].Length;
        ParallelWork.For(rows.Count, threads, CancellationToken.None, chunk =>
        {
            int first = RowChunks.FirstRow(chunk);
            int count = rows.RowsOf(chunk);
            member.PredictBlock(rows.Rows(chunk), medians.AsSpan(first, count));
            for (int r = first; r < first + count; r++)
            {
                Array.Resize(ref _values[r], capacity);
                Array.Resize(ref _weights[r], capacity);
                Insert(_values[r], _weights[r], medians[r], weight);
                medians[r] = WeightedQuantile.LowerMedianOfSorted(_values[r].AsSpan(0, _count + 1), _weights[r].AsSpan(0, _count + 1));
            }
        });
        _count++;
    }

    private void Insert(double[] values, double[] weights, double value, double weight)
    {
        int at = _count;
        while (at > 0 && values[at - 1] > value)
        {
            values[at] = values[at - 1];
            weights[at] = weights[at - 1];
            at--;
        }

        values[at] = value;
        weights[at] = weight;
    }
}
