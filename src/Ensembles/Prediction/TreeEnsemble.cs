using System.Globalization;
using System.Runtime.Intrinsics;
using Ensembles.Data;
using Ensembles.Learners;
using Ensembles.Prediction.BitSlices;
using Ensembles.Prediction.Walks;
using Ensembles.Trees;

namespace Ensembles.Prediction;

/// <summary>
/// Trees that are asked together: their leaf values are added up in the order of the trees. All prediction of models of trees goes
/// through here. A form of the trees that suits them and the machine is compiled once it pays; every form gives the same bits.
/// </summary>
internal sealed class TreeEnsemble : IBatchPrediction
{
    // Fewer rows go through the plain loop.
    private const int MinBatch = 16;

    // Trees of fewer nodes are compiled for single rows at the first one, so that none after it allocates.
    private const int SmallNodeCount = 1 << 14;

    // What compiling a node costs, in steps of the plain loop from node to node.
    private const int CompileSteps = 32;

    private readonly EnsembleTree[] _trees;
    private readonly long _nodeCount;
    private readonly long _stepsPerRow;
    private readonly int _maxLeaves;
    private readonly bool _comparable = true;
    private readonly bool _simple = true;
    private SlicedEnsemble? _sliced;
    private WalkEnsemble? _walked;
    private SingleRow? _single;
    private long _steps;
    private bool _pays;
    private PredictionPath? _forced;

    /// <param name="trees">The trees and what their leaves add.</param>
    /// <param name="outputCount">The number of sums of a row.</param>
    public TreeEnsemble(EnsembleTree[] trees, int outputCount)
    {
        _trees = trees;
        OutputCount = outputCount;
        Trees = Array.ConvertAll(trees, tree => tree.Tree);
        foreach (Tree tree in Trees)
        {
            _nodeCount += tree.NodeCount;
            _stepsPerRow += tree.Depth;
            _maxLeaves = Math.Max(_maxLeaves, tree.LeafCount);
            for (int node = 0; node < tree.InnerCount; node++)
            {
                bool numeric = tree.Categories(node) is null;
                _comparable &= !numeric || !double.IsNaN(tree.Threshold(node));
                _simple &= numeric;
            }
        }

        // Walks over ranks and single rows are for trees of numbers only.
        _simple &= _comparable;

        Predictor = Choose();
    }

    /// <summary>The trees; not to be written.</summary>
    public Tree[] Trees { get; }

    /// <summary>The trees and what they add.</summary>
    public ReadOnlySpan<EnsembleTree> Parts => _trees;

    /// <summary>The number of sums of a row.</summary>
    public int OutputCount { get; }

    /// <inheritdoc/>
    public int TreeCount => Trees.Length;

    /// <inheritdoc/>
    public Predictor Predictor { get; private set; }

    /// <summary>Trees whose leaf values are added up.</summary>
    public static TreeEnsemble OfValues(Tree[] trees) =>
        new(Array.ConvertAll(trees, tree => new EnsembleTree(tree, 0, tree.LeafValues)), trees[0].ValueWidth);

    /// <summary>Trees that vote, each for the class that is the most probable in its leaf; of equals the first.</summary>
    public static TreeEnsemble OfVotes(Tree[] trees) =>
        new(Array.ConvertAll(trees, tree => new EnsembleTree(tree, 0, Votes(tree))), trees[0].ValueWidth);

    /// <summary>Trees of one value a leaf, dealt to some sums in turn: what boosting of several scores gives.</summary>
    public static TreeEnsemble OfRounds(IReadOnlyList<Tree> trees, int outputCount) =>
        new([.. trees.Select((tree, t) => new EnsembleTree(tree, t % outputCount, tree.LeafValues))], outputCount);

    /// <inheritdoc/>
    public bool Allows(PredictionPath path) => path switch
    {
        PredictionPath.BitSlices =>
            _comparable && _trees.Length > 0 && Vector128.IsHardwareAccelerated && _maxLeaves <= SlicedEnsemble.MaxLeaves,
        PredictionPath.RankWalk => _simple && _trees.Length > 0 && WalkEnsemble.Fits(_trees),
        _ => true,
    };

    /// <inheritdoc/>
    public void Force(PredictionPath? path)
    {
        if (path is { } asked && !Allows(asked))
        {
            throw new ArgumentException("The trees or the machine do not allow this way.", nameof(path));
        }

        _forced = path;
        Predictor = path is { } forced ? new Predictor(forced, "it was asked for") : Choose();
    }

    /// <summary>Adds to the sums of each row the values of its leaves, in the order of the trees.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="sums">Rows × <see cref="OutputCount"/>.</param>
    public void Add(in RowSet rows, Span<double> sums)
    {
        switch (PathOf(rows.Count))
        {
            case PredictionPath.BitSlices:
                Sliced().Add(rows, sums);
                break;
            case PredictionPath.RankWalk when rows.Count >= MinBatch:
                Walked().Add(rows, sums);
                break;
            case PredictionPath.RankWalk:
                SingleRow single = Single();
                for (int r = 0; r < rows.Count; r++)
                {
                    single.Add(rows.Slice(r, 1), sums.Slice(r * OutputCount, OutputCount));
                }

                break;
            default:
                PlainLoop.Add(_trees, rows, OutputCount, sums);
                break;
        }
    }

    /// <inheritdoc/>
    public void FindLeaves(in RowSet rows, Span<int> leaves)
    {
        switch (PathOf(rows.Count))
        {
            case PredictionPath.BitSlices:
                Sliced().FindLeaves(rows, leaves);
                break;
            case PredictionPath.RankWalk when rows.Count >= MinBatch:
                Walked().FindLeaves(rows, leaves);
                break;
            default:
                PlainLoop.FindLeaves(_trees, rows, leaves);
                break;
        }
    }

    private Predictor Choose()
    {
        string of = string.Create(CultureInfo.InvariantCulture, $"{_trees.Length} trees of at most {_maxLeaves} leaves");
        if (_trees.Length == 0)
        {
            return new Predictor(PredictionPath.PlainLoop, "there are no trees");
        }

        if (!_comparable)
        {
            return new Predictor(PredictionPath.PlainLoop, $"{of}, of which some have a threshold that is not a number");
        }

        if (!Vector128.IsHardwareAccelerated)
        {
            return new Predictor(PredictionPath.PlainLoop, $"{of}, and the machine has no vectors");
        }

        if (_maxLeaves > SlicedEnsemble.WorthLeaves && !SlicedEnsemble.SharesTests(_trees))
        {
            string above = string.Create(
                CultureInfo.InvariantCulture, $"{of}, and bit slices of trees that share few thresholds cost more above {SlicedEnsemble.WorthLeaves}");
            return Allows(PredictionPath.RankWalk)
                ? new Predictor(PredictionPath.RankWalk, above)
                : new Predictor(PredictionPath.PlainLoop, above + "; the ranks of categories are not kept");
        }

        string width = Vector512.IsHardwareAccelerated ? "512" : Vector256.IsHardwareAccelerated ? "256" : "128";
        return new Predictor(PredictionPath.BitSlices, $"{of}, {width} rows at a time; fewer than {MinBatch} rows go one by one");
    }

    private static double[] Votes(Tree tree)
    {
        var votes = new double[tree.LeafCount * tree.ValueWidth];
        for (int leaf = 0; leaf < tree.LeafCount; leaf++)
        {
            votes[(leaf * tree.ValueWidth) + ClassificationModel.IndexOfMax(tree.LeafValue(leaf))] = 1;
        }

        return votes;
    }

    /// <summary>The way that some rows go. What is asked for a few rows once is done before anything is compiled.</summary>
    private PredictionPath PathOf(int rowCount)
    {
        if (_forced is { } forced)
        {
            return forced;
        }

        bool pays = Volatile.Read(ref _pays);
        if (!pays)
        {
            pays = Interlocked.Add(ref _steps, rowCount * _stepsPerRow) >= _nodeCount * CompileSteps;
            Volatile.Write(ref _pays, pays);
        }

        if (rowCount < MinBatch)
        {
            return _simple && (pays || _nodeCount <= SmallNodeCount) ? PredictionPath.RankWalk : PredictionPath.PlainLoop;
        }

        return pays ? Predictor.Path : PredictionPath.PlainLoop;
    }

    private SlicedEnsemble Sliced() => Volatile.Read(ref _sliced) ?? Keep(ref _sliced, new SlicedEnsemble(_trees, OutputCount));

    private WalkEnsemble Walked() => Volatile.Read(ref _walked) ?? Keep(ref _walked, new WalkEnsemble(_trees, OutputCount));

    private SingleRow Single() => Volatile.Read(ref _single) ?? Keep(ref _single, new SingleRow(_trees));

    private static T Keep<T>(ref T? place, T made)
        where T : class => Interlocked.CompareExchange(ref place, made, null) ?? made;
}
