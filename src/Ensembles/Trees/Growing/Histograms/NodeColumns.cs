namespace Ensembles.Trees.Growing.Histograms;

/// <summary>The columns that a node may split on.</summary>
/// <param name="columnCount">The number of columns of the table.</param>
internal sealed class NodeColumns(int columnCount)
{
    private readonly bool[] _has = new bool[columnCount];

    /// <summary>Whether they are all columns of the table.</summary>
    public bool AreAll { get; private set; }

    /// <summary>Takes up those of another node.</summary>
    /// <param name="columns">The columns, each once.</param>
    public void Take(ReadOnlySpan<int> columns)
    {
        AreAll = columns.Length == _has.Length;
        if (AreAll)
        {
            return;
        }

        _has.AsSpan().Clear();
        foreach (int column in columns)
        {
            _has[column] = true;
        }
    }

    /// <summary>Whether the node may split on a column.</summary>
    public bool Has(int column) => AreAll || _has[column];
}
