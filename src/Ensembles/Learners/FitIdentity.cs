using Ensembles.Data;

namespace Ensembles.Learners;

/// <summary>All that decides which model a fit gives, and how its work is counted.</summary>
internal sealed record FitIdentity
{
    public required Learner Recipe { get; init; }

    /// <summary>The features of the training rows.</summary>
    public required FeatureTable Table { get; init; }

    /// <summary>The training rows with targets and weights; null where there are none.</summary>
    public Dataset? Data { get; init; }

    /// <summary>The validation set, or null.</summary>
    public Dataset? Validation { get; init; }

    /// <summary>The model to go on from, where the units that it has decide the others; null where there is none.</summary>
    public Model? Start { get; init; }

    /// <summary>How many units there are before those of this fit, where these depend on nothing but their numbers.</summary>
    public int First { get; init; }

    /// <summary>The most rounds, trees or members of the fit.</summary>
    public required int Units { get; init; }

    /// <summary>The classes; null where none are predicted.</summary>
    public ClassLabels? Classes => (Data as ClassificationDataset)?.Classes;
}
