using System.Globalization;

namespace Ensembles.Data.Folding;

/// <summary>The groups that rows belong to, numbered in the order in which they first appear.</summary>
internal sealed class RowGroups
{
    private RowGroups(int[] groupOf, int count)
    {
        GroupOf = groupOf;
        Count = count;
        Sizes = new int[count];
        foreach (int group in groupOf)
        {
            Sizes[group]++;
        }
    }

    /// <summary>By row its group.</summary>
    public int[] GroupOf { get; }

    /// <summary>The number of groups.</summary>
    public int Count { get; }

    /// <summary>By group the number of its rows.</summary>
    public int[] Sizes { get; }

    public static RowGroups Of<TGroup>(IReadOnlyList<TGroup> groups)
        where TGroup : notnull
    {
        ArgumentNullException.ThrowIfNull(groups);
        var numbers = new Dictionary<TGroup, int>();
        var groupOf = new int[groups.Count];
        for (int r = 0; r < groupOf.Length; r++)
        {
            if (groups[r] is null)
            {
                throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"Row {r}: the group is null."), nameof(groups));
            }

            if (!numbers.TryGetValue(groups[r], out groupOf[r]))
            {
                groupOf[r] = numbers.Count;
                numbers.Add(groups[r], groupOf[r]);
            }
        }

        return new RowGroups(groupOf, numbers.Count);
    }

    /// <exception cref="ArgumentException">There are not as many groups given as rows.</exception>
    public void Check(Dataset data)
    {
        if (GroupOf.Length != data.RowCount)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"There are groups of {GroupOf.Length} rows, but the data have {data.RowCount}."),
                nameof(data));
        }
    }

    /// <summary>By row the fold of its group.</summary>
    public int[] Assign(int[] foldOfGroup) => Array.ConvertAll(GroupOf, group => foldOfGroup[group]);
}
