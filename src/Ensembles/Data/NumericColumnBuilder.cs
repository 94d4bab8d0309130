namespace Ensembles.Data;

/// <summary>Collects the numbers of a column: four bytes a cell for as long as every number is a float, eight from then on.</summary>
internal sealed class NumericColumnBuilder
{
    private const int FirstCapacity = 256;

    private float[] _floats = new float[FirstCapacity];
    private double[]? _doubles;

    /// <summary>The number of cells so far.</summary>
    public int Count { get; private set; }

    /// <summary>Adds a cell; NaN is missing.</summary>
    public void Add(double value)
    {
        if (_doubles is null)
        {
            float rounded = (float)value;
            if (rounded == value || double.IsNaN(value))
            {
                if (Count == _floats.Length)
                {
                    Array.Resize(ref _floats, NextCapacity(Count));
                }

                _floats[Count++] = rounded;
                return;
            }

            Widen();
        }

        if (Count == _doubles!.Length)
        {
            Array.Resize(ref _doubles, NextCapacity(Count));
        }

        _doubles[Count++] = value;
    }

    /// <summary>The collected cells. The builder is not used again.</summary>
    public ColumnData ToColumn()
    {
        if (_doubles is null)
        {
            Array.Resize(ref _floats, Count);
            return new FloatColumn(_floats);
        }

        Array.Resize(ref _doubles, Count);
        return new DoubleColumn(_doubles);
    }

    /// <summary>The capacity that an array of a full column grows to.</summary>
    internal static int NextCapacity(int count) =>
        count < Array.MaxLength
            ? (int)Math.Min(2L * count, Array.MaxLength)
            : throw new InvalidOperationException("The data has more rows than a column can hold.");

    private void Widen()
    {
        _doubles = new double[_floats.Length];
        for (int r = 0; r < Count; r++)
        {
            _doubles[r] = _floats[r];
        }

        _floats = [];
    }
}
