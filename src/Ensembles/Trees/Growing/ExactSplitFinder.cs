using Ensembles.Data;
using Ensembles.Data.Sorting;
using Ensembles.Numerics;
using Ensembles.Trees.Criteria;
using Ensembles.Trees.Growing.Gradients;

namespace Ensembles.Trees.Growing;

/// <summary>
/// Tries every threshold between neighbouring values of a node, or those that are proposed. The columns are sorted once for the table; a
/// node has its entries from <see cref="NodeEntries"/>.
/// </summary>
internal sealed class ExactSplitFinder<TAccumulator> : SplitFinder
    where TAccumulator : struct, ISplitAccumulator<TAccumulator>
{
    private readonly FeatureSchema _schema;
    private readonly SortedColumns _sorted;
    private readonly GrowthLimits _limits;
    private readonly NodeEntries _entries;
    private readonly Worker[] _workers;
    private readonly int[] _pool;
    private readonly int[] _all;
    private readonly SplitCandidate[] _candidates;
    private readonly CandidateProposer? _proposer;
    private readonly int[][] _treeProposals;
    private readonly TreeCategoryOrders? _orders;

    /// <param name="accumulator">The criterion and its targets.</param>
    /// <param name="schema">The columns.</param>
    /// <param name="sorted">The sorted columns of the table.</param>
    /// <param name="limits">When a split is allowed.</param>
    /// <param name="maxRows">The most rows of a tree.</param>
    /// <param name="threads">The most threads to use.</param>
    /// <param name="proposer">Proposes the thresholds to try; null for all.</param>
    public ExactSplitFinder(
        TAccumulator accumulator,
        FeatureSchema schema,
        SortedColumns sorted,
        GrowthLimits limits,
        int maxRows,
        int threads,
        CandidateProposer? proposer = null)
    {
        _schema = schema;
        _sorted = sorted;
        _limits = limits;
        _pool = new int[schema.Count];
        _proposer = proposer;
        _treeProposals = new int[schema.Count][];
        _all = [.. Enumerable.Range(0, schema.Count)];
        _candidates = new SplitCandidate[schema.Count];
        _orders = TreeCategoryOrders.For(limits, schema);
        _workers = new Worker[Math.Max(1, Math.Min(threads, schema.Count))];
        for (int w = 0; w < _workers.Length; w++)
        {
            _workers[w] = new Worker(w == 0 ? accumulator : accumulator.Fork(), limits, _orders, maxRows);
        }

        _entries = NodeEntries.Of(sorted, limits, maxRows, threads);
    }

    /// <summary>Begins a tree: takes a copy of the entries of its rows.</summary>
    /// <param name="inTree">For each row of the table whether the tree has it: 1, or 0.</param>
    /// <param name="rowCount">The number of rows of the tree.</param>
    public void Begin(byte[] inTree, int rowCount)
    {
        _entries.Begin(inTree, rowCount);
        if (_proposer is { IsPerNode: false })
        {
            Propose(new GrowingNode { Count = rowCount });
        }
    }

    public override SplitCandidate Find(in GrowingNode node, ReadOnlySpan<int> rows)
    {
        if (_orders is not null && node.Parent < 0)
        {
            OrderCategories(node, rows);
        }

        return _limits.FeaturesPerNode < _schema.Count
            ? FindAmongDrawn(node, rows)
            : FindAmong(ColumnsOf(node), node, rows);
    }

    public override void Mark(in GrowingNode node, ReadOnlySpan<int> rows, byte[] goesLeft)
    {
        SplitCandidate split = node.Split;
        ReadOnlySpan<long> entries = _entries.Unsorted(split.Feature, node, rows);
        ReadOnlySpan<double> values = _sorted.Values(split.Feature);
        byte missing = split.DefaultLeft ? (byte)1 : (byte)0;
        foreach (long entry in entries)
        {
            int rank = SortedColumns.Rank(entry);
            bool left = split.Categories is null ? rank <= split.LastLeft : rank < values.Length && split.Categories.Contains((int)values[rank]);
            goesLeft[SortedColumns.Row(entry)] = rank == SortedColumns.MissingRank ? missing : left ? (byte)1 : (byte)0;
        }
    }

    public override void Split(in GrowingNode node, int leftCount, byte[] goesLeft) => _entries.Split(node, goesLeft);

    /// <summary>Proposes the thresholds of a tree from the entries of its root, which who proposes always keeps sorted.</summary>
    private void Propose(GrowingNode root) =>
        ParallelWork.For(_schema.Count, _workers.Length, CancellationToken.None, c =>
        {
            if (!_schema[c].IsCategorical)
            {
                ReadOnlySpan<long> entries = _entries.Sorted(c, root, []);
                _treeProposals[c] = _proposer!.Propose(entries[..PresentCount(entries)]);
            }
        });

    private int[] ColumnsOf(in GrowingNode node)
    {
        int[] columns = _limits.Columns?.Of(node.Depth, node.Key) ?? _all;
        return node.Constraints?.Filter(columns) ?? columns;
    }

    private SplitCandidate FindAmongDrawn(in GrowingNode node, ReadOnlySpan<int> rows)
    {
        Worker worker = _workers[0];
        worker.Accumulator.Enter(node, rows);
        SplitCandidate best = SplitCandidate.None;
        ulong? tieKey = _limits.TieKey(node);
        var sampler = new FeatureSampler(_pool, _limits.FeaturesPerNode, node.Key);
        bool varying = false;
        while (sampler.TryNext(varying, out int feature))
        {
            ReadOnlySpan<long> entries = _entries.Sorted(feature, node, rows);
            if (IsConstant(entries))
            {
                continue;
            }

            varying = true;
            SplitCandidate candidate = FindIn(worker, feature, entries);
            best = best.IsWorseThan(candidate, tieKey) ? candidate : best;
        }

        return Finish(best, worker.Accumulator);
    }

    private SplitCandidate FindAmong(int[] columns, in GrowingNode node, ReadOnlySpan<int> rows)
    {
        int stripes = KeptEntries.StripesFor(node.Count, _schema.Count, _workers.Length);
        if (stripes == 1)
        {
            FindInStripe(_workers[0], columns, 0, 1, node, rows);
        }
        else
        {
            GrowingNode shared = node;
            int[] copy = rows.ToArray();
            ParallelWork.For(
                stripes, stripes, CancellationToken.None, stripe => FindInStripe(_workers[stripe], columns, stripe, stripes, shared, copy));
        }

        SplitCandidate best = SplitCandidate.None;
        ulong? tieKey = _limits.TieKey(node);
        foreach (int column in columns)
        {
            best = best.IsWorseThan(_candidates[column], tieKey) ? _candidates[column] : best;
        }

        return Finish(best, _workers[0].Accumulator);
    }

    private void FindInStripe(Worker worker, int[] columns, int stripe, int stripes, in GrowingNode node, ReadOnlySpan<int> rows)
    {
        worker.Accumulator.Enter(node, rows);
        for (int i = stripe; i < columns.Length; i += stripes)
        {
            int c = columns[i];
            ReadOnlySpan<long> entries = _entries.Sorted(c, node, rows);
            _candidates[c] = IsConstant(entries) ? SplitCandidate.None : FindIn(worker, c, entries);
        }
    }

    private static SplitCandidate Finish(SplitCandidate best, in TAccumulator accumulator)
    {
        best.Gain = best.Score - accumulator.NodeScore;
        return best;
    }

    private static bool IsConstant(ReadOnlySpan<long> entries) => SortedColumns.Rank(entries[0]) == SortedColumns.Rank(entries[^1]);

    private SplitCandidate FindIn(Worker worker, int feature, ReadOnlySpan<long> entries)
    {
        worker.Accumulator.Take(feature);
        return _schema[feature].IsCategorical ? FindSet(worker, feature, entries) : FindThreshold(worker, feature, entries);
    }

    private SplitCandidate FindThreshold(Worker worker, int feature, ReadOnlySpan<long> entries)
    {
        SplitCandidate best = SplitCandidate.None;
        int present = PresentCount(entries);
        ReadOnlySpan<double> values = _sorted.Values(feature);
        int[]? proposed = _proposer is { IsPerNode: true } ? _proposer.Propose(entries[..present]) : _treeProposals[feature];
        Scan(worker.Accumulator, feature, entries, present, values, proposed, missingLeft: false, ref best);
        if (present < entries.Length)
        {
            Scan(worker.Accumulator, feature, entries, present, values, proposed, missingLeft: true, ref best);
        }

        return best;
    }

    private static int PresentCount(ReadOnlySpan<long> entries)
    {
        int present = entries.Length;
        while (present > 0 && SortedColumns.Rank(entries[present - 1]) == SortedColumns.MissingRank)
        {
            present--;
        }

        return present;
    }

    private void Scan(
        TAccumulator node,
        int feature,
        ReadOnlySpan<long> entries,
        int present,
        ReadOnlySpan<double> values,
        int[]? proposed,
        bool missingLeft,
        ref SplitCandidate best)
    {
        // A copy of its own whose fields the compiler can keep in registers.
        TAccumulator accumulator = node;
        accumulator.Reset();
        int missing = entries.Length - present;
        int before = 0;
        if (missingLeft)
        {
            foreach (long entry in entries[present..])
            {
                accumulator.Move(SortedColumns.Row(entry));
            }

            before = missing;
        }

        // All present values left and the missing ones right is a split as well.
        int last = missing > 0 && !missingLeft ? present : present - 1;
        int rank = SortedColumns.Rank(entries[0]);
        GrowthLimits limits = _limits;
        int next = 0;
        for (int i = 0; i < last; i++)
        {
            accumulator.Move(SortedColumns.Row(entries[i]));
            int current = rank;
            rank = i + 1 < entries.Length ? SortedColumns.Rank(entries[i + 1]) : -1;
            if (rank == current)
            {
                continue;
            }

            // A threshold after the value of a rank is proposed where one of the ranks from it to before the next ends a group.
            while (proposed is not null && next < proposed.Length && proposed[next] < current)
            {
                next++;
            }

            if (proposed is not null && i + 1 < present && (next == proposed.Length || proposed[next] >= rank))
            {
                continue;
            }

            int left = before + i + 1;
            if (!limits.Allows(left, entries.Length - left, accumulator.LeftWeight, accumulator.RightWeight))
            {
                continue;
            }

            if (i + 1 == present)
            {
                accumulator.Take(-1);
            }

            double score = accumulator.Score();
            bool heavierLeft = SplitRules.DefaultLeft(accumulator.LeftWeight, accumulator.RightWeight);
            if (score > best.Score || (missingLeft && heavierLeft && score == best.Score && current == best.LastLeft && best.Exists))
            {
                best.Feature = feature;
                best.Score = score;
                best.LastLeft = current;
                best.Threshold = i + 1 < present ? SplitRules.Threshold(values[current], values[rank]) : double.PositiveInfinity;
                best.DefaultLeft = missing > 0 ? missingLeft : heavierLeft;
            }
        }
    }

    private void OrderCategories(in GrowingNode root, ReadOnlySpan<int> rows)
    {
        Worker worker = _workers[0];
        worker.Accumulator.Enter(root, rows);
        for (int c = 0; c < _schema.Count; c++)
        {
            if (_schema[c].IsCategorical)
            {
                ReadOnlySpan<long> entries = _entries.Sorted(c, root, rows);
                AddGroups(worker, c, entries, PresentCount(entries));
                worker.Search.KeepOrder(worker.Accumulator, c);
            }
        }
    }

    /// <summary>Gives the search the categories of a node, and puts its rows in their order.</summary>
    private void AddGroups(Worker worker, int feature, ReadOnlySpan<long> entries, int present)
    {
        ReadOnlySpan<double> values = _sorted.Values(feature);
        int width = worker.Accumulator.SumWidth;
        Span<int> rows = worker.Rows.AsSpan(0, entries.Length);
        worker.Search.Clear();
        for (int first = 0; first < present;)
        {
            int rank = SortedColumns.Rank(entries[first]);
            int end = first;
            while (end < present && SortedColumns.Rank(entries[end]) == rank)
            {
                end++;
            }

            Span<double> sums = worker.Search.Add((int)values[rank], first, end - first, width);
            AddUp(worker.Accumulator, entries, first, end, rows, sums);
            first = end;
        }
    }

    private SplitCandidate FindSet(Worker worker, int feature, ReadOnlySpan<long> entries)
    {
        int present = PresentCount(entries);
        TAccumulator accumulator = worker.Accumulator;
        accumulator.Reset();
        int width = accumulator.SumWidth;
        Span<int> rows = worker.Rows.AsSpan(0, entries.Length);
        AddGroups(worker, feature, entries, present);
        Span<double> missingSums = width <= 32 ? stackalloc double[width] : new double[width];
        missingSums.Clear();
        AddUp(accumulator, entries, present, entries.Length, rows, missingSums);
        return worker.Search.Find(
            ref accumulator,
            rows,
            entries.Length - present,
            rows[present..],
            missingSums,
            feature,
            _schema[feature].Categories.Count,
            mapper: null);
    }

    private static void AddUp(TAccumulator accumulator, ReadOnlySpan<long> entries, int first, int end, Span<int> rows, Span<double> sums)
    {
        for (int i = first; i < end; i++)
        {
            int row = SortedColumns.Row(entries[i]);
            rows[i] = row;
            accumulator.AddToBin(row, sums);
        }
    }

    /// <summary>What a thread needs of its own.</summary>
    private sealed class Worker(TAccumulator accumulator, GrowthLimits limits, TreeCategoryOrders? orders, int rowCount)
    {
        public TAccumulator Accumulator = accumulator;

        public CategorySplitSearch<TAccumulator> Search { get; } = new(limits, orders);

        public int[] Rows { get; } = new int[rowCount];
    }
}
