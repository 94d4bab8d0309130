using Ensembles.Trees;

namespace Ensembles.Peers.ForestQuality;

/// <summary>A forest to grow on every split of a set.</summary>
/// <param name="Forest">random-forest or extra-trees.</param>
/// <param name="Parameters">same (on both sides) or defaults (each side's own).</param>
/// <param name="Trees">The number of trees.</param>
/// <param name="MaxFeatures">Ours.</param>
/// <param name="PeerMaxFeatures">scikit-learn's max_features.</param>
/// <param name="Bootstrap">Whether trees draw their rows with replacement.</param>
internal sealed record QualityJob(
    string Forest, string Parameters, int Trees, FeatureCount MaxFeatures, string PeerMaxFeatures, bool Bootstrap)
{
    public const string RandomForest = "random-forest";
    public const string ExtraTrees = "extra-trees";

    /// <summary>
    /// The jobs of a set. Extra-trees take a bootstrap where the parameters are the same, so that they have an out-of-bag error. The
    /// defaults of the regressors of both libraries agree, so only the classifiers are also compared by their defaults.
    /// </summary>
    public static IEnumerable<QualityJob> Of(QualitySet set)
    {
        bool classifies = set.Classification is not null;
        FeatureCount count = classifies ? FeatureCount.Log2 : FeatureCount.All;
        string peerCount = classifies ? "log2" : "1.0";
        yield return new(RandomForest, "same", 100, count, peerCount, true);
        yield return new(ExtraTrees, "same", 100, count, peerCount, true);
        if (classifies)
        {
            yield return new(RandomForest, "defaults", 100, FeatureCount.Log2, "sqrt", true);
            yield return new(ExtraTrees, "defaults", 100, FeatureCount.Sqrt, "sqrt", false);
        }
    }
}
