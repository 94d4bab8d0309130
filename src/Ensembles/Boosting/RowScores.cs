using System.Buffers;
using Ensembles.Data;
using Ensembles.Losses;
using Ensembles.Numerics;
using Ensembles.Trees;
using Ensembles.Trees.Growing.Histograms;

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
    private readonly int _maxBins;
    private readonly List<LeafNumbers>? _leaves;
    private TreeRouting? _routing;

    /// <param name="table">The rows, under the schema of the trees.</param>
    /// <param name="maxBins">The bins that rows are sent through the trees by, which are best those of growth.</param>
    /// <param name="outputs">The number of scores of a row.</param>
    /// <param name="keepsLeaves">Whether to keep the leaf of each row in each tree, so that scores can be summed anew without asking the trees.</param>
    /// <param name="team">Who works on the rows.</param>
    public RowScores(FeatureTable table, int maxBins, int outputs, bool keepsLeaves, WorkerTeam team)
    {
        _table = table;
        _maxBins = maxBins;
        _team = team;
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
        for (int t = from; t < trees.Count; t++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (_leaves is null)
            {
                Add(trees[t], t % Values.Length, except: [], cancellationToken);
                continue;
            }

            var numbers = new LeafNumbers(_table.RowCount, trees[t].LeafCount);
            Number(trees[t], except: [], numbers, cancellationToken);
            _leaves.Add(numbers);
            double[] scores = Values[t % Values.Length];
            Tree tree = trees[t];
            ForEachChunk((first, end) => numbers.AddValues(tree, first, scores.AsSpan(first, end - first)));
        }
    }

    /// <summary>Adds a tree to one of the scores of rows.</summary>
    /// <param name="tree">The tree.</param>
    /// <param name="output">The score.</param>
    /// <param name="except">By row whether it is passed over; empty for no row.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public void Add(Tree tree, int output, bool[] except, CancellationToken cancellationToken)
    {
        double[] scores = Values[output];
        Routing(cancellationToken).Route(tree, except, (leaf, firstRow, rows) =>
        {
            double value = tree.LeafValue(leaf)[0];
            foreach (ushort row in rows)
            {
                scores[firstRow + row] += value;
            }
        });
    }

    /// <summary>Notes the leaves of rows in a tree.</summary>
    /// <param name="tree">The tree.</param>
    /// <param name="except">By row whether it is passed over; empty for no row.</param>
    /// <param name="numbers">Receives the leaves.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public void Number(Tree tree, bool[] except, LeafNumbers numbers, CancellationToken cancellationToken) =>
        Routing(cancellationToken).Route(tree, except, (leaf, firstRow, rows) =>
        {
            foreach (ushort row in rows)
            {
                numbers.Set(firstRow + row, leaf);
            }
        });

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

    private TreeRouting Routing(CancellationToken cancellationToken) =>
        _routing ??= new TreeRouting(_table, _table.Binned(_maxBins, _team.Size, cancellationToken), _team);

    private void ForEachChunk(Action<int, int> body) => _team.ForEach(
        (_table.RowCount + RowsPerChunk - 1) / RowsPerChunk,
        (chunk, _) => body(chunk * RowsPerChunk, Math.Min(_table.RowCount, (chunk + 1) * RowsPerChunk)));
}
