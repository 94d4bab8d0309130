using Ensembles.Data;
using Ensembles.Learners;
using Ensembles.Metrics;

namespace Ensembles.Evaluation;

/// <summary>What came of the cross-validation of a classifier.</summary>
public sealed class ClassificationCrossValidation : CrossValidationResult<ClassificationModel, ClassificationMetric>
{
    internal ClassificationCrossValidation(ClassificationDataset data, FoldRun<ClassificationModel, ClassificationMetric> run)
        : base(run)
    {
        OutOfFold = ClassificationEvaluation.OutOfFold(data, run.Sums, run.Counts);
    }

    /// <summary>
    /// What the models gave rows that they did not learn from: the rows that were in a test set, in the order of the dataset. Where folds
    /// are repeated, the mean of the probabilities.
    /// </summary>
    public ClassificationEvaluation OutOfFold { get; }
}
