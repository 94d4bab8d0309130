using System.Runtime.CompilerServices;
using Ensembles.Trees.Growing;

namespace Ensembles.Trees.Criteria;

/// <summary>
/// The scan of a criterion of K class weights. The sum of terms of each side is kept up to date as rows move, so a row
/// costs the same however many classes there are.
/// </summary>
/// <typeparam name="TCriterion">The terms of the criterion.</typeparam>
/// <param name="labels">The class of each row of the table.</param>
/// <param name="weights">The weight of each row of the table.</param>
/// <param name="classCount">The number of classes K.</param>
/// <param name="words">See <see cref="ClassCountScan"/>; null where the weights are not counts or the criterion is not Gini's.</param>
/// <param name="criterion">The terms of the criterion.</param>
internal struct ClassAccumulator<TCriterion>(int[] labels, double[] weights, int classCount, long[]? words, TCriterion criterion)
    : ISplitAccumulator<ClassAccumulator<TCriterion>>
    where TCriterion : struct, IClassCriterion
{
    private readonly double[] _node = new double[classCount];
    private readonly double[] _left = new double[classCount];
    private readonly double[] _right = new double[classCount];
    private double _weight;
    private double _terms;
    private double _leftWeight;
    private double _leftTerms;
    private double _rightTerms;
    private double _addUpBelow;

    public static bool IsAdditive => true;

    public static bool OrderHoldsBestSplit => false;

    public readonly int SumWidth => classCount;

    public readonly double NodeScore => criterion.Combine(_terms, _weight);

    public readonly double LeftWeight => _leftWeight;

    public readonly double RightWeight => _weight - _leftWeight;

    public readonly ClassAccumulator<TCriterion> Fork() => new(labels, weights, classCount, words, criterion);

    public void Enter(in GrowingNode node, ReadOnlySpan<int> rows)
    {
        Array.Clear(_node);
        foreach (int row in rows)
        {
            _node[labels[row]] += weights[row];
        }

        _weight = 0;
        _terms = 0;
        foreach (double classWeight in _node)
        {
            _weight += classWeight;
            _terms += criterion.Term(classWeight);
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
        _node.AsSpan().CopyTo(_right);
        _leftWeight = 0;
        _leftTerms = 0;
        _rightTerms = _terms;
        _addUpBelow = _weight / 2;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Move(int row) => MoveClass(labels[row], weights[row]);

    public int MoveUpTo(ReadOnlySpan<int> rows, ReadOnlySpan<double> cells, double threshold)
    {
        // The terms are needed once, after the last row, so only the class weights follow the rows.
        int moved = 0;
        for (int i = 0; i < rows.Length; i++)
        {
            int left = cells[i] <= threshold ? 1 : 0;
            int row = rows[i];
            double weight = left * weights[row];
            _left[labels[row]] += weight;
            _right[labels[row]] -= weight;
            moved += left;
        }

        AddUpTerms();
        return moved;
    }

    public void MoveSums(ReadOnlySpan<double> sums)
    {
        for (int k = 0; k < sums.Length; k++)
        {
            if (sums[k] != 0)
            {
                MoveClass(k, sums[k]);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly double Score() =>
        criterion.Combine(_leftTerms, _leftWeight) + criterion.Combine(_rightTerms, _weight - _leftWeight);

    public readonly BinScan CreateBinScan() => words is null
        ? new ClassBinScan<TCriterion>(labels, weights, classCount, criterion)
        : new ClassCountScan(words, labels, weights, classCount);

    public readonly void AddToBin(int row, Span<double> sums) => sums[labels[row]] += weights[row];

    public readonly void OrderCategories(ReadOnlySpan<double> sums, Span<double> keys) =>
        CategoryOrder.ByFirstPrincipalComponent(sums, classCount, keys);

    private void AddUpTerms()
    {
        _leftWeight = 0;
        _leftTerms = 0;
        _rightTerms = 0;
        for (int k = 0; k < classCount; k++)
        {
            _leftWeight += _left[k];
            _leftTerms += criterion.Term(_left[k]);
            _rightTerms += criterion.Term(_right[k]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void MoveClass(int label, double weight)
    {
        double left = _left[label];
        double right = _right[label];
        _leftTerms += criterion.Term(left + weight) - criterion.Term(left);
        _rightTerms += criterion.Term(right - weight) - criterion.Term(right);
        _left[label] = left + weight;
        _right[label] = right - weight;
        _leftWeight += weight;
        if (_weight - _leftWeight < _addUpBelow)
        {
            AddUpRightTerms();
        }
    }

    /// <summary>
    /// Every time that half of what lay right has moved, the terms of the rest are added up anew: what many moves left as rounding
    /// errors of large terms would be divided by the small weight of the last rows.
    /// </summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void AddUpRightTerms()
    {
        _rightTerms = 0;
        foreach (double classWeight in _right)
        {
            _rightTerms += criterion.Term(classWeight);
        }

        _addUpBelow = (_weight - _leftWeight) / 2;
    }
}
