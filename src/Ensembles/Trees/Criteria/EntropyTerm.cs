using Ensembles.Numerics;

namespace Ensembles.Trees.Criteria;

/// <summary>
/// c·log₂ c, the term that entropies are made of. Where all weights are whole numbers (no weights, or a bootstrap sample) it is
/// looked up in a table of all sums that can occur, to the same bits.
/// </summary>
internal readonly struct EntropyTerm
{
    // Eight bytes for each unit of weight: beyond this many the table would not stay in cache.
    private const int MaxTable = 1 << 20;

    private readonly double[]? _table;

    private EntropyTerm(double[]? table)
    {
        _table = table;
    }

    /// <summary>The term for sums of these weights.</summary>
    public static EntropyTerm For(ReadOnlySpan<double> weights)
    {
        double total = 0;
        foreach (double weight in weights)
        {
            if (weight != Math.Floor(weight))
            {
                return default;
            }

            total += weight;
        }

        if (total >= MaxTable)
        {
            return default;
        }

        var table = new double[(int)total + 1];
        for (int c = 0; c < table.Length; c++)
        {
            table[c] = Compute(c);
        }

        return new EntropyTerm(table);
    }

    /// <summary>c·log₂ c; 0 for c ≤ 0, where a sum of weights may have come out a rounding error below zero.</summary>
    public double Of(double c)
    {
        // The weights may have been changed since the table was made (a forest writes those of each tree): only whole sums look up.
        int whole = (int)c;
        return _table is double[] table && (uint)whole < (uint)table.Length && whole == c ? table[whole] : Compute(c);
    }

    private static double Compute(double c) => c <= 0 ? 0 : c * DeterministicMath.Log2(c);
}
