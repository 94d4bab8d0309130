using Ensembles.Learners;
using Ensembles.Trees;

namespace Ensembles.AdaBoost;

/// <summary>What AdaBoost gives.</summary>
/// <param name="Models">The members, in the order in which they were trained.</param>
/// <param name="Weights">The weight of each.</param>
/// <param name="Errors">The weighted error of each when it was trained.</param>
internal sealed record BoostedMembers<TModel>(TModel[] Models, double[] Weights, double[] Errors)
    where TModel : Model
{
    /// <summary>The mean of the importances of the members, by their weights, scaled to sum to 1.</summary>
    public double[] Importances(int featureCount)
    {
        var importances = new double[featureCount];
        for (int m = 0; m < Models.Length; m++)
        {
            if (Models[m] is IFeatureImportances model)
            {
                double[] ofMember = model.FeatureImportances();
                for (int f = 0; f < featureCount; f++)
                {
                    importances[f] += Weights[m] * ofMember[f];
                }
            }
        }

        ImpurityImportances.Normalize(importances);
        return importances;
    }
}
