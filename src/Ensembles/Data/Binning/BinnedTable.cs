namespace Ensembles.Data.Binning;

/// <summary>The histogram view of a table: a byte a cell or less, column by column, and how the values of each column fall into bins.</summary>
/// <param name="columns">One a column.</param>
internal sealed class BinnedTable(BinnedColumn[] columns)
{
    /// <summary>The most bins a column has, the one for missing values included.</summary>
    public const int MaxBinsWithMissing = 256;

    /// <summary>The most bins that a column has for values.</summary>
    public const int MaxBins = MaxBinsWithMissing - 1;

    private readonly Lock _rowMajorLock = new();
    private readonly Lock _digitsLock = new();
    private RowMajorBins? _rowMajor;
    private ColumnDigits? _digits;

    public int ColumnCount => columns.Length;

    public int RowCount => columns[0].RowCount;

    /// <summary>The bin of each row in a column.</summary>
    public ReadOnlySpan<byte> Column(int column) => columns[column].Bins;

    /// <summary>A column as it is stored.</summary>
    public BinnedColumn Stored(int column) => columns[column];

    /// <summary>How the values of a column fall into bins.</summary>
    public BinMapper Mapper(int column) => columns[column].Mapper;

    /// <summary>The same bins row by row, made on first use and kept for the trees that follow.</summary>
    /// <param name="threads">The most threads to use.</param>
    /// <param name="cancellationToken">Ends the making.</param>
    public RowMajorBins RowMajor(int threads, CancellationToken cancellationToken)
    {
        lock (_rowMajorLock)
        {
            return _rowMajor ??= RowMajorBins.Build(this, RowCount, threads, cancellationToken);
        }
    }

    /// <summary>The columns with exclusive ones joined, made on first use and kept for the fits that follow.</summary>
    /// <inheritdoc cref="RowMajor"/>
    public ColumnDigits Digits(int threads, CancellationToken cancellationToken)
    {
        lock (_digitsLock)
        {
            return _digits ??= ExclusiveColumns.Join(this, threads, cancellationToken);
        }
    }

    /// <summary>Has fits that begin later use given digits, such as those of columns kept apart, to compare their models.</summary>
    public void UseDigits(ColumnDigits digits)
    {
        lock (_digitsLock)
        {
            _digits = digits;
        }
    }
}
