using System.Globalization;
using Ensembles.Metrics;

namespace Ensembles.Trees.Pruning;

/// <summary>Subtrees as HTML, which notebooks show.</summary>
internal static class PruningTable
{
    private const int LinesShown = 20;

    /// <summary>A table of the smallest subtrees, those that one chooses from.</summary>
    /// <param name="title">What stands above it.</param>
    /// <param name="subtrees">The subtrees, the smallest last.</param>
    /// <param name="header">The names of the columns.</param>
    /// <param name="line">The cells of a subtree.</param>
    public static string Html<TSubtree>(
        string title, IReadOnlyList<TSubtree> subtrees, string[] header, Func<TSubtree, string[]> line)
    {
        int hidden = Math.Max(0, subtrees.Count - LinesShown);
        var table = new TextTable(header)
        {
            Title = title,
            Note = hidden > 0 ? string.Create(CultureInfo.InvariantCulture, $"and {hidden} larger before these") : null,
        };
        foreach (TSubtree subtree in subtrees.Skip(hidden))
        {
            table.Add(line(subtree));
        }

        return table.ToHtml();
    }

    /// <summary>A number of leaves as tables show it.</summary>
    public static string Leaves(int count) => count.ToString(CultureInfo.InvariantCulture);
}
