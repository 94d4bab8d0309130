using System.Globalization;
using Ensembles.Data;
using Ensembles.Metrics;
using Ensembles.Numerics;

namespace Ensembles.Learners;

/// <summary>
/// The out-of-bag estimate of a classifier (Breiman 1996, 2001): each training row is predicted by those members alone that
/// did not see it, so that the training set tests the ensemble.
/// </summary>
public class OutOfBagClassification
{
    private readonly double[] _sums;
    private readonly int[] _memberCounts;

    /// <param name="data">The training rows.</param>
    /// <param name="sums">Rows × classes: what the members that did not see the row gave it, added up; kept.</param>
    /// <param name="memberCounts">By row, how many members these are; kept.</param>
    internal OutOfBagClassification(ClassificationDataset data, double[] sums, int[] memberCounts)
    {
        _sums = sums;
        _memberCounts = memberCounts;
        ClassCount = data.ClassCount;
        int[] rows = OutOfBagRows.Covered(memberCounts);
        CoveredRowCount = rows.Length;
        double[] weights = OutOfBagRows.Weights(data, rows);
        if (!weights.AsSpan().ContainsAnyExcept(0))
        {
            Accuracy = double.NaN;
            LogLoss = double.NaN;
            return;
        }

        var labels = new int[rows.Length];
        var predictions = new int[rows.Length];
        var probabilities = new double[rows.Length * ClassCount];
        for (int i = 0; i < rows.Length; i++)
        {
            Span<double> row = probabilities.AsSpan(i * ClassCount, ClassCount);
            CopyProbabilities(rows[i], row);
            labels[i] = data.LabelArray[rows[i]];
            predictions[i] = ClassificationModel.IndexOfMax(row);
        }

        Accuracy = Metrics.Accuracy.Compute(labels, predictions, weights);
        LogLoss = ClassCount == 1 ? 0 : Metrics.LogLoss.Compute(labels, probabilities, ClassCount, weights);
    }

    /// <summary>An estimate as it was.</summary>
    /// <param name="classCount">The number of classes.</param>
    /// <param name="sums">Rows × classes.</param>
    /// <param name="memberCounts">By row.</param>
    /// <param name="accuracy">The accuracy over the covered rows.</param>
    /// <param name="logLoss">The log loss over the covered rows.</param>
    internal OutOfBagClassification(int classCount, double[] sums, int[] memberCounts, double accuracy, double logLoss)
    {
        _sums = sums;
        _memberCounts = memberCounts;
        ClassCount = classCount;
        CoveredRowCount = OutOfBagRows.Covered(memberCounts).Length;
        Accuracy = accuracy;
        LogLoss = logLoss;
    }

    /// <summary>The number of training rows.</summary>
    public int RowCount => _memberCounts.Length;

    /// <summary>The number of classes.</summary>
    public int ClassCount { get; }

    /// <summary>The number of rows that at least one member did not see; only these are in the estimates.</summary>
    public int CoveredRowCount { get; }

    /// <summary>The weighted share of the covered rows whose class is predicted; NaN where no row is covered.</summary>
    public double Accuracy { get; }

    /// <summary>The weighted mean of −ln p of the true class over the covered rows, in nats; NaN where no row is covered.</summary>
    public double LogLoss { get; }

    /// <summary>The rows × classes sums, never to be written.</summary>
    internal ReadOnlySpan<double> Sums => _sums;

    /// <summary>By row, how many members did not see it, never to be written.</summary>
    internal ReadOnlySpan<int> MemberCounts => _memberCounts;

    /// <summary>The accuracy and the log loss, and how many rows they are over.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"out of bag: accuracy {Accuracy:G4}, log loss {LogLoss:G4} over {CoveredRowCount} of {Counted.Text(RowCount, "row", "rows")}");

    /// <summary>How many members did not see a row; 0: the row has no out-of-bag prediction.</summary>
    /// <param name="row">A training row.</param>
    public int MemberCount(int row) => _memberCounts[row];

    /// <summary>The out-of-bag probabilities of all rows (the decision function).</summary>
    /// <returns>Rows × classes; NaN in the rows that every member saw.</returns>
    public double[,] Probabilities()
    {
        var probabilities = new double[RowCount, ClassCount];
        var row = new double[ClassCount];
        for (int r = 0; r < RowCount; r++)
        {
            CopyProbabilities(r, row);
            Buffer.BlockCopy(row, 0, probabilities, r * ClassCount * sizeof(double), row.Length * sizeof(double));
        }

        return probabilities;
    }

    /// <summary>The out-of-bag probabilities of one row; NaN where every member saw it.</summary>
    /// <param name="row">A training row.</param>
    public double[] Probabilities(int row)
    {
        var probabilities = new double[ClassCount];
        CopyProbabilities(row, probabilities);
        return probabilities;
    }

    private void CopyProbabilities(int row, Span<double> destination)
    {
        // 0/0 where no member missed the row: NaN marks it.
        for (int k = 0; k < ClassCount; k++)
        {
            destination[k] = _sums[((long)row * ClassCount) + k] / _memberCounts[row];
        }
    }
}
