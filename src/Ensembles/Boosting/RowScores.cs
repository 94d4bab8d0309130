using System.Buffers;
using Ensembles.Data;
using Ensembles.Losses;
using Ensembles.Numerics;
using Ensembles.Trees;

namespace Ensembles.Boosting;

/// <summary>
/// The scores of the rows of a table, always the starting score plus the leaf values of the trees in the order of their numbers, so that they
/// have the bits that the model predicts.
/// </summary>
internal sealed class RowScores
{
    private const int RowsPerChunk = 2048;

    private readonly FeatureTable _table;
    private readonly WorkerTeam _team;
    private readonly bool _keepsCells;
    private readonly List<LeafNumbers>? _leaves;
    private double[]? _cells;

    /// <param name="table">The rows, under the schema of the trees.</param>
    /// <param name="outputs">The number of scores of a row.</param>
    /// <param name="keepsCells">Whether to keep the cells row by row, for a table that every tree passes.</param>
    /// <param name="keepsLeaves">Whether to keep the leaf of each row in each tree, so that scores can be summed anew without asking the trees.</param>
    /// <param name="team">Who works on the rows.</param>
    public RowScores(FeatureTable table, int outputs, bool keepsCells, bool keepsLeaves, WorkerTeam team)
    {
        _table = table;
        _team = team;
        _keepsCells = keepsCells;
        _leaves = keepsLeaves ? [] : null;
        Values = [.. Enumerable.Range(0, outputs).Select(_ => new double[table.RowCount])];
    }

    /// <summary>By output, then by row.</summary>
    public double[][] Values { get; }

    /// <summary>Takes the scores before the first tree.</summary>
    public void Begin(StartingScores start) => ForEachChunk((first, end) =>
    {
        int outputs = Values.Length;
        double[] scores = ArrayPool<double>.Shared.Rent((end - first) * outputs);
        start.Write(new RowSet(_table, first, end - first), scores);
        for (int i = 0; i < (end - first) * outputs; i++)
        {
            Values[i % outputs][first + (i / outputs)] = scores[i];
        }

        ArrayPool<double>.Shared.Return(scores);
    });

    /// <summary>Adds trees.</summary>
    /// <param name="trees">All trees.</param>
    /// <param name="from">The number of the first to add; all before it have been added.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public void Add(List<Tree> trees, int from, CancellationToken cancellationToken)
    {
        if (from == trees.Count)
        {
            return;
        }

        for (int t = from; t < trees.Count && _leaves is not null; t++)
        {
            _leaves.Add(new LeafNumbers(_table.RowCount, trees[t].LeafCount));
        }

        if (_keepsCells)
        {
            _cells ??= ToRowMajor(0, _table.RowCount);
        }

        int width = _table.ColumnCount;
        ForEachChunk((first, end) =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            ReadOnlySpan<double> cells = _cells is null ? ToRowMajor(first, end) : _cells.AsSpan(first * width, (end - first) * width);
            for (int t = from; t < trees.Count; t++)
            {
                double[] scores = Values[t % Values.Length];
                for (int r = first; r < end; r++)
                {
                    int leaf = trees[t].LeafOf(cells.Slice((r - first) * width, width));
                    scores[r] += trees[t].LeafValue(leaf)[0];
                    _leaves?[t].Set(r, leaf);
                }
            }
        });
    }

    /// <summary>Takes up the leaves of the next tree, whose values have been added already.</summary>
    public void Keep(LeafNumbers leaves) => _leaves!.Add(leaves);

    /// <summary>Sums all up anew from the leaves that were kept.</summary>
    /// <param name="start">The scores before the first tree.</param>
    /// <param name="trees">All trees, their leaf values perhaps changed.</param>
    /// <param name="dropped">By tree whether it is left out; empty for none.</param>
    public void SumUp(StartingScores start, List<Tree> trees, bool[] dropped)
    {
        Begin(start);
        ForEachChunk((first, end) =>
        {
            for (int t = 0; t < trees.Count; t++)
            {
                if (dropped.Length == 0 || !dropped[t])
                {
                    _leaves![t].AddValues(trees[t], first, Values[t % Values.Length].AsSpan(first, end - first));
                }
            }
        });
    }

    /// <summary>Writes what is predicted for the rows, row after row.</summary>
    public void Predict(Link link, double[] predictions) =>
        ForEachChunk((first, end) => link.Apply(Values, first, end, predictions));

    /// <summary>Adds a tree to rows that are in none of its leaves: they find theirs by their cells.</summary>
    /// <param name="tree">The tree.</param>
    /// <param name="output">The score that it adds to.</param>
    /// <param name="isOutside">Which rows these are.</param>
    public void AddOutside(Tree tree, int output, Func<int, bool> isOutside)
    {
        double[] scores = Values[output];
        ForEachChunk((first, end) =>
        {
            double[] cells = ArrayPool<double>.Shared.Rent(_table.ColumnCount);
            for (int r = first; r < end; r++)
            {
                if (isOutside(r))
                {
                    _table.CopyRow(r, cells.AsSpan(0, _table.ColumnCount));
                    scores[r] += tree.LeafValue(tree.LeafOf(cells.AsSpan(0, _table.ColumnCount)))[0];
                }
            }

            ArrayPool<double>.Shared.Return(cells);
        });
    }

    private double[] ToRowMajor(int first, int end)
    {
        var cells = new double[(end - first) * _table.ColumnCount];
        for (int c = 0; c < _table.ColumnCount; c++)
        {
            _table.GatherColumn(c, first, end - first, cells.AsSpan(c), _table.ColumnCount);
        }

        return cells;
    }

    private void ForEachChunk(Action<int, int> body) => _team.ForEach(
        (_table.RowCount + RowsPerChunk - 1) / RowsPerChunk,
        (chunk, _) => body(chunk * RowsPerChunk, Math.Min(_table.RowCount, (chunk + 1) * RowsPerChunk)));
}
