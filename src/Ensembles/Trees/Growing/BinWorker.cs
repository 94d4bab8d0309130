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
    private readonly bool _hasLimits;
    private readonly BinGroups _groups = new();
    private TAccumulator _accumulator;

    public BinWorker(TAccumulator accumulator, FeatureSchema schema, BinnedTable binned, RowMajorBins? rowMajor, GrowthLimits limits)
    {
        _accumulator = accumulator;
        _schema = schema;
        _binned = binned;
        _limits = limits;
        _hasLimits = limits.MinSamplesLeaf > 1 || limits.MinWeightLeaf > 0;
        _scan = accumulator.CreateBinScan();
        _search = schema.Any(feature => feature.IsCategorical) ? new CategorySplitSearch<TAccumulator>(limits) : null;
        _cells = new NodeCells(binned, rowMajor);
    }

    /// <summary>S(node).</summary>
    public double NodeScore => _scan.NodeScore;

    /// <summary>Takes up a node.</summary>
    public void Enter(in GrowingNode node, ReadOnlySpan<int> rows)
    {
        bool few = rows.Length <= BinGroups.MaxSorted;
        _scan.Enter(rows, few);
        if (few)
        {
            _cells.Enter(rows);
        }

        if (_search is not null)
        {
            _accumulator.Enter(node, rows);
        }
    }

    /// <summary>The best split by a feature; false where the feature is constant in the node.</summary>
    public bool TryFind(int feature, ReadOnlySpan<int> rows, out SplitCandidate best)
    {
        BinMapper mapper = _binned.Mapper(feature);
        best = SplitCandidate.None;
        bool few = rows.Length <= BinGroups.MaxSorted;
        if (few)
        {
            _cells.Sort(feature, rows, _groups);
        }
        else
        {
            bool counted = _limits.MinSamplesLeaf > 1 || mapper.IsCategorical;
            _scan.AddToBins(rows, _binned.Column(feature), mapper.BinCount + 1, _groups, counted);
        }

        if (_groups.Count < 2)
        {
            return false;
        }

        bool hasMissing = _groups.Bins[^1] == mapper.MissingBin;
        int present = _groups.Count - (hasMissing ? 1 : 0);
        if (mapper.IsCategorical)
        {
            best = FindSet(feature, rows, present, hasMissing, mapper);
            return true;
        }

        var choice = new Choice { Place = -1, Score = double.NegativeInfinity };
        Score(few, present, missingLeft: false);
        Choose(hasMissing ? present : present - 1, missingRows: 0, ref choice);
        if (hasMissing)
        {
            Score(few, present, missingLeft: true);
            Choose(present - 1, _groups.RowEnds[present] - _groups.RowEnds[present - 1], ref choice);
        }

        if (choice.Place >= 0)
        {
            int bin = _groups.Bins[choice.Place];
            best.Feature = feature;
            best.Score = choice.Score;
            best.LastLeft = bin;
            best.Threshold = choice.Place + 1 < present
                ? SplitRules.Threshold(mapper.High(bin), mapper.Low(_groups.Bins[choice.Place + 1]))
                : double.PositiveInfinity;
            best.DefaultLeft = hasMissing ? choice.MissingLeft : choice.HeavierLeft;
        }

        return true;
    }

    private void Score(bool few, int present, bool missingLeft)
    {
        if (few)
        {
            _scan.ScoreRows(_groups, present, missingLeft);
        }
        else
        {
            _scan.ScoreBins(_groups, present, missingLeft);
        }
    }

    /// <summary>Takes the best of the thresholds just scored where it is better; the limits allow a range of them.</summary>
    private void Choose(int count, int missingRows, ref Choice choice)
    {
        double[] leftWeights = _scan.LeftWeights;
        double weight = _scan.NodeWeight;
        int first = 0;
        if (_hasLimits)
        {
            while (first < count && !Allows(first, missingRows))
            {
                first++;
            }

            while (count > first && !Allows(count - 1, missingRows))
            {
                count--;
            }
        }
        else
        {
            // Rows so light that they vanish beside the others leave no weight.
            while (count > 0 && !(weight - leftWeights[count - 1] > 0))
            {
                count--;
            }
        }

        ReadOnlySpan<double> scores = _scan.Scores;
        for (int place = first; place < count; place++)
        {
            double score = scores[place];
            bool ties = missingRows > 0 && score == choice.Score && place == choice.Place;
            if (score > choice.Score || (ties && SplitRules.DefaultLeft(leftWeights[place], weight - leftWeights[place])))
            {
                choice.Score = score;
                choice.Place = place;
                choice.MissingLeft = missingRows > 0;
                choice.HeavierLeft = SplitRules.DefaultLeft(leftWeights[place], weight - leftWeights[place]);
            }
        }
    }

    private bool Allows(int place, int missingRows)
    {
        int left = _groups.RowEnds[place] + missingRows;
        double leftWeight = _scan.LeftWeights[place];
        return _limits.Allows(left, _groups.RowEnds[^1] - left, leftWeight, _scan.NodeWeight - leftWeight);
    }

    private SplitCandidate FindSet(int feature, ReadOnlySpan<int> rows, int present, bool hasMissing, BinMapper mapper)
    {
        _accumulator.Reset();
        _accumulator.Take(feature);
        int width = _accumulator.SumWidth;
        double[] sums = new double[BinnedTable.MaxBinsWithMissing * width];
        ReadOnlySpan<byte> bins = _binned.Column(feature);
        foreach (int row in rows)
        {
            _accumulator.AddToBin(row, sums.AsSpan(bins[row] * width, width));
        }

        _search!.Clear();
        int before = 0;
        for (int place = 0; place < present; place++)
        {
            int end = _groups.RowEnds[place];
            sums.AsSpan(_groups.Bins[place] * width, width).CopyTo(_search.Add(_groups.Bins[place], start: 0, end - before, width));
            before = end;
        }

        int missingRows = hasMissing ? _groups.RowEnds[present] - before : 0;
        ReadOnlySpan<double> missingSums = hasMissing ? sums.AsSpan(mapper.MissingBin * width, width) : [];
        return _search.Find(
            ref _accumulator, rows: [], missingRows, missing: [], missingSums, feature, _schema[feature].Categories.Count, mapper);
    }

    /// <summary>The best threshold so far.</summary>
    private struct Choice
    {
        public int Place;
        public double Score;
        public bool MissingLeft;
        public bool HeavierLeft;
    }
}
