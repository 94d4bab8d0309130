namespace Ensembles.Trees;

/// <summary>The impurity importance of features: what the splits on each gained (Breiman et al. 1984; Breiman 2001).</summary>
internal static class ImpurityImportances
{
    /// <summary>The importances of one tree, summing to 1, or all 0 where nothing was gained.</summary>
    public static double[] Of(Tree tree, TreeStatistics statistics, int featureCount)
    {
        var importances = new double[featureCount];
        for (int node = 0; node < tree.InnerCount; node++)
        {
            importances[tree.Feature(node)] += statistics.Gain(node);
        }

        Normalize(importances);
        return importances;
    }

    /// <summary>Scales numbers so that they sum to 1; leaves zeros as they are.</summary>
    public static void Normalize(Span<double> importances)
    {
        double total = 0;
        foreach (double importance in importances)
        {
            total += importance;
        }

        for (int f = 0; f < importances.Length && total > 0; f++)
        {
            importances[f] /= total;
        }
    }
}
