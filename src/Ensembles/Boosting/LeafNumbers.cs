using Ensembles.Trees;

namespace Ensembles.Boosting;

/// <summary>The leaf of each row in one tree, at two bytes a row, or four where the tree has more than 65,536 leaves.</summary>
internal sealed class LeafNumbers
{
    private readonly ushort[] _short = [];
    private readonly int[] _long = [];

    public LeafNumbers(int rowCount, int leafCount)
    {
        if (leafCount <= ushort.MaxValue + 1)
        {
            _short = new ushort[rowCount];
        }
        else
        {
            _long = new int[rowCount];
        }
    }

    public void Set(int row, int leaf)
    {
        if (_long.Length == 0)
        {
            _short[row] = (ushort)leaf;
        }
        else
        {
            _long[row] = leaf;
        }
    }

    /// <summary>Adds to the scores of consecutive rows the values of their leaves.</summary>
    public void AddValues(Tree tree, int firstRow, Span<double> scores)
    {
        for (int i = 0; i < scores.Length; i++)
        {
            int leaf = _long.Length == 0 ? _short[firstRow + i] : _long[firstRow + i];
            scores[i] += tree.LeafValue(leaf)[0];
        }
    }
}
