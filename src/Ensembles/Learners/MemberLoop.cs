using System.Buffers;
using System.Globalization;
using Ensembles.Data;

namespace Ensembles.Learners;

/// <summary>Batches of a model whose members are asked one after the other, each in its own way.</summary>
internal sealed class MemberLoop : IBatchPrediction
{
    private const int BlockRows = 512;

    private readonly Model[] _members;
    private readonly int[]?[] _columns;
    private bool _forced;

    /// <param name="members">The members, at least one.</param>
    /// <param name="columns">For each member the columns that it reads, or null where it reads all.</param>
    public MemberLoop(IEnumerable<Model> members, IEnumerable<int[]?>? columns = null)
    {
        _members = [.. members];
        _columns = columns is null ? new int[]?[_members.Length] : [.. columns];
        TreeCount = _members.Sum(member => member.TreeCount);
    }

    /// <inheritdoc/>
    public Predictor Predictor
    {
        get
        {
            PredictionPath[] paths = [.. _members.Select(member => member.Predictor.Path).Distinct()];
            if (_forced)
            {
                return new Predictor(paths[0], "it was asked for");
            }

            string[] ways =
            [
                .. _members.GroupBy(member => member.Predictor).Select(same =>
                    string.Create(CultureInfo.InvariantCulture, $"{same.Count()} by {same.Key.Path} ({same.Key.Reason})")),
            ];
            return new Predictor(
                paths.Length == 1 ? paths[0] : PredictionPath.Mixed,
                string.Create(
                    CultureInfo.InvariantCulture, $"{_members.Length} members are asked one after the other: {string.Join(", ", ways)}"));
        }
    }

    /// <inheritdoc/>
    public int TreeCount { get; }

    /// <inheritdoc/>
    public bool Allows(PredictionPath path) => Array.TrueForAll(_members, member => member.Batches.Allows(path));

    /// <inheritdoc/>
    public void Force(PredictionPath? path)
    {
        foreach (Model member in _members)
        {
            member.Batches.Force(path);
        }

        _forced = path is not null;
    }

    /// <inheritdoc/>
    public void FindLeaves(in RowSet rows, Span<int> leaves)
    {
        int first = 0;
        for (int m = 0; m < _members.Length; m++)
        {
            FindLeaves(m, rows, leaves, first);
            first += _members[m].TreeCount;
        }
    }

    /// <summary>Writes the leaves of a member from a place in each row on.</summary>
    private void FindLeaves(int m, in RowSet rows, Span<int> leaves, int place)
    {
        int trees = _members[m].TreeCount;
        if (trees == 0)
        {
            return;
        }

        int blockRows = Math.Min(rows.Count, BlockRows);
        int[]? columns = _columns[m];
        double[] cells = columns is null ? [] : ArrayPool<double>.Shared.Rent(blockRows * columns.Length);
        int[] rented = ArrayPool<int>.Shared.Rent(blockRows * trees);
        for (int first = 0; first < rows.Count; first += blockRows)
        {
            int count = Math.Min(blockRows, rows.Count - first);
            Span<int> found = rented.AsSpan(0, count * trees);
            RowSet block = rows.Slice(first, count);
            _members[m].Batches.FindLeaves(columns is null ? block : block.SelectColumns(columns, cells), found);
            for (int r = 0; r < count; r++)
            {
                found.Slice(r * trees, trees).CopyTo(leaves[(((first + r) * TreeCount) + place)..]);
            }
        }

        ArrayPool<int>.Shared.Return(rented);
        if (columns is not null)
        {
            ArrayPool<double>.Shared.Return(cells);
        }
    }
}
