using Ensembles.Metrics;

namespace Ensembles.Learners;

/// <summary>The value of a metric on a set of rows.</summary>
/// <param name="Metric">The metric.</param>
/// <param name="Rows">Which rows.</param>
/// <param name="Value">The value.</param>
public readonly record struct EvaluationScore(Metric Metric, EvaluatedRows Rows, double Value);

/// <summary>On which rows a metric is measured.</summary>
public enum EvaluatedRows
{
    /// <summary>Rows that the model did not learn from.</summary>
    Validation,

    /// <summary>The rows that the model learned from.</summary>
    Training,
}
