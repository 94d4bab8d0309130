namespace Ensembles.Catalog;

/// <summary>Finds what was meant by a name that is not there.</summary>
internal static class NearestNames
{
    private const int MaxSuggestions = 3;

    /// <summary>A sentence that names the nearest names, or all where none is near.</summary>
    public static string Suggest(string name, IEnumerable<string> known)
    {
        string[] all = [.. known];
        string[] near =
        [
            .. all.Select(candidate => (Candidate: candidate, Distance: Distance(name, candidate)))
                .Where(pair => pair.Distance <= Math.Max(2, name.Length / 2))
                .OrderBy(pair => pair.Distance)
                .ThenBy(pair => pair.Candidate, StringComparer.Ordinal)
                .Take(MaxSuggestions)
                .Select(pair => pair.Candidate),
        ];
        return near.Length > 0 ? $"Is it {string.Join(" or ", near)}?" : $"There are: {string.Join(", ", all)}.";
    }

    /// <summary>
    /// How many letters must be put in, left out or changed (Levenshtein), letters of both cases being equal; a part counts as near.
    /// </summary>
    private static int Distance(string a, string b)
    {
        if (a.Length > 2 && b.Contains(a, StringComparison.OrdinalIgnoreCase))
        {
            return 1;
        }

        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int changed = diagonal + (char.ToUpperInvariant(a[i - 1]) == char.ToUpperInvariant(b[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(changed, 1 + Math.Min(row[j], row[j - 1]));
            }
        }

        return row[^1];
    }
}
