using Ensembles.Data;
using Ensembles.Datasets;

namespace Ensembles.PeerTests.Trees;

/// <summary>The bundled sets as scikit-learn reads them: cast to float32.</summary>
internal static class BundledRows
{
    /// <summary>The rows of a case, with its weights: 1, 2, 3, 1, 2, 3 … where it has any.</summary>
    public static PeerRows Of(PeerCase peer)
    {
        PeerRows rows = Load(peer.Data);
        return peer.Weights is null ? rows : rows with { Weights = [.. rows.Targets.Select((_, i) => 1.0 + (i % 3))] };
    }

    /// <summary>The rows of a set by scikit-learn's name of it.</summary>
    public static PeerRows Load(string name) => name switch
    {
        "iris" => Load(SampleData.Iris()),
        "wine" => Load(SampleData.Wine()),
        "breast_cancer" => Load(SampleData.BreastCancer()),
        "digits" => Load(SampleData.Digits()),
        "diabetes" => Load(SampleData.Diabetes()),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "Unknown set."),
    };

    private static PeerRows Load(ClassificationDataset data) =>
        new(Columns(data.Features), [.. data.Labels.ToArray().Select(k => (double)k)], null, data.ClassCount);

    private static PeerRows Load(RegressionDataset data) => new(Columns(data.Features), data.Targets.ToArray(), null, 0);

    private static float[][] Columns(FeatureTable features) =>
        [.. Enumerable.Range(0, features.ColumnCount).Select(c => features.Column(c).Select(x => (float)x).ToArray())];
}
