using Ensembles.Boosting;

namespace Ensembles.NewtonBoosting;

/// <summary>Counts the importances of features by what training knew of the trees.</summary>
internal static class ImportanceCounts
{
    /// <summary>The importance of each feature by one of the ways to count.</summary>
    public static double[] Of(this BoostingImportance kind, BoostedTrees boosted, int featureCount)
    {
        var totals = new double[featureCount];
        var splits = new double[featureCount];
        for (int t = 0; t < boosted.Trees.Length; t++)
        {
            for (int node = 0; node < boosted.Trees[t].InnerCount; node++)
            {
                int feature = boosted.Trees[t].Feature(node);
                splits[feature]++;
                totals[feature] += kind is BoostingImportance.Cover or BoostingImportance.TotalCover
                    ? boosted.Statistics[t].Cover(node)
                    : boosted.Statistics[t].Gain(node);
            }
        }

        for (int f = 0; f < featureCount; f++)
        {
            totals[f] = kind switch
            {
                BoostingImportance.Weight => splits[f],
                BoostingImportance.Gain or BoostingImportance.Cover => splits[f] > 0 ? totals[f] / splits[f] : 0,
                _ => totals[f],
            };
        }

        return totals;
    }
}
