using System.Runtime.Intrinsics;
using Ensembles.Data;
using Ensembles.Prediction;
using Ensembles.Trees;

namespace Ensembles.Explanation.Shapley;

/// <summary>The exact Shapley values of a sum of trees, a chunk of rows at a time.</summary>
internal sealed unsafe class TreeShap
{
    /// <summary>The rows of a register and of a block; for tests, which compare the widths.</summary>
    private readonly int? _lanes;
    private readonly TreeSum _sum;
    private readonly ShapleyTree[] _trees;

    // By tree the shares of the training weight; null where rows stand for what is not known.
    private readonly double[][]? _shares;
    private readonly ShapleyWeights[]? _weights;
    private readonly double[] _background = [];
    private readonly int _backgroundCount;

    /// <param name="sum">The trees.</param>
    /// <param name="background">
    /// The rows whose cells stand for those that a coalition does not know; null for the training rows, as the trees part them.
    /// </param>
    /// <param name="lanes">The rows of a register; null for what suits the machine and the rows.</param>
    public TreeShap(TreeSum sum, FeatureTable? background, int? lanes = null)
    {
        _sum = sum;
        _lanes = lanes;
        _trees = Array.ConvertAll(sum.Terms, term => new ShapleyTree(term.Part.Tree));
        BaseValues = [.. sum.BaseScores];
        if (background is null)
        {
            _shares = Array.ConvertAll(sum.Terms, term => term.Shares());
            _weights = new ShapleyWeights[_trees.Length];
            for (int t = 0; t < _trees.Length; t++)
            {
                _weights[t] = new ShapleyWeights(_trees[t], _shares[t], scale: 1);
                AddExpectation(t);
            }

            return;
        }

        _backgroundCount = background.RowCount;
        _background = new double[checked(background.RowCount * background.ColumnCount)];
        var rows = new RowSet(background, 0, background.RowCount);
        rows.CopyRows(_background);
        var sums = new double[checked(_backgroundCount * sum.OutputCount)];
        sum.Predict(new RowSet(_background, sum.Schema.Count), sums);
        Array.Clear(BaseValues);
        for (int i = 0; i < sums.Length; i++)
        {
            BaseValues[i % sum.OutputCount] += sums[i] / _backgroundCount;
        }
    }

    /// <summary>By output what is expected of a row of which nothing is known.</summary>
    public double[] BaseValues { get; }

    /// <summary>Writes the Shapley values of rows.</summary>
    /// <param name="rows">The rows of a chunk.</param>
    /// <param name="values">Rows × outputs × features.</param>
    /// <param name="scratch">The memory of the walks.</param>
    public void Explain(in RowSet rows, Span<double> values, ShapleyScratch scratch)
    {
        switch (LanesFor(rows.Count))
        {
            case 8:
                Explain<Lanes512>(rows, values, scratch);
                break;
            case 4:
                Explain<Lanes256>(rows, values, scratch);
                break;
            case 2:
                Explain<Lanes128>(rows, values, scratch);
                break;
            default:
                Explain<SingleLane>(rows, values, scratch);
                break;
        }
    }

    /// <summary>Writes the interactions of rows: what pairs of features change beyond what each does.</summary>
    /// <param name="rows">The rows of a chunk.</param>
    /// <param name="values">Rows × outputs × features × features.</param>
    /// <param name="scratch">The memory of the walks.</param>
    public void Interact(in RowSet rows, Span<double> values, ShapleyScratch scratch)
    {
        switch (LanesFor(rows.Count))
        {
            case 8:
                Interact<Lanes512>(rows, values, scratch);
                break;
            case 4:
                Interact<Lanes256>(rows, values, scratch);
                break;
            case 2:
                Interact<Lanes128>(rows, values, scratch);
                break;
            default:
                Interact<SingleLane>(rows, values, scratch);
                break;
        }
    }

    private int LanesFor(int rowCount) => _lanes
        ?? (Vector512.IsHardwareAccelerated ? 8 : Vector256.IsHardwareAccelerated ? 4 : Vector128.IsHardwareAccelerated ? 2 : 1);

    private void Explain<TLanes>(in RowSet rows, Span<double> values, ShapleyScratch scratch)
        where TLanes : struct, ILanes<TLanes>
    {
        int features = _sum.Schema.Count;
        var block = new RowBlocks<TLanes>(rows, _sum.OutputCount * features);
        nint stride = (nint)features * block.Rows;
        for (int t = 0; t < _trees.Length; t++)
        {
            EnsembleTree part = _sum.Terms[t].Part;
            for (int z = 0; z < Games; z++)
            {
                ShapleyWeights weights = WeightsOf(t, z);
                for (int b = 0; b < block.Count; b++)
                {
                    ShapleyKernel<TLanes>.Run(
                        _trees[t], weights, part.Values, part.Width, block.Rows, block.Cells(b), block.Values(b) + (part.Output * stride), stride, scratch);
                }
            }
        }

        block.CopyTo(values);
    }

    private void Interact<TLanes>(in RowSet rows, Span<double> values, ShapleyScratch scratch)
        where TLanes : struct, ILanes<TLanes>
    {
        int features = _sum.Schema.Count;
        var block = new RowBlocks<TLanes>(rows, _sum.OutputCount * features * features);
        nint line = (nint)features * block.Rows;
        for (int t = 0; t < _trees.Length; t++)
        {
            EnsembleTree part = _sum.Terms[t].Part;
            for (int z = 0; z < Games; z++)
            {
                ShapleyWeights weights = WeightsOf(t, z);
                foreach (int feature in _trees[t].Features)
                {
                    // Half of what the others are worth with the feature known, less with it unknown.
                    double half = 0.5 / Games;
                    var present = new ShapleyWeights(weights, _trees[t], half, feature, isPresent: true);
                    var absent = new ShapleyWeights(weights, _trees[t], -half, feature, isPresent: false);
                    for (int b = 0; b < block.Count; b++)
                    {
                        double* target = block.Values(b) + (((part.Output * features) + feature) * line);
                        ShapleyKernel<TLanes>.Run(
                            _trees[t], present, part.Values, part.Width, block.Rows, block.Cells(b), target, features * line, scratch);
                        ShapleyKernel<TLanes>.Run(
                            _trees[t], absent, part.Values, part.Width, block.Rows, block.Cells(b), target, features * line, scratch);
                    }
                }
            }
        }

        block.CopyTo(values);
        var single = new double[rows.Count * _sum.OutputCount * features];
        Explain<TLanes>(rows, single, scratch);
        for (int i = 0; i < rows.Count * _sum.OutputCount; i++)
        {
            Complete(values.Slice(i * features * features, features * features), single.AsSpan(i * features, features));
        }
    }

    /// <summary>Makes a matrix symmetric to the last bit; the diagonal is what is left of the value of each feature.</summary>
    private static void Complete(Span<double> matrix, ReadOnlySpan<double> values)
    {
        int features = values.Length;
        for (int i = 0; i < features; i++)
        {
            double own = values[i];
            for (int j = 0; j < features; j++)
            {
                if (j > i)
                {
                    double mean = (matrix[(i * features) + j] + matrix[(j * features) + i]) / 2;
                    matrix[(i * features) + j] = matrix[(j * features) + i] = mean;
                }

                own -= j == i ? 0 : matrix[(i * features) + j];
            }

            matrix[(i * features) + i] = own;
        }
    }

    /// <summary>One for the shares of the training rows, or one a background row.</summary>
    private int Games => _shares is null ? _backgroundCount : 1;

    private ShapleyWeights WeightsOf(int tree, int game)
    {
        if (_weights is not null)
        {
            return _weights[tree];
        }

        // A background row sends all or nothing to the left.
        int width = _sum.Schema.Count;
        ReadOnlySpan<double> row = _background.AsSpan(game * width, width);
        Tree of = _trees[tree].Tree;
        var shares = new double[of.InnerCount];
        for (int node = 0; node < shares.Length; node++)
        {
            shares[node] = of.GoesLeft(node, row[of.Feature(node)]) ? 1 : 0;
        }

        return new ShapleyWeights(_trees[tree], shares, 1.0 / _backgroundCount);
    }

    private void AddExpectation(int t)
    {
        EnsembleTree part = _sum.Terms[t].Part;
        Tree tree = part.Tree;
        var share = new double[tree.NodeCount];
        share[0] = 1;
        for (int node = 0; node < tree.InnerCount; node++)
        {
            double left = share[node] * _shares![t][node];
            share[tree.Left(node)] = left;
            share[tree.Right(node)] = share[node] - left;
        }

        for (int i = 0; i < part.Values.Length; i++)
        {
            BaseValues[part.Output + (i % part.Width)] += share[tree.InnerCount + (i / part.Width)] * part.Values[i];
        }
    }
}
