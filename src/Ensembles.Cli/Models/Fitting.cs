using Ensembles.AdaBoost;
using Ensembles.Data;
using Ensembles.GradientBoosting;
using Ensembles.Learners;
using Ensembles.LinearBoosting;
using Ensembles.NewtonBoosting;

namespace Ensembles.Cli.Models;

/// <summary>Fits of recipes whose type only the command line knows.</summary>
internal static class Fitting
{
    /// <summary>Whether a recipe trains in rounds, each of which can be measured by validation rows.</summary>
    public static bool IsStaged(Learner recipe) => recipe is AdaBoostClassifier or AdaBoostRegressor or GradientBoostingClassifier
        or GradientBoostingRegressor or NewtonBoostingClassifier or NewtonBoostingRegressor
        or LinearBoostingClassifier or LinearBoostingRegressor;

    /// <summary>Trains a classifier, by validation rows where there are any and the recipe has rounds to be measured.</summary>
    public static ClassificationModel Fit(
        Learner<ClassificationDataset, ClassificationModel> recipe,
        ClassificationDataset data,
        ClassificationDataset? validation,
        FitOptions options,
        CancellationToken cancellationToken) => (validation, recipe) switch
        {
            (not null, AdaBoostClassifier r) => r.Fit(data, validation, options, cancellationToken),
            (not null, GradientBoostingClassifier r) => r.Fit(data, validation, options, cancellationToken),
            (not null, NewtonBoostingClassifier r) => r.Fit(data, validation, options, cancellationToken),
            (not null, LinearBoostingClassifier r) => r.Fit(data, validation, options, cancellationToken),
            _ => recipe.Fit(data, options, cancellationToken),
        };

    /// <summary>Trains a regressor, by validation rows where there are any and the recipe has rounds to be measured.</summary>
    public static RegressionModel Fit(
        Learner<RegressionDataset, RegressionModel> recipe,
        RegressionDataset data,
        RegressionDataset? validation,
        FitOptions options,
        CancellationToken cancellationToken) => (validation, recipe) switch
        {
            (not null, AdaBoostRegressor r) => r.Fit(data, validation, options, cancellationToken),
            (not null, GradientBoostingRegressor r) => r.Fit(data, validation, options, cancellationToken),
            (not null, NewtonBoostingRegressor r) => r.Fit(data, validation, options, cancellationToken),
            (not null, LinearBoostingRegressor r) => r.Fit(data, validation, options, cancellationToken),
            _ => recipe.Fit(data, options, cancellationToken),
        };
}
