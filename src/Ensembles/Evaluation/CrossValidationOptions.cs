using Ensembles.Learners;

namespace Ensembles.Evaluation;

/// <summary>
/// How a cross-validation is run, and what is kept of it; its units of work are the fits. Threads are shared out first over the fits and
/// then within them; the result is the same for every number.
/// </summary>
public sealed record CrossValidationOptions : FitOptions
{
    /// <summary>What is used where no options are given.</summary>
    public static new CrossValidationOptions Default { get; } = new();

    /// <summary>Whether the model of each fold is kept (default false).</summary>
    public bool KeepModels { get; init; }

    /// <summary>Whether the rows that a model learned from are predicted and scored as well (default false).</summary>
    public bool EvaluateTraining { get; init; }
}
