using System.Globalization;
using Ensembles.Data;
using Ensembles.Learners;
using Ensembles.Metrics;

namespace Ensembles.Evaluation;

/// <summary>True classes beside predicted probabilities, and all that can be said of them.</summary>
public sealed class ClassificationEvaluation
{
    private readonly int[] _rows;
    private readonly int[] _labels;
    private readonly double[] _probabilities;
    private readonly double[] _weights;
    private readonly int[] _predictions;

    private ClassificationEvaluation(ClassLabels classes, int[] rows, int[] labels, double[] probabilities, double[] weights)
    {
        Classes = classes;
        _rows = rows;
        _labels = labels;
        _probabilities = probabilities;
        _weights = weights;
        _predictions = [.. Enumerable.Range(0, rows.Length).Select(i => ClassificationModel.IndexOfMax(Row(i)))];
    }

    /// <summary>The classes, in the order of the probabilities.</summary>
    public ClassLabels Classes { get; }

    /// <summary>The number of rows that are judged.</summary>
    public int RowCount => _rows.Length;

    /// <summary>The numbers of these rows in the dataset, rising.</summary>
    public ReadOnlySpan<int> Rows => _rows;

    /// <summary>The true class of each row.</summary>
    public ReadOnlySpan<int> Labels => _labels;

    /// <summary>The most probable class of each row; of equals the first.</summary>
    public ReadOnlySpan<int> Predictions => _predictions;

    /// <summary>The probability of every class for every row, row after row.</summary>
    public ReadOnlySpan<double> Probabilities => _probabilities;

    /// <summary>One weight a row, or empty.</summary>
    public ReadOnlySpan<double> Weights => _weights;

    /// <summary>Judges a model by rows that it should not have learned from.</summary>
    /// <param name="model">The model.</param>
    /// <param name="data">The rows; their classes are matched to those of the model by name.</param>
    /// <exception cref="ArgumentException">A column of the model is missing, or a row has a class that the model does not know.</exception>
    public static ClassificationEvaluation Of(ClassificationModel model, ClassificationDataset data)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(data);
        int[] places = [.. data.Classes.Select(model.Classes.IndexOf)];
        var labels = new int[data.RowCount];
        for (int r = 0; r < labels.Length; r++)
        {
            labels[r] = places[data.LabelArray[r]];
            if (labels[r] < 0)
            {
                throw new ArgumentException(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"Row {r}: the class '{data.Classes[data.LabelArray[r]]}' is none of the model's: {model.Classes}."),
                    nameof(data));
            }
        }

        return new ClassificationEvaluation(
            model.Classes, [.. Enumerable.Range(0, labels.Length)], labels, model.PredictRows(data.Features), data.WeightArray);
    }

    /// <summary>The value of a metric.</summary>
    /// <param name="metric">The metric.</param>
    /// <exception cref="ArgumentException">The metric is not defined for these rows.</exception>
    public double Evaluate(ClassificationMetric metric)
    {
        ArgumentNullException.ThrowIfNull(metric);
        return metric.Evaluate(_labels, _probabilities, Classes.Count, _weights);
    }

    /// <summary>How many rows (or how much weight) of each class were given each class.</summary>
    public ConfusionMatrix ConfusionMatrix() => Metrics.ConfusionMatrix.Compute(_labels, _predictions, Classes.Count, _weights, Classes);

    /// <summary>Precision, recall and F1 of each class.</summary>
    public ClassificationReport Report() => ClassificationReport.Of(ConfusionMatrix());

    /// <summary>The receiver operating characteristic of a class against all others.</summary>
    /// <param name="positive">The class; by default the second one.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    /// <exception cref="ArgumentException">The class, or any other, has no row of weight above 0.</exception>
    public RocCurve RocCurve(int positive = 1) => Metrics.RocCurve.Compute(IsOf(positive), ProbabilitiesOf(positive), _weights);

    /// <summary>Precision and recall of a class against all others.</summary>
    /// <inheritdoc cref="RocCurve(int)"/>
    public PrecisionRecallCurve PrecisionRecallCurve(int positive = 1) =>
        Metrics.PrecisionRecallCurve.Compute(IsOf(positive), ProbabilitiesOf(positive), _weights);

    /// <summary>What was observed of a class beside the probability that was predicted.</summary>
    /// <param name="positive">The class; by default the second one.</param>
    /// <param name="bins">The number of bins, at least 1 (default 10).</param>
    /// <param name="strategy">How they are laid (default: of the same width).</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class, or less than one bin.</exception>
    public CalibrationCurve CalibrationCurve(int positive = 1, int bins = 10, CalibrationBins strategy = CalibrationBins.Uniform) =>
        Metrics.CalibrationCurve.Compute(IsOf(positive), ProbabilitiesOf(positive), bins, strategy, _weights);

    /// <summary>The number of rows, log loss, Brier score, and the report by class.</summary>
    public override string ToString() => $"{Table()}\n{Report()}";

    /// <summary>The same as a fragment of HTML, which notebooks show.</summary>
    public string ToHtml() => Table().ToHtml("evaluation") + Report().ToHtml();

    private TextTable Table()
    {
        var table = new TextTable("rows", "log loss", "Brier score");
        table.Add(
            RowCount.ToString(CultureInfo.InvariantCulture),
            TextTable.Short(Evaluate(ClassificationMetric.LogLoss)),
            TextTable.Short(Evaluate(ClassificationMetric.BrierScore)));
        return table;
    }

    /// <summary>The probability of a class for each row.</summary>
    /// <param name="positive">The class.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public double[] ProbabilitiesOf(int positive)
    {
        CheckClass(positive);
        return [.. Enumerable.Range(0, RowCount).Select(i => _probabilities[(i * Classes.Count) + positive])];
    }

    /// <summary>The rows that were predicted when they were not seen.</summary>
    internal static ClassificationEvaluation OutOfFold(ClassificationDataset data, double[] sums, int[] counts)
    {
        int classes = data.ClassCount;
        int[] rows = OutOfBagRows.Covered(counts);
        var probabilities = new double[rows.Length * classes];
        for (int i = 0; i < rows.Length; i++)
        {
            for (int c = 0; c < classes; c++)
            {
                probabilities[(i * classes) + c] = sums[((long)rows[i] * classes) + c] / counts[rows[i]];
            }
        }

        return new ClassificationEvaluation(
            data.Classes,
            rows,
            Array.ConvertAll(rows, r => data.LabelArray[r]),
            probabilities,
            data.IsWeighted ? OutOfBagRows.Weights(data, rows) : []);
    }

    /// <summary>For each row 1 where it is of a class, else 0.</summary>
    private int[] IsOf(int positive) => Array.ConvertAll(_labels, label => label == positive ? 1 : 0);

    private ReadOnlySpan<double> Row(int i) => _probabilities.AsSpan(i * Classes.Count, Classes.Count);

    private void CheckClass(int positive)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(positive);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(positive, Classes.Count);
    }
}
