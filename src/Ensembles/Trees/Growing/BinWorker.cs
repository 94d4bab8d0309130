using Ensembles.Data;
using Ensembles.Data.Binning;
using Ensembles.Trees.Criteria;

namespace Ensembles.Trees.Growing;

/// <summary>Finds the best split of a node by one feature after another, with the memory that a thread needs for it.</summary>
internal sealed class BinWorker<TAccumulator>
    where TAccumulator : struct, ISplitAccumulator<TAccumulator>
{
    private readonly FeatureSchema _schema;
    private readonly BinnedTable _binned;
    private readonly GrowthLimits _limits;
    private readonly BinScan _scan;
    private readonly CategorySplitSearch<TAccumulator>? _search;
    private readonly NodeCells _cells;
    private readonly LaneSearch? _lanes;
    private readonly bool _hasLimits;
    private readonly bool _scansBins;
    private readonly BinGroups _groups = new();
    private TAccumulator _accumulator;

    public BinWorker(
        TAccumulator accumulator,
        FeatureSchema schema,
        BinnedTable binned,
        RowMajorBins? rowMajor,
        GrowthLimits limits,
        TreeCategoryOrders? orders)
    {
        _accumulator = accumulator;
        _schema = schema;
        _binned = binned;
        _limits = limits;
        _hasLimits = limits.MinSamplesLeaf > 1 || limits.MinWeightLeaf > 0;
        _scan = accumulator.CreateBinScan();
        _search = schema.Any(feature => feature.IsCategorical) ? new CategorySplitSearch<TAccumulator>(limits, orders) : null;
        _scansBins = _scan.IsExact && !_hasLimits;
        _cells = new NodeCells(binned, rowMajor);
        _lanes = _search is null && _scansBins ? new LaneSearch(binned, _scan, limits) : null;
    }

    /// <summary>The most rows of a subtree whose rows are copied at once.</summary>
    public int SubtreeRows => _cells.MaxRows;

    /// <summary>S(node).</summary>
    public double NodeScore => _scan.NodeScore;

    /// <summary>Takes up a node.</summary>
    public void Enter(in GrowingNode node, ReadOnlySpan<int> rows)
    {
        _scan.Enter(rows);
        _cells.Enter(rows);

        if (_search is not null)
        {
            _accumulator.Enter(node, rows);
        }
    }

    /// <summary>Takes up the rows of a subtree, whose nodes follow by <see cref="EnterLoaded"/>.</summary>
    public void Load(ReadOnlySpan<int> rows) => _cells.Load(rows);

    /// <summary>Takes up a node of the subtree that was loaded last.</summary>
    /// <param name="start">The place of its first row in the subtree.</param>
    /// <param name="rows">Its rows.</param>
    public void EnterLoaded(int start, ReadOnlySpan<int> rows)
    {
        _scan.Enter(rows);
        _cells.EnterLoaded(start);
    }

    /// <summary>Takes up a node of the subtree where that tells what is known of its rows.</summary>
    /// <param name="start">The place of its first row in the subtree.</param>
    /// <param name="rows">Its rows.</param>
    /// <param name="summary">What is known of them.</param>
    public bool TrySummarize(int start, ReadOnlySpan<int> rows, out NodeSummary summary)
    {
        summary = default;
        if (!_scan.Summarizes)
        {
            return false;
        }

        EnterLoaded(start, rows);
        summary = _scan.Summarize();
        return true;
    }

    /// <summary>What the node predicts as a leaf, where it is summarised.</summary>
    public void Value(Span<double> value) => _scan.Value(value);

    /// <summary>Finds the best split of a node of the subtree by many features at once, where it is small enough and that is possible.</summary>
    /// <param name="node">The node, entered.</param>
    /// <param name="sampler">Draws its features.</param>
    /// <param name="best">The split.</param>
    public bool TryFindAtOnce(in GrowingNode node, ref FeatureSampler sampler, out SplitCandidate best)
    {
        if (_lanes is not null && node.Count <= LaneSearch.MaxRows && _scan.ScoresLanes)
        {
            return _lanes.TryFind(node, _cells.OfNode, _cells.Stride, ref sampler, out best);
        }

        best = SplitCandidate.None;
        return false;
    }

    /// <summary>Parts a node of the subtree that was loaded last, and returns how many rows go left.</summary>
    /// <param name="start">The place of its first row in the subtree.</param>
    /// <param name="rows">Its rows.</param>
    /// <param name="split">Its split, of a numeric feature.</param>
    public int Part(int start, Span<int> rows, in SplitCandidate split) =>
        _cells.Part(start, rows, split, _binned.Mapper(split.Feature).MissingBin);

    /// <summary>Takes the best split by a feature where it is better than the best so far; false where the feature is constant.</summary>
    /// <param name="feature">The feature.</param>
    /// <param name="rows">The rows of the node.</param>
    /// <param name="tieKey">See <see cref="GrowthLimits.TieKey"/>.</param>
    /// <param name="best">The best split of the node so far.</param>
    public bool TryImprove(int feature, ReadOnlySpan<int> rows, ulong? tieKey, ref SplitCandidate best)
    {
        BinMapper mapper = _binned.Mapper(feature);
        if (_scansBins && !mapper.IsCategorical)
        {
            AddToBins(feature, rows, mapper.BinCount + 1);
            if (!_scan.HasWeight(mapper.MissingBin))
            {
                return TryImproveByBin(feature, mapper, tieKey, ref best);
            }
        }

        AddUp(feature, rows, mapper, _hasLimits || mapper.IsCategorical);
        if (_groups.Count < 2)
        {
            return false;
        }

        bool hasMissing = _groups.Has(mapper.MissingBin);
        int present = _groups.Count - (hasMissing ? 1 : 0);
        if (mapper.IsCategorical)
        {
            SplitCandidate candidate = FindSet(feature, rows, present, hasMissing, mapper);
            best = best.IsWorseThan(candidate, tieKey) ? candidate : best;
            return true;
        }

        var choice = new Choice { Group = -1, Score = double.NegativeInfinity };
        Choose(present, missingLeft: false, hasMissing ? present : present - 1, ref choice);
        if (hasMissing)
        {
            Choose(present, missingLeft: true, present - 1, ref choice);
        }

        if (choice.Group >= 0 && best.IsWorseThan(choice.Score, feature, tieKey))
        {
            int bin = _groups.Bin(choice.Group);
            best = new SplitCandidate
            {
                Feature = feature,
                Score = choice.Score,
                LastLeft = bin,
                Threshold = choice.Group + 1 < present
                    ? SplitRules.Threshold(mapper.High(bin), mapper.Low(_groups.Bin(choice.Group + 1)))
                    : double.PositiveInfinity,
                DefaultLeft = hasMissing ? choice.MissingLeft : choice.HeavierLeft,
            };
        }

        return true;
    }

    /// <summary>
    /// Keeps the order that the categories of a feature have in the rows of the node entered, the root; nothing where it has none.
    /// </summary>
    public void OrderCategories(int feature, ReadOnlySpan<int> rows)
    {
        BinMapper mapper = _binned.Mapper(feature);
        if (mapper.IsCategorical)
        {
            AddUp(feature, rows, mapper, counted: true);
            AddGroups(feature, rows, _groups.Count - (_groups.Has(mapper.MissingBin) ? 1 : 0));
            _search!.KeepOrder(_accumulator, feature);
        }
    }

    private void AddToBins(int feature, ReadOnlySpan<int> rows, int binCount)
    {
        if (_cells.HasCopy)
        {
            _scan.AddToBins(ref _cells.First(feature), _cells.Stride, rows.Length, binCount);
        }
        else
        {
            _scan.AddToBins(rows, _binned.Column(feature), binCount);
        }
    }

    private bool TryImproveByBin(int feature, BinMapper mapper, ulong? tieKey, ref SplitCandidate best)
    {
        double score = _scan.BestBin(mapper.BinCount, out int bin);
        if (double.IsNegativeInfinity(score))
        {
            return false;
        }

        if (best.IsWorseThan(score, feature, tieKey))
        {
            int next = bin + 1;
            while (!_scan.HasWeight(next))
            {
                next++;
            }

            double leftWeight = _scan.WeightUpTo(bin);
            best = new SplitCandidate
            {
                Feature = feature,
                Score = score,
                LastLeft = bin,
                Threshold = SplitRules.Threshold(mapper.High(bin), mapper.Low(next)),
                DefaultLeft = SplitRules.DefaultLeft(leftWeight, _scan.NodeWeight - leftWeight),
            };
        }

        return true;
    }

    private void AddUp(int feature, ReadOnlySpan<int> rows, BinMapper mapper, bool counted)
    {
        _scan.EnterGroups(rows);
        if (rows.Length > BinGroups.MaxFew)
        {
            _scan.AddToBins(rows, _binned.Column(feature), mapper.BinCount + 1, _groups, counted);
            return;
        }

        _cells.FindGroups(feature, rows, _groups, counted);
        if (_groups.Count > 1)
        {
            _scan.AddToGroups(_groups.GroupOfRow[..rows.Length], _groups.Count);
        }
    }

    /// <summary>Takes the best threshold with missing values on one side where it is better.</summary>
    private void Choose(int present, bool missingLeft, int end, ref Choice choice)
    {
        int first = 0;
        double score;
        int group;
        if (_hasLimits)
        {
            _scan.Score(present, missingLeft);
            int missingRows = missingLeft ? _groups.RowEnds[present] - _groups.RowEnds[present - 1] : 0;
            (first, end) = Allowed(end, missingRows);
            score = _scan.Best(first, end, out group);
        }
        else
        {
            score = _scan.ScoreBest(present, missingLeft, end, out group);
        }

        if (score > choice.Score)
        {
            choice = new Choice { Score = score, Group = group, MissingLeft = missingLeft, HeavierLeft = IsHeavierLeft(group) };
        }
        else if (missingLeft && choice.Group >= first && choice.Group < end && _scan.Scores[choice.Group] == choice.Score)
        {
            // The same threshold is as good with missing values left: they go with the heavier side.
            choice.MissingLeft = IsHeavierLeft(choice.Group);
        }
    }

    private bool IsHeavierLeft(int group) =>
        SplitRules.DefaultLeft(_scan.LeftWeights[group], _scan.NodeWeight - _scan.LeftWeights[group]);

    /// <summary>
    /// The thresholds that the limits allow: from the first that leaves enough left to the last that leaves enough right.
    /// </summary>
    private (int First, int End) Allowed(int end, int missingRows)
    {
        int first = 0;
        while (first < end && !Allows(first, missingRows))
        {
            first++;
        }

        while (end > first && !Allows(end - 1, missingRows))
        {
            end--;
        }

        return (first, end);
    }

    private bool Allows(int group, int missingRows)
    {
        int left = _groups.RowEnds[group] + missingRows;
        double leftWeight = _scan.LeftWeights[group];
        return _limits.Allows(left, _groups.RowEnds[^1] - left, leftWeight, _scan.NodeWeight - leftWeight);
    }

    private SplitCandidate FindSet(int feature, ReadOnlySpan<int> rows, int present, bool hasMissing, BinMapper mapper)
    {
        _accumulator.Reset();
        _accumulator.Take(feature);
        double[] sums = AddGroups(feature, rows, present);
        int before = present > 0 ? _groups.RowEnds[present - 1] : 0;
        int missingRows = hasMissing ? _groups.RowEnds[present] - before : 0;
        int width = _accumulator.SumWidth;
        ReadOnlySpan<double> missingSums = hasMissing ? sums.AsSpan(mapper.MissingBin * width, width) : [];
        return _search!.Find(
            ref _accumulator, rows: [], missingRows, missing: [], missingSums, feature, _schema[feature].Categories.Count, mapper);
    }

    /// <summary>Gives the search the bins of the node, and returns the sums of all bins.</summary>
    private double[] AddGroups(int feature, ReadOnlySpan<int> rows, int present)
    {
        int width = _accumulator.SumWidth;
        double[] sums = new double[BinnedTable.MaxBinsWithMissing * width];
        ReadOnlySpan<byte> bins = _binned.Column(feature);
        foreach (int row in rows)
        {
            _accumulator.AddToBin(row, sums.AsSpan(bins[row] * width, width));
        }

        _search!.Clear();
        int before = 0;
        for (int group = 0; group < present; group++)
        {
            int bin = _groups.Bin(group);
            int end = _groups.RowEnds[group];
            sums.AsSpan(bin * width, width).CopyTo(_search.Add(bin, start: 0, end - before, width));
            before = end;
        }

        return sums;
    }

    /// <summary>The best threshold so far.</summary>
    private struct Choice
    {
        public int Group;
        public double Score;
        public bool MissingLeft;
        public bool HeavierLeft;
    }
}
