using Ensembles.Data;

namespace Ensembles.Plots.Specs;

/// <summary>Which of many rows are drawn.</summary>
internal static class Sample
{
    /// <summary>So many rows at random, in their order; all where there are no more.</summary>
    public static int[] Rows(int count, int most, ulong seed)
    {
        if (count <= most)
        {
            return [.. Enumerable.Range(0, count)];
        }

        int[] rows = RowSampling.Permutation(count, seed)[..most];
        Array.Sort(rows);
        return rows;
    }

    /// <summary>How many are drawn, where it is not all of them.</summary>
    public static string? Note(int count, int most, string what) =>
        count > most ? $"{Spec.Whole(most)} of {Spec.Whole(count)} {what}, drawn at random" : null;

    /// <summary>Notes one after another; null where there are none.</summary>
    public static string? Notes(params string?[] notes)
    {
        string text = string.Join("; ", notes.Where(note => !string.IsNullOrEmpty(note)));
        return text.Length > 0 ? text : null;
    }
}
