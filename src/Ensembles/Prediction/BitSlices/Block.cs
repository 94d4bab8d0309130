namespace Ensembles.Prediction.BitSlices;

/// <summary>Where the parts of a block's memory end, in bytes from its start.</summary>
internal readonly record struct Layout(
    int Cells, int Ranks, int Passed, int Missing, int Categories, int Reached, int Planes, int Codes, int Size);

/// <summary>The memory that a block of rows is predicted in.</summary>
internal readonly unsafe struct Block(byte* memory, in Layout layout, int bytes)
{
    /// <summary>A feature of the rows, as floats or doubles.</summary>
    public readonly byte* Cells = memory;

    /// <summary>A rank a row.</summary>
    public readonly byte* Ranks = memory + layout.Cells;

    /// <summary>For each test the rows that pass it.</summary>
    public readonly byte* Passed = memory + layout.Ranks;

    /// <summary>For each numeric column the rows where it is missing.</summary>
    public readonly byte* Missing = memory + layout.Passed;

    /// <summary>For each category of one feature the rows that have it.</summary>
    public readonly byte* Categories = memory + layout.Missing;

    /// <summary>For each node of one tree the rows that reach it.</summary>
    public readonly byte* Reached = memory + layout.Categories;

    /// <summary>Sixteen planes of leaf numbers.</summary>
    public readonly byte* Planes = memory + layout.Reached;

    /// <summary>For each row the lower byte of its leaf number.</summary>
    public readonly byte* Codes = memory + layout.Planes;

    /// <summary>For each row the upper byte of its leaf number, where trees have so many leaves.</summary>
    public readonly byte* UpperCodes = memory + layout.Planes + (8 * bytes);

    /// <summary>Outputs × rows.</summary>
    public readonly double* Sums = (double*)(memory + layout.Codes);
}
