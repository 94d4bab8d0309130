namespace Ensembles.Data;

/// <summary>
/// The cells of one column, shared by every view of a table and never written after they were handed over. A category is
/// its code; what is missing reads as NaN, whatever the storage.
/// </summary>
internal abstract class ColumnData
{
    /// <summary>The number of cells.</summary>
    public abstract int Length { get; }

    /// <summary>The cell of a row as a double; NaN where it is missing.</summary>
    public abstract double this[int row] { get; }

    /// <summary>Writes the cells of the given rows to every <paramref name="stride"/>-th place of the destination.</summary>
    public abstract void Gather(ReadOnlySpan<int> rows, Span<double> destination, int stride);

    /// <summary>Writes cells of consecutive rows to every <paramref name="stride"/>-th place of the destination.</summary>
    public abstract void Gather(int firstRow, int count, Span<double> destination, int stride);
}

/// <summary>Numbers given as floats: four bytes a cell.</summary>
internal sealed class FloatColumn(float[] values) : ColumnData
{
    public float[] Values { get; } = values;

    public override int Length => Values.Length;

    public override double this[int row] => Values[row];

    public override void Gather(ReadOnlySpan<int> rows, Span<double> destination, int stride)
    {
        float[] values = Values;
        for (int i = 0, k = 0; i < rows.Length; i++, k += stride)
        {
            destination[k] = values[rows[i]];
        }
    }

    public override void Gather(int firstRow, int count, Span<double> destination, int stride)
    {
        ReadOnlySpan<float> values = Values.AsSpan(firstRow, count);
        for (int i = 0, k = 0; i < values.Length; i++, k += stride)
        {
            destination[k] = values[i];
        }
    }
}

/// <summary>Numbers given as doubles: eight bytes a cell, nothing rounded.</summary>
internal sealed class DoubleColumn(double[] values) : ColumnData
{
    public double[] Values { get; } = values;

    public override int Length => Values.Length;

    public override double this[int row] => Values[row];

    public override void Gather(ReadOnlySpan<int> rows, Span<double> destination, int stride)
    {
        double[] values = Values;
        for (int i = 0, k = 0; i < rows.Length; i++, k += stride)
        {
            destination[k] = values[rows[i]];
        }
    }

    public override void Gather(int firstRow, int count, Span<double> destination, int stride)
    {
        ReadOnlySpan<double> values = Values.AsSpan(firstRow, count);
        for (int i = 0, k = 0; i < values.Length; i++, k += stride)
        {
            destination[k] = values[i];
        }
    }
}

/// <summary>Category codes; −1 where the category is missing or unknown.</summary>
internal sealed class CategoryColumn(int[] codes) : ColumnData
{
    public int[] Codes { get; } = codes;

    public override int Length => Codes.Length;

    public override double this[int row] => Read(Codes[row]);

    public override void Gather(ReadOnlySpan<int> rows, Span<double> destination, int stride)
    {
        int[] codes = Codes;
        for (int i = 0, k = 0; i < rows.Length; i++, k += stride)
        {
            destination[k] = Read(codes[rows[i]]);
        }
    }

    public override void Gather(int firstRow, int count, Span<double> destination, int stride)
    {
        ReadOnlySpan<int> codes = Codes.AsSpan(firstRow, count);
        for (int i = 0, k = 0; i < codes.Length; i++, k += stride)
        {
            destination[k] = Read(codes[i]);
        }
    }

    private static double Read(int code) => code < 0 ? double.NaN : code;
}
