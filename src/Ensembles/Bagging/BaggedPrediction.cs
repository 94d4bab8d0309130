using System.Buffers;
using System.Collections;
using System.Runtime.InteropServices;
using Ensembles.Data;
using Ensembles.Explanation;
using Ensembles.Learners;
using Ensembles.Numerics;
using Ensembles.Prediction;
using Ensembles.Trees;

namespace Ensembles.Bagging;

/// <summary>Adds up what the members of a bagged ensemble say, always in their order.</summary>
/// <typeparam name="TModel">The kind of the members.</typeparam>
internal sealed class BaggedPrediction<TModel>
    where TModel : Model
{
    /// <summary>Rows that pass one member after the other together.</summary>
    private const int BlockSize = 512;

    // Between two looks at the token.
    private const int RowsPerTask = 1024;

    private const int StackCells = 256;

    private readonly BaggingMember<TModel>[] _members;
    private readonly int _width;
    private readonly int _outputCount;
    private readonly bool _majority;

    // Members that are one tree each are predicted as the trees of one ensemble.
    private readonly TreeEnsemble? _trees;

    /// <param name="members">The members.</param>
    /// <param name="width">The number of features of the ensemble.</param>
    /// <param name="outputCount">The number of outputs of each member and of the ensemble.</param>
    /// <param name="majority">Whether a member counts as one vote for its greatest output.</param>
    public BaggedPrediction(BaggingMember<TModel>[] members, int width, int outputCount, bool majority)
    {
        _members = members;
        _width = width;
        _outputCount = outputCount;
        _majority = majority;
        if (Array.TrueForAll(members, member => member.Model is ITreeModel))
        {
            Tree[] trees = Array.ConvertAll(members, TreeOf);
            _trees = majority ? TreeEnsemble.OfVotes(trees) : TreeEnsemble.OfValues(trees);
        }

        Batches = (IBatchPrediction?)_trees
            ?? new MemberLoop(members.Select(member => member.Model), members.Select(member => member.ColumnArray));
    }

    /// <summary>What batches are predicted with.</summary>
    public IBatchPrediction Batches { get; }

    /// <summary>What the members add up to.</summary>
    /// <param name="schema">The features of the ensemble.</param>
    /// <param name="classes">The classes; null for a value.</param>
    /// <exception cref="InvalidOperationException">A member is no sum of trees, or members that are not trees vote.</exception>
    public TreeSum ToTreeSum(FeatureSchema schema, IReadOnlyList<string>? classes = null)
    {
        if (_trees is not null)
        {
            return TreeSum.OfMean(schema, _trees.Parts, [.. _members.Select(member => ((ITreeModel)member.Model).Statistics)], classes);
        }

        if (_majority)
        {
            throw TreeSum.NoSum("members that are not trees vote by majority.");
        }

        var weights = new double[_members.Length];
        Array.Fill(weights, 1);
        return TreeSum.OfMembers(schema, _members.Select(member => ((Model)member.Model, member.ColumnArray)), weights, classes);
    }

    /// <summary>Writes the means over the members.</summary>
    public void Predict(in RowSet rows, Span<double> output)
    {
        output.Clear();
        if (_trees is not null)
        {
            _trees.Add(rows, output);
        }
        else
        {
            for (int first = 0; first < rows.Count; first += BlockSize)
            {
                int n = Math.Min(BlockSize, rows.Count - first);
                foreach (BaggingMember<TModel> member in _members)
                {
                    Add(member, rows.Slice(first, n), output.Slice(first * _outputCount, n * _outputCount));
                }
            }
        }

        foreach (ref double mean in output)
        {
            mean /= _members.Length;
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
            () => new double[BlockSize * (_width + _outputCount)],
            (task, scratch) =>
            {
                var rows = new List<int>(RowsPerTask);
                int last = Math.Min(data.RowCount, (task + 1) * RowsPerTask);
                for (int m = 0; m < _members.Length; m++)
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

                    AddRows(_members[m], data.Features, rows, sums, scratch);
                }
            });
    }

    private void AddRows(BaggingMember<TModel> member, FeatureTable table, List<int> rows, double[] sums, double[] scratch)
    {
        for (int first = 0; first < rows.Count; first += BlockSize)
        {
            int n = Math.Min(BlockSize, rows.Count - first);
            Span<double> cells = scratch.AsSpan(0, n * _width);
            Span<double> output = scratch.AsSpan(BlockSize * _width, n * _outputCount);
            ReadOnlySpan<int> block = CollectionsMarshal.AsSpan(rows).Slice(first, n);
            table.GatherRows(block, cells);
            for (int i = 0; i < n; i++)
            {
                sums.AsSpan(block[i] * _outputCount, _outputCount).CopyTo(output[(i * _outputCount)..]);
            }

            Add(member, new RowSet(cells, _width), output);
            for (int i = 0; i < n; i++)
            {
                output.Slice(i * _outputCount, _outputCount).CopyTo(sums.AsSpan(block[i] * _outputCount));
            }
        }
    }

    /// <summary>Adds what one member says of at most <see cref="BlockSize"/> rows.</summary>
    private void Add(BaggingMember<TModel> member, in RowSet rows, Span<double> sums)
    {
        int[]? columns = member.ColumnArray;
        int count = rows.Count;
        int gathered = columns is null ? 0 : count * columns.Length;
        int cells = gathered + (count * _outputCount);
        double[]? rented = cells <= StackCells ? null : ArrayPool<double>.Shared.Rent(cells);
        Span<double> scratch = rented is null ? stackalloc double[StackCells] : rented;
        Span<double> output = scratch.Slice(gathered, count * _outputCount);
        if (columns is null)
        {
            member.Model.PredictBlock(rows, output);
        }
        else
        {
            member.Model.PredictBlock(rows.SelectColumns(columns, scratch), output);
        }

        for (int r = 0; r < count; r++)
        {
            ReadOnlySpan<double> said = output.Slice(r * _outputCount, _outputCount);
            Span<double> sum = sums.Slice(r * _outputCount, _outputCount);
            if (_majority)
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

    private static Tree TreeOf(BaggingMember<TModel> member)
    {
        Tree tree = ((ITreeModel)member.Model).Tree;
        return member.ColumnArray is null ? tree : tree.WithFeatures(member.ColumnArray);
    }
}
