using System.Numerics;
using Ensembles.Numerics;

namespace Ensembles.Data.Binning;

/// <summary>
/// The columns of a table as digits, numbers below 256, one a row: what the histogram engine adds up and parts rows by. Most columns are a
/// digit of their own, which is their bin. Columns of which no two are ever off their usual bin in the same row, as those of a one-hot
/// encoding, share a digit: it is 0 where all are in their usual bin, and else tells which column is off and in which bin it is. Nothing is
/// lost: the sums of a usual bin are those of the node less those of the column's other bins, to the bit as sums are of whole numbers.
/// </summary>
internal sealed class ColumnDigits
{
    /// <summary>The most values of a digit.</summary>
    public const int MaxCells = BinnedTable.MaxBinsWithMissing;

    private readonly BinnedTable _table;
    private readonly Digit[] _digits;
    private readonly Member[] _members;
    private readonly int[] _digitOf;

    /// <param name="table">The columns.</param>
    /// <param name="groups">The columns of each digit; every column is in one.</param>
    /// <param name="threads">The most threads to use.</param>
    /// <param name="cancellationToken">Ends the making.</param>
    public ColumnDigits(BinnedTable table, IEnumerable<IReadOnlyList<Part>> groups, int threads, CancellationToken cancellationToken)
    {
        _table = table;
        _members = new Member[table.ColumnCount];
        _digitOf = new int[table.ColumnCount];

        // Histograms of four digits each lie in equally many cells.
        Digit[] digits = [.. groups.Select(ToDigit)];
        _digits = [.. digits.OrderByDescending(digit => digit.LayoutCells)];
        ParallelWork.For(_digits.Length, threads, cancellationToken, Write);
        for (int digit = 0; digit < _digits.Length; digit++)
        {
            foreach (int column in _digits[digit].Columns)
            {
                _digitOf[column] = digit;
            }
        }
    }

    /// <summary>A column to be part of a digit, and its rows that are not in its usual bin; null where it is alone.</summary>
    internal readonly record struct Part(int Column, OffRows? Off);

    /// <summary>How a column is part of a digit.</summary>
    /// <param name="First">The first of the digits that stand for its bins but the usual one, in their order.</param>
    /// <param name="UsualBin">Its usual bin; −1 where the column is alone.</param>
    /// <param name="Bins">How many bins it has, that of missing rows included where there are any.</param>
    internal readonly record struct Member(int First, int UsualBin, int Bins)
    {
        /// <summary>Whether the digit is the bin.</summary>
        public bool IsAlone => UsualBin < 0;

        /// <summary>The digit for a bin, but not for the usual one.</summary>
        public int Cell(int bin) => IsAlone || bin < UsualBin ? First + bin : First + bin - 1;
    }

    private sealed record Digit(int[] Columns, int Cells, int LayoutCells)
    {
        /// <summary>By column the rows that are not in its usual bin; until the digit of each row is written.</summary>
        public OffRows[] Off { get; set; } = [];

        public byte[]? Rows { get; set; }
    }

    /// <summary>The number of digits.</summary>
    public int Count => _digits.Length;

    /// <summary>Every column as a digit of its own, to compare with.</summary>
    public static ColumnDigits Apart(BinnedTable table) => new(
        table,
        Enumerable.Range(0, table.ColumnCount).Select(column => new[] { new Part(column, null) }),
        threads: 1,
        CancellationToken.None);

    /// <summary>The columns of a digit in the order of their values, which is that of the columns but for those of one bin.</summary>
    public ReadOnlySpan<int> Columns(int digit) => _digits[digit].Columns;

    /// <summary>Whether a digit is of several columns.</summary>
    public bool IsShared(int digit) => _digits[digit].Columns.Length > 1;

    /// <summary>The number of values of a digit that rows have.</summary>
    public int Cells(int digit) => _digits[digit].Cells;

    /// <summary>The number of values of a digit for which histograms have cells; where a column is alone, one for missing rows among them.</summary>
    public int LayoutCells(int digit) => _digits[digit].LayoutCells;

    /// <summary>The digit of each row.</summary>
    public ReadOnlySpan<byte> Rows(int digit) => _digits[digit].Rows ?? _table.Column(_digits[digit].Columns[0]);

    /// <summary>The digit that a column is part of.</summary>
    public int DigitOf(int column) => _digitOf[column];

    /// <summary>How a column is part of its digit.</summary>
    public Member MemberOf(int column) => _members[column];

    private Digit ToDigit(IReadOnlyList<Part> parts)
    {
        int[] columns = [.. parts.Select(part => part.Column)];
        if (parts.Count == 1)
        {
            BinnedColumn alone = _table.Stored(columns[0]);
            int cells = Math.Max(1, alone.Mapper.BinCount + (alone.HasMissing ? 1 : 0));
            _members[columns[0]] = new Member(0, -1, cells);
            return new Digit(columns, cells, alone.Mapper.BinCount + 1);
        }

        int first = 1;
        foreach ((int column, OffRows? off) in parts)
        {
            _members[column] = new Member(first, off!.UsualBin, off.Bins);
            first += off.Bins - 1;
        }

        return new Digit(columns, first, first) { Off = [.. parts.Select(part => part.Off!)] };
    }

    private void Write(int digit)
    {
        if (!IsShared(digit))
        {
            return;
        }

        Digit shared = _digits[digit];
        var rows = new byte[_table.RowCount];
        for (int m = 0; m < shared.Columns.Length; m++)
        {
            BinnedColumn column = _table.Stored(shared.Columns[m]);
            Member member = _members[shared.Columns[m]];
            ulong[] off = shared.Off[m].Rows;
            for (int word = 0; word < off.Length; word++)
            {
                for (ulong rest = off[word]; rest != 0; rest &= rest - 1)
                {
                    int row = (word * RowBits.PerWord) + BitOperations.TrailingZeroCount(rest);
                    rows[row] = (byte)(member.Bins == 2 ? member.First : member.Cell(column.BinOf(row)));
                }
            }
        }

        shared.Rows = rows;
        shared.Off = [];
    }
}
