namespace Ensembles.Trees.Growing.Histograms;

/// <summary>
/// Where the bins of the features lie in a histogram. Four features that are read together have the same number of cells, the least
/// multiple of eight that holds the bins of each and its missing rows: so few-valued features take little memory to clear, subtract and
/// scan, and the inner loop needs one number for four features.
/// </summary>
internal sealed class HistogramLayout
{
    /// <summary>Features that are read together.</summary>
    public const int FeaturesPerGroup = 4;

    // Cells that are scanned together.
    private const int CellsAtATime = 8;

    private readonly int[] _cells;
    private readonly int[] _offsets;

    /// <param name="cellCounts">By feature the number of its bins, that of missing rows included.</param>
    public HistogramLayout(ReadOnlySpan<int> cellCounts)
    {
        int groups = (cellCounts.Length + FeaturesPerGroup - 1) / FeaturesPerGroup;
        _cells = GC.AllocateArray<int>(groups, pinned: true);
        _offsets = new int[groups * FeaturesPerGroup];
        long total = 0;
        for (int group = 0; group < groups; group++)
        {
            int most = CellsAtATime;
            foreach (int count in cellCounts[(group * FeaturesPerGroup)..Math.Min((group + 1) * FeaturesPerGroup, cellCounts.Length)])
            {
                most = Math.Max(most, (count + CellsAtATime - 1) & -CellsAtATime);
            }

            _cells[group] = most;
            for (int i = 0; i < FeaturesPerGroup; i++)
            {
                _offsets[(group * FeaturesPerGroup) + i] = (int)total;
                total += most;
            }

            if (total > int.MaxValue / 2)
            {
                throw new ArgumentException($"{cellCounts.Length} columns have too many bins for one histogram. Use fewer bins.");
            }
        }

        CellCount = (int)total;
    }

    /// <summary>The cells of all features.</summary>
    public int CellCount { get; }

    /// <summary>By group of four features: the cells of each. Never moves in memory.</summary>
    public int[] GroupCells => _cells;

    /// <summary>The first cell of a feature.</summary>
    public int Offset(int feature) => _offsets[feature];

    /// <summary>The number of cells of a feature, those of no bin included.</summary>
    public int CellsOf(int feature) => _cells[feature / FeaturesPerGroup];
}
