using Ensembles.Numerics;

namespace Ensembles.Data.Binning;

/// <summary>
/// Finds columns of which no two are ever off their usual bin in the same row (exclusive feature bundling, Ke et al. 2017, without their
/// allowance for conflicts, so that no model changes). Finding the fewest groups is colouring a graph; here each column goes to the first
/// group with room that it does not meet, the newest group first: the columns of one encoding follow each other.
/// </summary>
internal static class ExclusiveColumns
{
    // Groups a column is compared with. Sparse columns that all meet each other would otherwise cost the square of their number.
    private const int MaxTries = 64;

    // Reading several bins out of a digit takes the time of adding dozens of rows, which smaller tables have not in most nodes.
    private const int LeastRows = 4096;

    /// <summary>The digits of a table.</summary>
    public static ColumnDigits Join(BinnedTable table, int threads, CancellationToken cancellationToken)
    {
        var off = new OffRows?[table.ColumnCount];
        ParallelWork.For(off.Length, threads, cancellationToken, column => off[column] = table.Stored(column).FindOffRows());
        var groups = new List<Group>();
        var open = new List<Group>();
        var constant = new List<ColumnDigits.Part>();
        for (int column = 0; column < off.Length; column++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var part = new ColumnDigits.Part(column, off[column]);
            if (part.Off?.Bins == 1)
            {
                constant.Add(part);
                continue;
            }

            if (part.Off is null || (part.Off.Bins > 2 && table.RowCount < LeastRows))
            {
                groups.Add(new Group(part));
                continue;
            }

            Group? group = Find(open, part.Off, table.RowCount);
            if (group is null)
            {
                group = new Group(part);
                groups.Add(group);
                open.Add(group);
            }
            else
            {
                group.Add(part);
            }

            if (group.Cells == ColumnDigits.MaxCells)
            {
                open.Remove(group);
            }
        }

        // Columns of one bin take no room, but a column that is alone is searched in less time.
        foreach (ColumnDigits.Part part in constant)
        {
            if (groups.Find(group => group.Parts.Count > 1 || group.Cells == 1) is { } group)
            {
                group.Add(part);
            }
            else
            {
                groups.Add(new Group(part));
            }
        }

        return new ColumnDigits(table, groups.Select(group => group.Parts), threads, cancellationToken);
    }

    private static Group? Find(List<Group> open, OffRows off, int rowCount)
    {
        int tries = 0;
        for (int g = open.Count - 1; g >= 0 && tries < MaxTries; g--, tries++)
        {
            if (open[g].HasRoom(off, rowCount))
            {
                return open[g];
            }
        }

        return null;
    }

    private sealed class Group(ColumnDigits.Part first)
    {
        private ulong[]? _rows = first.Off?.Rows;
        private int _rowCount = first.Off?.Count ?? 0;

        public List<ColumnDigits.Part> Parts { get; } = [first];

        /// <summary>The values of the digit.</summary>
        public int Cells { get; private set; } = first.Off?.Bins ?? 0;

        public bool HasRoom(OffRows off, int rowCount) =>
            Cells + off.Bins - 1 <= ColumnDigits.MaxCells && _rowCount + off.Count <= rowCount && !RowBits.Meet(_rows, off.Rows);

        public void Add(ColumnDigits.Part part)
        {
            // The rows of the first column are its own.
            _rows = Parts.Count == 1 ? [.. _rows!] : _rows;
            RowBits.Add(_rows!, part.Off!.Rows);
            _rowCount += part.Off.Count;
            Cells += part.Off.Bins - 1;
            Parts.Add(part);
        }
    }
}
