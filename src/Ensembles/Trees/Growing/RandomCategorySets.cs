using System.Numerics;
using Ensembles.Data;
using Ensembles.Numerics;
using Ensembles.Trees.Criteria;

namespace Ensembles.Trees.Growing;

/// <summary>
/// Draws sets of the categories of a node. The categories are put in an order by their targets, as a search for the best set does (Breiman
/// et al. 1984, section 9.4), and the cut of the order is drawn, as the threshold of a number is. A set of which each member is drawn
/// (Geurts, Ernst and Wehenkel 2006) says little where categories are many: of 2^k sets few part them by what they mean.
/// <para>
/// An order found in few rows is chance, by which categories of pure noise look better than numbers. So a node of fewer rows a
/// category than <see cref="GrowthLimits.MinSamplesPerCategory"/> takes the order of the tree.
/// </para>
/// </summary>
internal sealed class RandomCategorySets<TAccumulator>
    where TAccumulator : struct, ISplitAccumulator<TAccumulator>
{
    private readonly FeatureSchema _schema;
    private readonly double[] _weights;
    private readonly int _minSamplesPerCategory;
    private readonly TreeCategoryOrders _orders;
    private readonly ulong[] _present;
    private readonly int[] _slots;
    private int[] _codes = [];
    private double[] _keys = [];
    private double[] _distinct = [];
    private double[] _sums = [];

    /// <param name="schema">The columns.</param>
    /// <param name="weights">The weight of each row.</param>
    /// <param name="minSamplesPerCategory">See <see cref="GrowthLimits.MinSamplesPerCategory"/>.</param>
    public RandomCategorySets(FeatureSchema schema, double[] weights, int minSamplesPerCategory)
    {
        _schema = schema;
        _weights = weights;
        _minSamplesPerCategory = minSamplesPerCategory;
        _orders = new TreeCategoryOrders(schema);
        int most = schema.Max(feature => feature.Categories.Count);
        _present = new ulong[(most + 63) / 64];
        _slots = new int[most];
    }

    /// <summary>Finds the order that the categories of a feature have in all rows of the tree.</summary>
    /// <param name="accumulator">Has entered the root.</param>
    /// <param name="feature">The feature.</param>
    /// <param name="rows">The rows of the tree.</param>
    /// <param name="cells">Their cells.</param>
    public void Order(in TAccumulator accumulator, int feature, ReadOnlySpan<int> rows, ReadOnlySpan<double> cells)
    {
        int count = FindPresent(feature, cells);
        Span<double> keys = OrderPresent(accumulator, count, rows, cells);
        _orders.Begin(feature);
        for (int slot = 0; slot < count; slot++)
        {
            _orders.Keep(feature, _codes[slot], keys[slot]);
        }
    }

    /// <summary>Draws a set that has some categories of the node, and not all of them where it has more than one.</summary>
    /// <param name="accumulator">Has entered the node.</param>
    /// <param name="feature">A feature whose order in the tree is known, where nodes may need it.</param>
    /// <param name="rows">The rows of the node.</param>
    /// <param name="cells">Their cells, not all of them missing.</param>
    /// <param name="presentRows">How many are not missing.</param>
    /// <param name="random">The source of the draw.</param>
    public CategorySet Draw(
        in TAccumulator accumulator,
        int feature,
        ReadOnlySpan<int> rows,
        ReadOnlySpan<double> cells,
        int presentRows,
        ref RandomStream random)
    {
        int count = FindPresent(feature, cells);
        Span<double> keys = presentRows >= (long)_minSamplesPerCategory * count
            ? OrderPresent(accumulator, count, rows, cells)
            : KeysInTree(feature, count);
        Span<double> distinct = Distinct(keys);
        if (distinct.Length < 2)
        {
            return DrawMembers(feature, count, ref random);
        }

        double last = distinct[random.NextInt(distinct.Length - 1)];
        return CutAfter(last, keys, feature, rows, cells);
    }

    /// <summary>Marks the categories of the node and numbers them in the order of their codes; returns how many there are.</summary>
    private int FindPresent(int feature, ReadOnlySpan<double> cells)
    {
        // Sixty-four categories at a time: a column may have thousands of them, and most nodes few rows.
        Span<ulong> present = Present(feature);
        present.Clear();
        foreach (double cell in cells)
        {
            if (!double.IsNaN(cell))
            {
                present[(int)cell >> 6] |= 1UL << ((int)cell & 63);
            }
        }

        int count = 0;
        foreach (ulong word in present)
        {
            count += BitOperations.PopCount(word);
        }

        if (_codes.Length < count)
        {
            _codes = new int[count];
            _keys = new double[count];
            _distinct = new double[count];
        }

        int slot = 0;
        for (int w = 0; w < present.Length; w++)
        {
            for (ulong rest = present[w]; rest != 0; rest &= rest - 1)
            {
                int code = (w << 6) + BitOperations.TrailingZeroCount(rest);
                _slots[code] = slot;
                _codes[slot++] = code;
            }
        }

        return count;
    }

    private Span<ulong> Present(int feature) => _present.AsSpan(0, (_schema[feature].Categories.Count + 63) / 64);

    /// <summary>The keys of the categories of the node by its own rows.</summary>
    private Span<double> OrderPresent(in TAccumulator accumulator, int count, ReadOnlySpan<int> rows, ReadOnlySpan<double> cells)
    {
        int width = accumulator.SumWidth;
        if (_sums.Length < count * width)
        {
            _sums = new double[count * width];
        }

        Span<double> sums = _sums.AsSpan(0, count * width);
        sums.Clear();
        for (int i = 0; i < rows.Length; i++)
        {
            if (!double.IsNaN(cells[i]))
            {
                accumulator.AddToBin(rows[i], sums.Slice(_slots[(int)cells[i]] * width, width));
            }
        }

        Span<double> keys = _keys.AsSpan(0, count);
        accumulator.OrderCategories(sums, keys);
        return keys;
    }

    private Span<double> KeysInTree(int feature, int count)
    {
        ReadOnlySpan<double> ofTree = _orders.Of(feature);
        Span<double> keys = _keys.AsSpan(0, count);
        for (int slot = 0; slot < count; slot++)
        {
            keys[slot] = ofTree[_codes[slot]];
        }

        return keys;
    }

    /// <summary>The keys rising, each once.</summary>
    private Span<double> Distinct(ReadOnlySpan<double> keys)
    {
        Span<double> distinct = _distinct.AsSpan(0, keys.Length);
        keys.CopyTo(distinct);
        distinct.Sort();
        int count = 0;
        foreach (double key in distinct)
        {
            if (count == 0 || key != distinct[count - 1])
            {
                distinct[count++] = key;
            }
        }

        return distinct[..count];
    }

    /// <summary>The categories up to a key; those that the node has not go with the heavier side.</summary>
    private CategorySet CutAfter(double last, ReadOnlySpan<double> keys, int feature, ReadOnlySpan<int> rows, ReadOnlySpan<double> cells)
    {
        double left = 0;
        double right = 0;
        for (int i = 0; i < rows.Length; i++)
        {
            if (!double.IsNaN(cells[i]))
            {
                double weight = _weights[rows[i]];
                bool isLeft = keys[_slots[(int)cells[i]]] <= last;
                left += isLeft ? weight : 0;
                right += isLeft ? 0 : weight;
            }
        }

        Span<ulong> present = Present(feature);
        var members = new ulong[present.Length];
        if (SplitRules.DefaultLeft(left, right))
        {
            for (int w = 0; w < members.Length; w++)
            {
                members[w] = ~present[w];
            }
        }

        for (int slot = 0; slot < keys.Length; slot++)
        {
            if (keys[slot] <= last)
            {
                members[_codes[slot] >> 6] |= 1UL << (_codes[slot] & 63);
            }
        }

        return new CategorySet(_schema[feature].Categories.Count, members);
    }

    /// <summary>
    /// Where targets give no order: a set that has each category of the node with probability ½, but not all and not none of them;
    /// categories that the node has not are drawn the same way.
    /// </summary>
    private CategorySet DrawMembers(int feature, int count, ref RandomStream random)
    {
        Span<ulong> present = Present(feature);
        var members = new ulong[present.Length];
        int inSet = 0;
        for (int w = 0; w < members.Length; w++)
        {
            members[w] = random.NextUInt64();
            inSet += BitOperations.PopCount(present[w] & members[w]);
        }

        if (count == 1)
        {
            // The only category parts from the missing values.
            present.CopyTo(members);
        }
        else if (inSet == 0 || inSet == count)
        {
            // All or none: the draw is mended at one category of the node, itself drawn.
            int picked = _codes[random.NextInt(count)];
            members[picked >> 6] ^= 1UL << (picked & 63);
        }

        return new CategorySet(_schema[feature].Categories.Count, members);
    }
}
