using Ensembles.Data;

namespace Ensembles.LinearBoosting;

/// <summary>Rows of weight 0 are absent: left out, they cannot shift the chunks that sums are taken over.</summary>
internal static class PresentRows
{
    /// <summary>The rows of weight above 0.</summary>
    /// <param name="data">All rows.</param>
    /// <param name="all">The weight of each.</param>
    /// <param name="weights">The weights of those above 0.</param>
    public static TDataset Select<TDataset>(TDataset data, double[] all, out double[] weights)
        where TDataset : Dataset<TDataset>
    {
        int[] rows = [.. Enumerable.Range(0, all.Length).Where(r => all[r] > 0)];
        weights = Array.ConvertAll(rows, r => all[r]);
        return rows.Length == all.Length ? data : data.SelectRows(rows);
    }
}
