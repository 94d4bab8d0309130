using System.Buffers;
using System.Collections;
using System.Runtime.InteropServices;
using Ensembles.Data;
using Ensembles.Learners;
using Ensembles.Numerics;

namespace Ensembles.Bagging;

/// <summary>Adds up what the members of a bagged ensemble say, always in their order.</summary>
/// <typeparam name="TModel">The kind of the members.</typeparam>
/// <param name="members">The members.</param>
/// <param name="width">The number of features of the ensemble.</param>
/// <param name="outputCount">The number of outputs of each member and of the ensemble.</param>
/// <param name="majority">Whether a member counts as one vote for its greatest output.</param>
internal sealed class BaggedPrediction<TModel>(BaggingMember<TModel>[] members, int width, int outputCount, bool majority)
    where TModel : Model
{
    /// <summary>Rows that pass one member after the other together.</summary>
    private const int BlockSize = 64;

    // Between two looks at the token.
    private const int RowsPerTask = 1024;

    private const int StackCells = 256;

    /// <summary>Writes the means over the members for rows given row-major.</summary>
    public void Predict(ReadOnlySpan<double> rows, int count, Span<double> output)
    {
        for (int first = 0; first < count; first += BlockSize)
        {
            int n = Math.Min(BlockSize, count - first);
            ReadOnlySpan<double> block = rows.Slice(first * width, n * width);
            Span<double> sums = output.Slice(first * outputCount, n * outputCount);
            sums.Clear();
            foreach (BaggingMember<TModel> member in members)
            {
                Add(member, block, n, sums);
            }

            for (int i = 0; i < sums.Length; i++)
            {
                sums[i] /= members.Length;
            }
        }
    }

    /// <summary>Adds for each training row what the members say that did not draw it.</summary>
    /// <param name="data">The training rows.</param>
    /// <param name="drawn">For each member the rows that it drew.</param>
    /// <param name="sums">Rows × outputs, added to.</param>
    /// <param name="memberCounts">By row the number of members, added to.</param>
    /// <param name="threads">The most threads to use.</param>
    /// <param name="cancellationToken">Ends it early.</param>
    public void AddOutOfBag(
        Dataset data, BitArray[] drawn, double[] sums, int[] memberCounts, int threads, CancellationToken cancellationToken)
    {
        int tasks = (data.RowCount + RowsPerTask - 1) / RowsPerTask;
        ParallelWork.For(
            tasks,
            threads,
            cancellationToken,
            () => new double[BlockSize * (width + outputCount)],
            (task, scratch) =>
            {
                var rows = new List<int>(RowsPerTask);
                int last = Math.Min(data.RowCount, (task + 1) * RowsPerTask);
                for (int m = 0; m < members.Length; m++)
                {
                    rows.Clear();
                    for (int r = task * RowsPerTask; r < last; r++)
                    {
                        // A row of weight 0 counts as absent: it is in no sample and in no estimate.
                        if (!drawn[m][r] && (!data.IsWeighted || data.WeightArray[r] > 0))
                        {
                            rows.Add(r);
                            memberCounts[r]++;
                        }
                    }

                    AddRows(members[m], data.Features, rows, sums, scratch);
                }
            });
    }

    private void AddRows(BaggingMember<TModel> member, FeatureTable table, List<int> rows, double[] sums, double[] scratch)
    {
        for (int first = 0; first < rows.Count; first += BlockSize)
        {
            int n = Math.Min(BlockSize, rows.Count - first);
            Span<double> cells = scratch.AsSpan(0, n * width);
            Span<double> output = scratch.AsSpan(BlockSize * width, n * outputCount);
            ReadOnlySpan<int> block = CollectionsMarshal.AsSpan(rows).Slice(first, n);
            table.GatherRows(block, cells);
            for (int i = 0; i < n; i++)
            {
                sums.AsSpan(block[i] * outputCount, outputCount).CopyTo(output[(i * outputCount)..]);
            }

            Add(member, cells, n, output);
            for (int i = 0; i < n; i++)
            {
                output.Slice(i * outputCount, outputCount).CopyTo(sums.AsSpan(block[i] * outputCount));
            }
        }
    }

    /// <summary>Adds what one member says of at most <see cref="BlockSize"/> rows.</summary>
    private void Add(BaggingMember<TModel> member, ReadOnlySpan<double> rows, int count, Span<double> sums)
    {
        int[]? columns = member.ColumnArray;
        int gathered = columns is null ? 0 : count * columns.Length;
        int cells = gathered + (count * outputCount);
        double[]? rented = cells <= StackCells ? null : ArrayPool<double>.Shared.Rent(cells);
        Span<double> scratch = rented is null ? stackalloc double[StackCells] : rented;
        Span<double> output = scratch.Slice(gathered, count * outputCount);
        if (columns is null)
        {
            member.Model.PredictBlock(rows, count, output);
        }
        else
        {
            Gather(rows, count, columns, scratch);
            member.Model.PredictBlock(scratch[..gathered], count, output);
        }

        for (int r = 0; r < count; r++)
        {
            ReadOnlySpan<double> said = output.Slice(r * outputCount, outputCount);
            Span<double> sum = sums.Slice(r * outputCount, outputCount);
            if (majority)
            {
                sum[ClassificationModel.IndexOfMax(said)]++;
                continue;
            }

            for (int k = 0; k < said.Length; k++)
            {
                sum[k] += said[k];
            }
        }

        if (rented is not null)
        {
            ArrayPool<double>.Shared.Return(rented);
        }
    }

    private void Gather(ReadOnlySpan<double> rows, int count, int[] columns, Span<double> destination)
    {
        for (int r = 0; r < count; r++)
        {
            ReadOnlySpan<double> row = rows.Slice(r * width, width);
            Span<double> gathered = destination.Slice(r * columns.Length, columns.Length);
            for (int c = 0; c < columns.Length; c++)
            {
                gathered[c] = row[columns[c]];
            }
        }
    }
}
