using Ensembles.Data;
using Ensembles.Learners;
using Ensembles.Metrics;
using Ensembles.Numerics;

namespace Ensembles.Evaluation;

/// <summary>True values beside predicted ones, and all that can be said of them.</summary>
public sealed class RegressionEvaluation
{
    private readonly int[] _rows;
    private readonly double[] _targets;
    private readonly double[] _predictions;
    private readonly double[] _weights;

    private RegressionEvaluation(int[] rows, double[] targets, double[] predictions, double[] weights)
    {
        _rows = rows;
        _targets = targets;
        _predictions = predictions;
        _weights = weights;
    }

    /// <summary>The number of rows that are judged.</summary>
    public int RowCount => _rows.Length;

    /// <summary>The numbers of these rows in the dataset, rising.</summary>
    public ReadOnlySpan<int> Rows => _rows;

    /// <summary>The true value of each row.</summary>
    public ReadOnlySpan<double> Targets => _targets;

    /// <summary>The predicted value of each row.</summary>
    public ReadOnlySpan<double> Predictions => _predictions;

    /// <summary>One weight a row, or empty.</summary>
    public ReadOnlySpan<double> Weights => _weights;

    /// <summary>Judges a model by rows that it should not have learned from.</summary>
    /// <param name="model">The model.</param>
    /// <param name="data">The rows.</param>
    /// <exception cref="ArgumentException">A column of the model is missing or of another kind.</exception>
    public static RegressionEvaluation Of(RegressionModel model, RegressionDataset data)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(data);
        return new RegressionEvaluation(
            [.. Enumerable.Range(0, data.RowCount)], data.TargetArray, model.PredictRows(data.Features), data.WeightArray);
    }

    /// <summary>The value of a metric.</summary>
    /// <param name="metric">The metric.</param>
    /// <exception cref="ArgumentException">The metric is not defined for these rows.</exception>
    public double Evaluate(RegressionMetric metric)
    {
        ArgumentNullException.ThrowIfNull(metric);
        return metric.Evaluate(_targets, _predictions, _weights);
    }

    /// <summary>What is left of the targets when the predictions are taken off: y − ŷ of each row.</summary>
    public double[] Residuals() => [.. _targets.Zip(_predictions, (target, prediction) => target - prediction)];

    /// <summary>The residuals summed up.</summary>
    public ResidualSummary ResidualSummary() => Metrics.ResidualSummary.Compute(_targets, _predictions, _weights);

    /// <summary>The residuals summed up.</summary>
    public override string ToString() => Table().ToString();

    /// <summary>The same as a fragment of HTML, which notebooks show.</summary>
    public string ToHtml() => Table().ToHtml("evaluation");

    private TextTable Table() => ResidualSummary().Table(Counted.Text(RowCount, "row", "rows"));

    /// <summary>The rows that were predicted when they were not seen.</summary>
    internal static RegressionEvaluation OutOfFold(RegressionDataset data, double[] sums, int[] counts)
    {
        int[] rows = OutOfBagRows.Covered(counts);
        return new RegressionEvaluation(
            rows,
            Array.ConvertAll(rows, r => data.TargetArray[r]),
            Array.ConvertAll(rows, r => sums[r] / counts[r]),
            data.IsWeighted ? OutOfBagRows.Weights(data, rows) : []);
    }
}
