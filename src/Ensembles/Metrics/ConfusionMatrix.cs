using System.Globalization;
using Ensembles.Numerics;

namespace Ensembles.Metrics;

/// <summary>How many rows (or how much weight) of each true class were given each predicted class.</summary>
public sealed class ConfusionMatrix
{
    private readonly double[] _cells;

    private ConfusionMatrix(double[] cells, int classCount, IReadOnlyList<string> classNames)
    {
        _cells = cells;
        ClassCount = classCount;
        ClassNames = classNames;
    }

    /// <summary>The number of classes.</summary>
    public int ClassCount { get; }

    /// <summary>The names of the classes, used by <see cref="ToString"/>; their numbers if none were given.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>The number of rows, or the sum of their weights.</summary>
    public double Total => OrderedSum.Of(_cells);

    /// <summary>The share of rows on the diagonal.</summary>
    public double Accuracy
    {
        get
        {
            double correct = 0;
            for (int k = 0; k < ClassCount; k++)
            {
                correct += this[k, k];
            }

            return correct / Total;
        }
    }

    /// <summary>The mean of <see cref="Precision"/> over the classes.</summary>
    public double MacroPrecision => MeanOverClasses(Precision);

    /// <summary>The mean of <see cref="Recall"/> over the classes.</summary>
    public double MacroRecall => MeanOverClasses(Recall);

    /// <summary>The mean of <see cref="F1"/> over the classes.</summary>
    public double MacroF1 => MeanOverClasses(F1);

    /// <summary>The rows (or weight) of class <paramref name="actual"/> that were given <paramref name="predicted"/>.</summary>
    /// <param name="actual">The true class.</param>
    /// <param name="predicted">The predicted class.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public double this[int actual, int predicted]
    {
        get
        {
            RequireClass(actual, nameof(actual));
            RequireClass(predicted, nameof(predicted));
            return _cells[(actual * ClassCount) + predicted];
        }
    }

    /// <summary>Counts the pairs of true and predicted class.</summary>
    /// <param name="labels">The true class of each row, 0 to <paramref name="classCount"/> − 1.</param>
    /// <param name="predictions">The predicted class of each row, in the same range.</param>
    /// <param name="classCount">The number of classes, at least 2.</param>
    /// <param name="weights">A weight for each row, or empty.</param>
    /// <param name="classNames">A name for each class, or null.</param>
    /// <exception cref="ArgumentException">
    /// There are no rows, lengths differ, a class is out of range, or a weight is negative, not finite, or all are zero.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="classCount"/> is below 2.</exception>
    public static ConfusionMatrix Compute(
        ReadOnlySpan<int> labels,
        ReadOnlySpan<int> predictions,
        int classCount,
        ReadOnlySpan<double> weights = default,
        IReadOnlyList<string>? classNames = null)
    {
        MetricArguments.RequireClassCount(classCount);
        MetricArguments.RequireRows(labels.Length, nameof(labels));
        MetricArguments.RequireLength(predictions.Length, labels.Length);
        MetricArguments.RequireClasses(labels, classCount);
        MetricArguments.RequireClasses(predictions, classCount);
        MetricArguments.RequireWeights(weights, labels.Length);
        if (classNames is not null)
        {
            MetricArguments.RequireLength(classNames.Count, classCount);
        }

        var cells = new double[checked(classCount * classCount)];
        for (int row = 0; row < labels.Length; row++)
        {
            cells[(labels[row] * classCount) + predictions[row]] += WeightedMean.WeightOf(weights, row);
        }

        string[] names = classNames is null
            ? [.. Enumerable.Range(0, classCount).Select(k => k.ToString(CultureInfo.InvariantCulture))]
            : [.. classNames];
        return new ConfusionMatrix(cells, classCount, Array.AsReadOnly(names));
    }

    /// <summary>The rows (or weight) of a true class.</summary>
    /// <param name="actual">The true class.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public double ActualTotal(int actual)
    {
        double sum = 0;
        for (int predicted = 0; predicted < ClassCount; predicted++)
        {
            sum += this[actual, predicted];
        }

        return sum;
    }

    /// <summary>The rows (or weight) that were given a class.</summary>
    /// <param name="predicted">The predicted class.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public double PredictedTotal(int predicted)
    {
        double sum = 0;
        for (int actual = 0; actual < ClassCount; actual++)
        {
            sum += this[actual, predicted];
        }

        return sum;
    }

    /// <summary>Of the rows that were given the class, the share that is of it; 0 if none was.</summary>
    /// <param name="k">The class.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public double Precision(int k) => Ratio(this[k, k], PredictedTotal(k));

    /// <summary>Of the rows of the class, the share that was given it (sensitivity); 0 if there are none.</summary>
    /// <param name="k">The class.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public double Recall(int k) => Ratio(this[k, k], ActualTotal(k));

    /// <summary>The harmonic mean of precision and recall; 0 if the class neither occurs nor was predicted.</summary>
    /// <param name="k">The class.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public double F1(int k) => Ratio(2 * this[k, k], ActualTotal(k) + PredictedTotal(k));

    /// <summary>A plain-text table: a line for each true class, a column for each predicted one, precision, recall and F1.</summary>
    public override string ToString() => Table().ToString();

    /// <summary>
    /// The same as a fragment of HTML, which notebooks show; cells are coloured by their share of the rows of the true class.
    /// </summary>
    public string ToHtml() => Table().ToHtml("confusion matrix");

    private TextTable Table()
    {
        var table = new TextTable(["actual \\ predicted", .. ClassNames, "precision", "recall", "F1"]);
        for (int actual = 0; actual < ClassCount; actual++)
        {
            int row = actual;
            double total = ActualTotal(actual);
            table.AddShaded(
            [
                double.NaN, .. Enumerable.Range(0, ClassCount).Select(predicted => Ratio(this[row, predicted], total)),
            ],
            [
                ClassNames[actual],
                .. Enumerable.Range(0, ClassCount).Select(predicted => TextTable.Number(this[row, predicted], "0.###")),
                TextTable.Number(Precision(actual)),
                TextTable.Number(Recall(actual)),
                TextTable.Number(F1(actual)),
            ]);
        }

        return table;
    }

    private static double Ratio(double part, double whole) => whole > 0 ? part / whole : 0;

    private double MeanOverClasses(Func<int, double> score)
    {
        double sum = 0;
        for (int k = 0; k < ClassCount; k++)
        {
            sum += score(k);
        }

        return sum / ClassCount;
    }

    private void RequireClass(int k, string name)
    {
        if ((uint)k >= (uint)ClassCount)
        {
            throw new ArgumentOutOfRangeException(name, k, MetricArguments.Text($"The classes are 0 to {ClassCount - 1}."));
        }
    }
}
