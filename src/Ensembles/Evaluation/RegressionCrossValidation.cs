using Ensembles.Data;
using Ensembles.Learners;
using Ensembles.Metrics;

namespace Ensembles.Evaluation;

/// <summary>What came of the cross-validation of a regressor.</summary>
public sealed class RegressionCrossValidation : CrossValidationResult<RegressionModel, RegressionMetric>
{
    internal RegressionCrossValidation(RegressionDataset data, FoldRun<RegressionModel, RegressionMetric> run)
        : base(run)
    {
        OutOfFold = RegressionEvaluation.OutOfFold(data, run.Sums, run.Counts);
    }

    /// <summary>
    /// What the models predicted of rows that they did not learn from: the rows that were in a test set, in the order of the dataset. Where
    /// folds are repeated, the mean of the predictions.
    /// </summary>
    public RegressionEvaluation OutOfFold { get; }
}
