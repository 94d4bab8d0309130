namespace Ensembles.Explanation.Shapley;

/// <summary>The memory of a walk: what is known of a block of rows at each level, grown as trees need it.</summary>
internal sealed unsafe class ShapleyScratch
{
    private const int Alignment = 64;

    private double[] _memory = [];

    /// <summary>By level whether each row goes left: 1 or 0.</summary>
    public double* Passes { get; private set; }

    /// <summary>By level, where its feature was met above, whether each row is on that edge's side: 1 or 0.</summary>
    public double* Alive { get; private set; }

    /// <summary>By level and point the factors of the left edges.</summary>
    public double* Factors { get; private set; }

    /// <summary>By row what is added up at a node.</summary>
    public double* Totals { get; private set; }

    /// <summary>By slot and point the products of the factors above.</summary>
    public double* Products { get; private set; }

    /// <summary>By slot, output and point the sums over the leaves below, of value times the factors on the way.</summary>
    public double* Sums { get; private set; }

    /// <summary>Makes room for a tree.</summary>
    /// <param name="levels">Its levels.</param>
    /// <param name="points">The points of its integrals.</param>
    /// <param name="width">The values of a leaf.</param>
    /// <param name="rows">The rows of a block.</param>
    public void Ensure(int levels, int points, int width, int rows)
    {
        long line = rows;
        long plane = line * points;
        long slots = 1 + (2 * levels);
        long needed = (((2 * levels) + 1) * line) + (plane * levels) + (plane * (1 + width) * slots);
        if (_memory.Length < needed + (Alignment / sizeof(double)))
        {
            _memory = GC.AllocateUninitializedArray<double>(checked((int)(needed + (Alignment / sizeof(double)))), pinned: true);
        }

        // The array is pinned, so its address stays.
        nint start = (nint)System.Runtime.CompilerServices.Unsafe.AsPointer(ref _memory[0]);
        Passes = (double*)((start + Alignment - 1) & -Alignment);
        Alive = Passes + (line * levels);
        Totals = Alive + (line * levels);
        Factors = Totals + line;
        Products = Factors + (plane * levels);
        Sums = Products + (plane * slots);
    }

}
