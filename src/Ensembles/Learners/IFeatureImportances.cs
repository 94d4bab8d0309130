namespace Ensembles.Learners;

/// <summary>A model that says how much it owes to each feature.</summary>
public interface IFeatureImportances
{
    /// <summary>The importance of each feature of the schema: none negative, their sum 1, or all 0 where no split gained anything.</summary>
    double[] FeatureImportances();
}
