using Ensembles.Cli.Inputs;
using Ensembles.Data;
using Ensembles.Learners;

namespace Ensembles.Cli.Models;

/// <summary>Fits within folds: where rows are kept for validation, they are taken from the training rows of the fold.</summary>
/// <param name="ValidationFraction">The share of the training rows that is kept, or null.</param>
/// <param name="Seed">Draws it.</param>
internal sealed record FoldFit(double? ValidationFraction, ulong Seed)
{
    /// <summary>Trains a classifier.</summary>
    public ClassificationModel Fit(
        Learner<ClassificationDataset, ClassificationModel> recipe,
        ClassificationDataset data,
        FitOptions options,
        CancellationToken cancellationToken)
    {
        if (ValidationFraction is not double fraction)
        {
            return recipe.Fit(data, options, cancellationToken);
        }

        (ClassificationDataset train, ClassificationDataset rest) = data.SplitStratified(1 - fraction, Seed);
        return Fitting.Fit(recipe, train, rest, options, cancellationToken);
    }

    /// <summary>Trains a regressor.</summary>
    public RegressionModel Fit(
        Learner<RegressionDataset, RegressionModel> recipe,
        RegressionDataset data,
        FitOptions options,
        CancellationToken cancellationToken)
    {
        if (ValidationFraction is not double fraction)
        {
            return recipe.Fit(data, options, cancellationToken);
        }

        (RegressionDataset train, RegressionDataset rest) = data.Split(1 - fraction, Seed);
        return Fitting.Fit(recipe, train, rest, options, cancellationToken);
    }
}
