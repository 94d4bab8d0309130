using System.Globalization;
using System.Runtime.Intrinsics;
using Ensembles.Data;
using Ensembles.Learners;
using Ensembles.Prediction.BitSlices;
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

    // What compiling a node costs, in steps of the plain loop from node to node.
    private const int CompileSteps = 32;

    private readonly EnsembleTree[] _trees;
    private readonly long _nodeCount;
    private readonly long _stepsPerRow;
    private readonly int _maxLeaves;
    private readonly bool _comparable = true;
    private SlicedEnsemble? _sliced;
    private long _steps;
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
                _comparable &= tree.Categories(node) is not null || !double.IsNaN(tree.Threshold(node));
            }
        }

        Predictor = Choose();
    }

    /// <summary>The trees; not to be written.</summary>
    public Tree[] Trees { get; }

    /// <summary>The number of sums of a row.</summary>
    public int OutputCount { get; }

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

    /// <summary>Whether the trees and the machine allow a way.</summary>
    public bool Allows(PredictionPath path) => path switch
    {
        PredictionPath.BitSlices => _comparable && _trees.Length > 0 && Vector128.IsHardwareAccelerated && _maxLeaves <= SlicedEnsemble.MaxLeaves,
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
        if (Compiled(rows.Count) is { } sliced)
        {
            sliced.Add(rows, sums);
        }
        else
        {
            PlainLoop.Add(_trees, rows, OutputCount, sums);
        }
    }

    /// <summary>Writes for each row the leaf that it reaches in each tree.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="leaves">Rows × trees.</param>
    public void FindLeaves(in RowSet rows, Span<int> leaves)
    {
        if (Compiled(rows.Count) is { } sliced)
        {
            sliced.FindLeaves(rows, leaves);
        }
        else
        {
            PlainLoop.FindLeaves(_trees, rows, leaves);
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

        if (_maxLeaves > SlicedEnsemble.WorthLeaves)
        {
            return new Predictor(
                PredictionPath.PlainLoop,
                string.Create(CultureInfo.InvariantCulture, $"{of}, and bit slices cost more than walking above {SlicedEnsemble.WorthLeaves}"));
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

    /// <summary>The compiled form for a batch of some rows, or null where the plain loop is to be taken.</summary>
    private SlicedEnsemble? Compiled(int rowCount)
    {
        if (Predictor.Path != PredictionPath.BitSlices || (rowCount < MinBatch && _forced is null))
        {
            return null;
        }

        SlicedEnsemble? sliced = Volatile.Read(ref _sliced);
        if (sliced is not null)
        {
            return sliced;
        }

        // A model that is asked for a few rows once is done before it is compiled.
        if (_forced is null && Interlocked.Add(ref _steps, rowCount * _stepsPerRow) < _nodeCount * CompileSteps)
        {
            return null;
        }

        sliced = new SlicedEnsemble(_trees, OutputCount);
        return Interlocked.CompareExchange(ref _sliced, sliced, null) ?? sliced;
    }
}
