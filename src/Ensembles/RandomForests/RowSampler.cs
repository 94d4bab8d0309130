using Ensembles.Data;
using Ensembles.Trees;

namespace Ensembles.RandomForests;

/// <summary>
/// Draws the rows of each tree. All rows of weight above 0 have the same chance, whatever their weight, which multiplies how often
/// they are drawn; rows of weight 0 are absent, so no sample can be without weight.
/// </summary>
internal sealed class RowSampler
{
    private readonly int[] _rows;
    private readonly bool _replacement;
    private readonly ulong _seed;

    /// <param name="weights">The weight of each row of the table.</param>
    /// <param name="replacement">Whether a row may be drawn more than once.</param>
    /// <param name="fraction">The size of a sample as a share of the rows of weight above 0, in (0, 1].</param>
    /// <param name="seed">The seed of the fit.</param>
    public RowSampler(double[] weights, bool replacement, double fraction, ulong seed)
    {
        _rows = [.. Enumerable.Range(0, weights.Length).Where(r => weights[r] > 0)];
        _replacement = replacement;
        _seed = seed;
        DrawCount = Math.Max(1, (int)Math.Floor(fraction * _rows.Length));
        TableRowCount = weights.Length;
    }

    /// <summary>The number of rows of the table, those of weight 0 included.</summary>
    public int TableRowCount { get; }

    /// <summary>How many rows a sample has, a row drawn twice counted twice.</summary>
    public int DrawCount { get; }

    /// <summary>Whether samples may leave rows out.</summary>
    public bool LeavesRowsOut => _replacement || DrawCount < _rows.Length;

    /// <summary>The rows that can be drawn, rising.</summary>
    public ReadOnlySpan<int> Rows => _rows;

    /// <summary>Writes how often each row of the table is in the sample of a tree.</summary>
    public void Draw(int tree, Span<int> counts)
    {
        if (LeavesRowsOut)
        {
            RowSampling.Draw(_rows, DrawCount, _replacement, TreeKeys.OfSample(_seed, tree), counts);
            return;
        }

        counts.Clear();
        foreach (int row in _rows)
        {
            counts[row] = 1;
        }
    }
}
