using Ensembles.Data;
using Ensembles.Learners;

namespace Ensembles.RandomForests;

/// <summary>The out-of-bag estimate of a forest that predicts a number, with the error by the number of trees.</summary>
public sealed class ForestOutOfBagRegression : OutOfBagRegression
{
    private readonly double[] _errorCurve;

    private ForestOutOfBagRegression(RegressionDataset data, double[] sums, int[] treeCounts, double[] errorCurve)
        : base(data, sums, treeCounts)
    {
        _errorCurve = errorCurve;
    }

    /// <summary>An estimate as it was.</summary>
    internal ForestOutOfBagRegression(
        double[] sums, int[] treeCounts, double[] errorCurve, double meanSquaredError, double rSquared)
        : base(sums, treeCounts, meanSquaredError, rSquared)
    {
        _errorCurve = errorCurve;
    }

    /// <summary>
    /// The weighted mean squared error by the first tree, the first two, and so on, each over the rows covered by then; NaN where none
    /// is. Where it no longer falls, more trees bring nothing.
    /// </summary>
    public ReadOnlySpan<double> ErrorCurve => _errorCurve;

    internal static ForestOutOfBagRegression Of(
        Forest forest, RowSampler sampler, RegressionDataset data, int threads, CancellationToken cancellationToken)
    {
        var scan = new Scan(data);
        scan.Run(forest, sampler, threads, cancellationToken);
        return new ForestOutOfBagRegression(data, scan.Sums, scan.TreeCounts, scan.ErrorCurve);
    }

    private sealed class Scan(RegressionDataset data) : OutOfBagScan(data.RowCount)
    {
        public double[] Sums { get; } = new double[data.RowCount];

        public void Run(Forest forest, RowSampler sampler, int threads, CancellationToken cancellationToken) =>
            Run(forest, sampler, data, threads, cancellationToken);

        protected override void Add(int row, ReadOnlySpan<double> leafValue) => Sums[row] += leafValue[0];

        protected override double Loss(int row, int treeCount)
        {
            double error = (Sums[row] / treeCount) - data.TargetArray[row];
            return error * error;
        }
    }
}
