using System.Globalization;
using Ensembles.Data;
using Ensembles.Metrics;
using Ensembles.Numerics;

namespace Ensembles.Learners;

/// <summary>
/// The out-of-bag estimate of a regressor (Breiman 1996, 2001): each training row is predicted by those members alone that
/// did not see it, so that the training set tests the ensemble.
/// </summary>
public class OutOfBagRegression
{
    private readonly double[] _sums;
    private readonly int[] _memberCounts;

    /// <param name="data">The training rows.</param>
    /// <param name="sums">By row, what the members that did not see it predicted, added up; kept.</param>
    /// <param name="memberCounts">By row, how many members these are; kept.</param>
    internal OutOfBagRegression(RegressionDataset data, double[] sums, int[] memberCounts)
    {
        _sums = sums;
        _memberCounts = memberCounts;
        int[] rows = OutOfBagRows.Covered(memberCounts);
        CoveredRowCount = rows.Length;
        double[] weights = OutOfBagRows.Weights(data, rows);
        if (!weights.AsSpan().ContainsAnyExcept(0))
        {
            MeanSquaredError = double.NaN;
            RSquared = double.NaN;
            return;
        }

        double[] targets = Array.ConvertAll(rows, r => data.TargetArray[r]);
        double[] predictions = Array.ConvertAll(rows, Prediction);
        MeanSquaredError = Metrics.MeanSquaredError.Compute(targets, predictions, weights);
        RSquared = Metrics.RSquared.Compute(targets, predictions, weights);
    }

    /// <summary>An estimate as it was.</summary>
    /// <param name="sums">By row.</param>
    /// <param name="memberCounts">By row.</param>
    /// <param name="meanSquaredError">The mean squared error over the covered rows.</param>
    /// <param name="rSquared">The coefficient of determination over the covered rows.</param>
    internal OutOfBagRegression(double[] sums, int[] memberCounts, double meanSquaredError, double rSquared)
    {
        _sums = sums;
        _memberCounts = memberCounts;
        CoveredRowCount = OutOfBagRows.Covered(memberCounts).Length;
        MeanSquaredError = meanSquaredError;
        RSquared = rSquared;
    }

    /// <summary>The number of training rows.</summary>
    public int RowCount => _memberCounts.Length;

    /// <summary>The number of rows that at least one member did not see; only these are in the estimates.</summary>
    public int CoveredRowCount { get; }

    /// <summary>The weighted mean squared error over the covered rows; NaN where no row is covered.</summary>
    public double MeanSquaredError { get; }

    /// <summary>The coefficient of determination over the covered rows; NaN where no row is covered.</summary>
    public double RSquared { get; }

    /// <summary>The sum of each row, never to be written.</summary>
    internal ReadOnlySpan<double> Sums => _sums;

    /// <summary>By row, how many members did not see it, never to be written.</summary>
    internal ReadOnlySpan<int> MemberCounts => _memberCounts;

    /// <summary>The mean squared error and R², and how many rows they are over.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"out of bag: mean squared error {MeanSquaredError:G4}, R² {RSquared:G4} "
        + $"over {CoveredRowCount} of {Counted.Text(RowCount, "row", "rows")}");

    /// <summary>How many members did not see a row; 0: the row has no out-of-bag prediction.</summary>
    /// <param name="row">A training row.</param>
    public int MemberCount(int row) => _memberCounts[row];

    /// <summary>The out-of-bag prediction of every row; NaN where every member saw it.</summary>
    public double[] Predictions() => [.. Enumerable.Range(0, RowCount).Select(Prediction)];

    /// <summary>The out-of-bag prediction of a row; NaN where every member saw it.</summary>
    /// <param name="row">A training row.</param>
    public double Prediction(int row) => _sums[row] / _memberCounts[row];
}
