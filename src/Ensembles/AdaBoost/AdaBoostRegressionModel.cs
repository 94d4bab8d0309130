using System.Buffers;
using Ensembles.Data;
using Ensembles.Explanation;
using Ensembles.Learners;
using Ensembles.Metrics;
using Ensembles.Numerics;
using Ensembles.Prediction;
using Ensembles.Trees;

namespace Ensembles.AdaBoost;

/// <summary>A boosted regressor: it predicts the weighted median of its members.</summary>
public sealed class AdaBoostRegressionModel : RegressionModel, IFeatureImportances, ITreeSumModel
{
    // Rows that pass one member after the other together.
    private const int BlockRows = 512;

    private readonly BoostedMembers<RegressionModel> _boosted;

    // Members that are one tree each find their leaves as one ensemble.
    private readonly TreeEnsemble? _trees;

    internal AdaBoostRegressionModel(
        FeatureSchema schema,
        AdaBoostRegressor recipe,
        BoostedMembers<RegressionModel> boosted,
        EvaluationHistory<RegressionMetric> history)
        : base(schema)
    {
        Recipe = recipe;
        Members = Array.AsReadOnly(boosted.Models);
        MemberWeights = Array.AsReadOnly(boosted.Weights);
        MemberErrors = Array.AsReadOnly(boosted.Errors);
        History = history;
        _boosted = boosted;
        if (Array.TrueForAll(boosted.Models, model => model is ITreeModel))
        {
            _trees = TreeEnsemble.OfValues(Array.ConvertAll(boosted.Models, model => ((ITreeModel)model).Tree));
        }

        Batches = (IBatchPrediction?)_trees ?? new MemberLoop(boosted.Models);
    }

    /// <summary>The recipe that the model was trained by.</summary>
    public AdaBoostRegressor Recipe { get; }

    /// <summary>The members, at least one, in the order in which they were trained.</summary>
    public IReadOnlyList<RegressionModel> Members { get; }

    /// <summary>ν·ln(1/β), the weight of each member in the median; 1 of one without error, or of a first one of too great an error.</summary>
    public IReadOnlyList<double> MemberWeights { get; }

    /// <summary>The mean loss of each member over the rows, by their weights in its round.</summary>
    public IReadOnlyList<double> MemberErrors { get; }

    /// <summary>The metrics with each member that was tried, on the validation set and, where asked for, the training set.</summary>
    public EvaluationHistory<RegressionMetric> History { get; }

    /// <summary>
    /// By feature, the mean of the importances of the members, weighted by <see cref="MemberWeights"/>; members that have none count 0.
    /// </summary>
    /// <returns>One number a feature; they sum to 1, or are all 0.</returns>
    public double[] FeatureImportances() => _boosted.Importances(Schema.Count);

    /// <summary>The predicted value of every row after the first member, after the first two, and so on.</summary>
    /// <param name="table">The rows; its columns are found by name.</param>
    /// <returns>For each number of members an array of one value a row.</returns>
    /// <exception cref="ArgumentException">A column of the model is missing or of another kind.</exception>
    public IEnumerable<double[]> StagedPredictions(FeatureTable table) => Staged(SchemaMapping.Map(table, Schema));

    internal BoostedMembers<RegressionModel> Boosted => _boosted;

    TreeSum ITreeSumModel.ToTreeSum() => throw TreeSum.NoSum("it predicts the weighted median of its members, and a median is no sum.");

    internal override IBatchPrediction Batches { get; }

    internal override void PredictBlock(in RowSet rows, Span<double> output)
    {
        int members = _boosted.Models.Length;
        int blockRows = Math.Min(rows.Count, BlockRows);
        double[] rented = ArrayPool<double>.Shared.Rent(members * (blockRows + 2));
        Span<double> values = rented.AsSpan(0, members);
        Span<double> weights = rented.AsSpan(members, members);
        for (int first = 0; first < rows.Count; first += blockRows)
        {
            int count = Math.Min(blockRows, rows.Count - first);
            Span<double> predicted = rented.AsSpan(2 * members, members * count);
            PredictMembers(rows.Slice(first, count), predicted);
            for (int r = 0; r < count; r++)
            {
                for (int m = 0; m < members; m++)
                {
                    values[m] = predicted[(m * count) + r];
                    weights[m] = _boosted.Weights[m];
                }

                values.Sort(weights);
                output[first + r] = WeightedQuantile.LowerMedianOfSorted(values, weights);
            }
        }

        ArrayPool<double>.Shared.Return(rented);
    }

    /// <summary>Writes what the members predict of some rows, member after member.</summary>
    private void PredictMembers(in RowSet rows, Span<double> predicted)
    {
        int count = rows.Count;
        if (_trees is null)
        {
            for (int m = 0; m < _boosted.Models.Length; m++)
            {
                _boosted.Models[m].PredictBlock(rows, predicted.Slice(m * count, count));
            }

            return;
        }

        int trees = _trees.TreeCount;
        int[] rented = ArrayPool<int>.Shared.Rent(count * trees);
        _trees.FindLeaves(rows, rented.AsSpan(0, count * trees));
        for (int m = 0; m < trees; m++)
        {
            double[] values = _trees.Trees[m].LeafValues;
            for (int r = 0; r < count; r++)
            {
                // As the member adds it up: of two zeros the positive one.
                predicted[(m * count) + r] = 0 + values[rented[(r * trees) + m]];
            }
        }

        ArrayPool<int>.Shared.Return(rented);
    }

    private IEnumerable<double[]> Staged(FeatureTable table)
    {
        var medians = new RunningMedians(new RowChunks(table), ParallelWork.Resolve(null));
        for (int m = 0; m < Members.Count; m++)
        {
            var predicted = new double[table.RowCount];
            medians.Add(Members[m], MemberWeights[m], predicted);
            yield return predicted;
        }
    }
}
