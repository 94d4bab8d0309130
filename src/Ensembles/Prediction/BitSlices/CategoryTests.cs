using Ensembles.Trees;

namespace Ensembles.Prediction.BitSlices;

/// <summary>The questions of a group of trees after the category of one feature.</summary>
/// <param name="Feature">The feature.</param>
/// <param name="CategoryCount">Its number of categories; cells that have none of them count as one more.</param>
/// <param name="FirstTest">The number of the first question; the others follow.</param>
/// <param name="Members">For each question the categories that pass it; <paramref name="CategoryCount"/> stands for none of them.</param>
internal sealed record CategoryTests(int Feature, int CategoryCount, int FirstTest, int[][] Members)
{
    /// <summary>The categories that go left at a node.</summary>
    public static int[] MembersOf(CategorySet set, bool defaultLeft, int categoryCount)
    {
        var members = new List<int>(set);
        for (int code = set.CategoryCount; code <= categoryCount && defaultLeft; code++)
        {
            members.Add(code);
        }

        return [.. members];
    }

    /// <summary>The category of a cell, or the number of categories where it has none.</summary>
    public int CodeOf(double cell) =>
        cell >= 0 && cell < CategoryCount && (int)cell == cell ? (int)cell : CategoryCount;
}
