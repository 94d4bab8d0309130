using System.Globalization;

namespace Ensembles.Numerics;

/// <summary>Counts of things in words.</summary>
internal static class Counted
{
    /// <summary>A count and its noun: 1 row, 2 rows.</summary>
    public static string Text(long count, string one, string many) =>
        string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? one : many)}");
}
