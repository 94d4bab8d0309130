using System.Runtime.CompilerServices;
using Ensembles.Trees.Criteria;

namespace Ensembles.Trees.Growing.Gradients;

/// <summary>The scan of the second-order objective: hessian and gradient sums, in double precision.</summary>
/// <param name="pairs">For each row of the table its hessian and its gradient, side by side.</param>
/// <param name="objective">The objective.</param>
/// <param name="constraints">Monotone constraints, or null.</param>
internal struct NewtonAccumulator(float[] pairs, NewtonScore objective, GrowthConstraints? constraints)
    : ISplitAccumulator<NewtonAccumulator>
{
    private SplitScore _score = objective;
    private NodeConstraints? _node;
    private double _hessian;
    private double _gradient;
    private double _leftHessian;
    private double _leftGradient;

    public static bool IsAdditive => true;

    /// <summary>So it is where λ is 0, the objective being a weighted squared error then; elsewhere it is taken to be.</summary>
    public static bool OrderHoldsBestSplit => true;

    public readonly int SumWidth => 2;

    public readonly double NodeScore => _score.Node(_gradient, _hessian);

    public readonly double LeftWeight => _leftHessian;

    public readonly double RightWeight => _hessian - _leftHessian;

    public readonly NewtonAccumulator Fork() => this;

    public void Enter(in GrowingNode node, ReadOnlySpan<int> rows)
    {
        _node = node.Constraints;
        _score = _node is null ? objective : new SplitScore(objective, _node.Lower, _node.Upper, 0);
        (_gradient, _hessian) = Sum(pairs, rows);
        Reset();
    }

    public void Take(int feature) => _score = SplitScore.Of(objective, constraints, _node, feature);

    public void Reset()
    {
        _leftHessian = 0;
        _leftGradient = 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Move(int row)
    {
        _leftHessian += pairs[2 * (nint)row];
        _leftGradient += pairs[(2 * (nint)row) + 1];
    }

    public int MoveUpTo(ReadOnlySpan<int> rows, ReadOnlySpan<double> cells, double threshold)
    {
        int moved = 0;
        for (int i = 0; i < rows.Length; i++)
        {
            if (cells[i] <= threshold)
            {
                Move(rows[i]);
                moved++;
            }
        }

        return moved;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void MoveSums(ReadOnlySpan<double> sums)
    {
        _leftHessian += sums[0];
        _leftGradient += sums[1];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly double Score() =>
        _score.Split(_leftGradient, _leftHessian, _gradient - _leftGradient, _hessian - _leftHessian);

    public readonly BinScan CreateBinScan() =>
        throw new InvalidOperationException("Histograms of gradients have a grower of their own.");

    public readonly void AddToBin(int row, Span<double> sums)
    {
        sums[0] += pairs[2 * (nint)row];
        sums[1] += pairs[(2 * (nint)row) + 1];
    }

    /// <summary>Categories in the order of G/(H + λ).</summary>
    public readonly void OrderCategories(ReadOnlySpan<double> sums, Span<double> keys)
    {
        for (int c = 0; c < keys.Length; c++)
        {
            keys[c] = sums[(2 * c) + 1] / (sums[2 * c] + objective.L2);
        }
    }

    /// <summary>The sums of some rows.</summary>
    /// <param name="pairs">See the constructor.</param>
    /// <param name="rows">The rows; the order is that of the sum.</param>
    public static (double Gradient, double Hessian) Sum(float[] pairs, ReadOnlySpan<int> rows)
    {
        double hessian = 0;
        double gradient = 0;
        foreach (int row in rows)
        {
            hessian += pairs[2 * (nint)row];
            gradient += pairs[(2 * (nint)row) + 1];
        }

        return (gradient, hessian);
    }
}
