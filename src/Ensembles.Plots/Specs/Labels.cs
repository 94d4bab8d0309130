using System.Globalization;

namespace Ensembles.Plots.Specs;

/// <summary>Names on an axis, where equal ones would fall into one.</summary>
internal static class Labels
{
    /// <summary>The names, the second of equal ones with a 2 in parentheses, and so on.</summary>
    public static IReadOnlyList<string> Distinct(IReadOnlyList<string> names)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var labels = new string[names.Count];
        for (int i = 0; i < labels.Length; i++)
        {
            string name = names[i] ?? throw new ArgumentException(FormattableString.Invariant($"Name {i} is null."), nameof(names));
            labels[i] = name;
            for (int number = 2; !taken.Add(labels[i]); number++)
            {
                labels[i] = string.Create(CultureInfo.InvariantCulture, $"{name} ({number})");
            }
        }

        return labels;
    }
}
