using Ensembles.Learners;
using Ensembles.Trees;

namespace Ensembles.Bagging;

/// <summary>The importances of a bagged ensemble: the mean of those of its members.</summary>
internal static class BaggedImportances
{
    /// <summary>
    /// The mean over the members that have importances, a feature that a member does not read counting 0, scaled to sum to 1.
    /// </summary>
    public static double[] Of<TModel>(IReadOnlyList<BaggingMember<TModel>> members, int featureCount)
        where TModel : Model
    {
        var importances = new double[featureCount];
        foreach (BaggingMember<TModel> member in members)
        {
            if (member.Model is IFeatureImportances model)
            {
                double[] ofMember = model.FeatureImportances();
                for (int f = 0; f < ofMember.Length; f++)
                {
                    importances[member.Columns[f]] += ofMember[f];
                }
            }
        }

        ImpurityImportances.Normalize(importances);
        return importances;
    }
}
