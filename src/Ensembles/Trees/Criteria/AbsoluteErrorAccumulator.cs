using System.Numerics;
using Ensembles.Trees.Growing;

namespace Ensembles.Trees.Criteria;

/// <summary>
/// The scan of the absolute error: S = −Σ w·|y − median| of each side. The targets of the node are ranked once; a Fenwick
/// tree over the ranks holds the weight and the weighted target of the left side, so that a move and the search for both
/// weighted medians take O(log n).
/// </summary>
/// <param name="targets">The target of each row of the table.</param>
/// <param name="weights">The weight of each row of the table.</param>
internal struct AbsoluteErrorAccumulator(double[] targets, double[] weights) : ISplitAccumulator<AbsoluteErrorAccumulator>
{
    private readonly int[] _rank = new int[targets.Length];
    private double[] _ranked = [];
    private double[] _node = [];
    private double[] _left = [];
    private double _weight;
    private double _target;
    private double _leftWeight;
    private double _leftTarget;
    private int _count;

    public static bool IsAdditive => false;

    public static bool OrderHoldsBestSplit => false;

    public readonly int SumWidth => 2;

    public readonly double NodeScore => -Deviation(_node, subtract: [], _weight, _target);

    public readonly double LeftWeight => _leftWeight;

    public readonly double RightWeight => _weight - _leftWeight;

    public readonly AbsoluteErrorAccumulator Fork() => new(targets, weights);

    public void Enter(in GrowingNode node, ReadOnlySpan<int> rows)
    {
        _count = rows.Length;
        if (_ranked.Length < _count)
        {
            _ranked = new double[_count];
            _node = new double[2 * (_count + 1)];
            _left = new double[2 * (_count + 1)];
        }

        var order = new int[_count];
        rows.CopyTo(order);
        Span<double> ranked = _ranked.AsSpan(0, _count);
        for (int i = 0; i < _count; i++)
        {
            ranked[i] = targets[rows[i]];
        }

        ranked.Sort(order.AsSpan());
        Array.Clear(_node);
        _weight = 0;
        _target = 0;
        for (int i = 0; i < _count; i++)
        {
            int row = order[i];
            _rank[row] = i;
            Add(_node, i, weights[row], weights[row] * targets[row]);
            _weight += weights[row];
            _target += weights[row] * targets[row];
        }

        Reset();
    }

    public readonly void Take(int feature)
    {
        // Every feature is scored alike.
    }

    public void Reset()
    {
        Array.Clear(_left);
        _leftWeight = 0;
        _leftTarget = 0;
    }

    public void Move(int row)
    {
        double weight = weights[row];
        Add(_left, _rank[row], weight, weight * targets[row]);
        _leftWeight += weight;
        _leftTarget += weight * targets[row];
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

    public void MoveSums(ReadOnlySpan<double> sums) =>
        throw new InvalidOperationException("The absolute error of a bin of rows is no function of sums.");

    public readonly double Score() =>
        -(Deviation(_left, subtract: [], _leftWeight, _leftTarget)
          + Deviation(_node, subtract: _left, _weight - _leftWeight, _target - _leftTarget));

    public readonly BinScan CreateBinScan() =>
        throw new InvalidOperationException("The absolute error of a bin of rows is no function of sums.");

    public readonly void AddToBin(int row, Span<double> sums)
    {
        sums[0] += weights[row];
        sums[1] += weights[row] * targets[row];
    }

    /// <summary>Categories in the order of their mean target: a median's order would need the rows, and is no better bound.</summary>
    public readonly void OrderCategories(ReadOnlySpan<double> sums, Span<double> keys)
    {
        for (int c = 0; c < keys.Length; c++)
        {
            keys[c] = sums[(2 * c) + 1] / sums[2 * c];
        }
    }

    private readonly void Add(double[] tree, int rank, double weight, double target)
    {
        for (int i = rank + 1; i <= _count; i += i & -i)
        {
            tree[2 * i] += weight;
            tree[(2 * i) + 1] += target;
        }
    }

    /// <summary>
    /// Σ w·|y − m| for the weighted median m of the rows that a tree holds: with W and Y the sums of the rows up to m, the
    /// rows below give m·W − Y, those above (Y_all − Y) − m·(W_all − W).
    /// </summary>
    private readonly double Deviation(double[] tree, double[] subtract, double weight, double target)
    {
        double half = weight / 2;
        double below = 0;
        double belowTarget = 0;
        int place = 0;
        for (int step = 1 << BitOperations.Log2((uint)_count); step > 0; step >>= 1)
        {
            int next = place + step;
            if (next > _count)
            {
                continue;
            }

            double nextWeight = tree[2 * next] - (subtract.Length == 0 ? 0 : subtract[2 * next]);
            if (below + nextWeight < half)
            {
                place = next;
                below += nextWeight;
                belowTarget += tree[(2 * next) + 1] - (subtract.Length == 0 ? 0 : subtract[(2 * next) + 1]);
            }
        }

        // The rows of ranks 0 … place − 1 weigh less than half: the next one is the median, and on it the deviation is 0.
        double median = _ranked[Math.Min(place, _count - 1)];
        return (median * below) - belowTarget + (target - belowTarget) - (median * (weight - below));
    }
}
