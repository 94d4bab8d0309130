using Ensembles.Data;
using Ensembles.Learners;

namespace Ensembles.Evaluation;

/// <summary>Judges models by rows that they should not have learned from.</summary>
public static class ModelEvaluation
{
    /// <inheritdoc cref="ClassificationEvaluation.Of"/>
    public static ClassificationEvaluation Evaluate(this ClassificationModel model, ClassificationDataset data) =>
        ClassificationEvaluation.Of(model, data);

    /// <inheritdoc cref="RegressionEvaluation.Of"/>
    public static RegressionEvaluation Evaluate(this RegressionModel model, RegressionDataset data) => RegressionEvaluation.Of(model, data);
}
