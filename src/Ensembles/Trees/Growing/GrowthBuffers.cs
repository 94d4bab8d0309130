namespace Ensembles.Trees.Growing;

/// <summary>
/// The memory that growing a tree takes, whatever the tree. A thread that grows the trees of a forest takes the same for all of them.
/// </summary>
/// <param name="tableRowCount">The number of rows of the table.</param>
internal sealed class GrowthBuffers(int tableRowCount)
{
    /// <summary>The rows of the tree, in the first <see cref="RowCount"/> places: rising at first, then parted by node.</summary>
    public int[] Rows { get; } = new int[tableRowCount];

    /// <summary>Holds the rows that go right while a node is parted.</summary>
    public int[] RightRows { get; } = new int[tableRowCount];

    /// <summary>By row of the table: 1 where the tree has it, else 0.</summary>
    public byte[] InTree { get; } = new byte[tableRowCount];

    /// <summary>By row of the table, while a node is parted: 1 where the row goes left, else 0.</summary>
    public byte[] GoesLeft { get; } = new byte[tableRowCount];

    /// <summary>Collects the nodes of the tree.</summary>
    public TreeBuilder Builder { get; } = new();

    /// <summary>The number of rows of the tree.</summary>
    public int RowCount { get; private set; }

    /// <summary>The weight of the rows of the tree.</summary>
    public double TotalWeight { get; private set; }

    /// <summary>Takes up the rows of weight above 0.</summary>
    public void Take(ReadOnlySpan<double> weights)
    {
        int count = 0;
        double total = 0;
        for (int r = 0; r < weights.Length; r++)
        {
            bool isIn = weights[r] > 0;
            InTree[r] = isIn ? (byte)1 : (byte)0;
            if (isIn)
            {
                Rows[count++] = r;
                total += weights[r];
            }
        }

        RowCount = count;
        TotalWeight = total;
    }

    /// <summary>Takes up the rows of a sample; their weights are not known.</summary>
    /// <param name="inSample">By row whether the tree has it; empty for all.</param>
    public void Take(ReadOnlySpan<bool> inSample)
    {
        int count = 0;
        for (int r = 0; r < InTree.Length; r++)
        {
            bool isIn = inSample.Length == 0 || inSample[r];
            InTree[r] = isIn ? (byte)1 : (byte)0;
            Rows[count] = r;
            count += isIn ? 1 : 0;
        }

        RowCount = count;
        TotalWeight = double.NaN;
    }
}
