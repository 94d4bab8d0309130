using Ensembles.Data;
using Ensembles.Learners;

namespace Ensembles.RandomForests;

/// <summary>The out-of-bag estimate of a forest that classifies, with the votes of the trees and the error by their number.</summary>
public sealed class ForestOutOfBagClassification : OutOfBagClassification
{
    private readonly int[] _votes;
    private readonly double[] _errorCurve;

    private ForestOutOfBagClassification(ClassificationDataset data, double[] sums, int[] votes, int[] treeCounts, double[] errorCurve)
        : base(data, sums, treeCounts)
    {
        _votes = votes;
        _errorCurve = errorCurve;
    }

    /// <summary>An estimate as it was.</summary>
    internal ForestOutOfBagClassification(
        int classCount, double[] sums, int[] votes, int[] treeCounts, double[] errorCurve, double accuracy, double logLoss)
        : base(classCount, sums, treeCounts, accuracy, logLoss)
    {
        _votes = votes;
        _errorCurve = errorCurve;
    }

    /// <summary>Rows × classes votes, never to be written.</summary>
    internal ReadOnlySpan<int> AllVotes => _votes;

    /// <summary>
    /// The weighted share of misclassified rows by the first tree, the first two, and so on, each over the rows covered by then; NaN
    /// where none is. Where it no longer falls, more trees bring nothing.
    /// </summary>
    public ReadOnlySpan<double> ErrorCurve => _errorCurve;

    /// <summary>How many of the trees that did not draw a row vote for each class.</summary>
    /// <param name="row">A training row.</param>
    public ReadOnlySpan<int> Votes(int row) => _votes.AsSpan(row * ClassCount, ClassCount);

    internal static ForestOutOfBagClassification Of(
        Forest forest, RowSampler sampler, ClassificationDataset data, Voting voting, int threads, CancellationToken cancellationToken)
    {
        var scan = new Scan(data, voting);
        scan.Run(forest, sampler, threads, cancellationToken);
        return new ForestOutOfBagClassification(data, scan.Sums(), scan.Votes, scan.TreeCounts, scan.ErrorCurve);
    }

    private sealed class Scan(ClassificationDataset data, Voting voting) : OutOfBagScan(data.RowCount)
    {
        private readonly double[] _sums = new double[data.RowCount * data.ClassCount];

        public int[] Votes { get; } = new int[data.RowCount * data.ClassCount];

        public void Run(Forest forest, RowSampler sampler, int threads, CancellationToken cancellationToken) =>
            Run(forest, sampler, data, threads, cancellationToken);

        public double[] Sums() => voting == Voting.Majority ? Array.ConvertAll(Votes, count => (double)count) : _sums;

        protected override void Add(int row, ReadOnlySpan<double> leafValue)
        {
            int first = row * data.ClassCount;
            Votes[first + ClassificationModel.IndexOfMax(leafValue)]++;
            for (int k = 0; k < leafValue.Length; k++)
            {
                _sums[first + k] += leafValue[k];
            }
        }

        protected override double Loss(int row, int treeCount) => PredictedClass(row * data.ClassCount) == data.LabelArray[row] ? 0 : 1;

        private int PredictedClass(int first)
        {
            if (voting == Voting.Average)
            {
                return ClassificationModel.IndexOfMax(_sums.AsSpan(first, data.ClassCount));
            }

            int best = 0;
            for (int k = 1; k < data.ClassCount; k++)
            {
                best = Votes[first + k] > Votes[first + best] ? k : best;
            }

            return best;
        }
    }
}
