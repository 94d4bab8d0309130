using System.Buffers;
using Ensembles.Data;
using Ensembles.Explanation;
using Ensembles.Learners;

namespace Ensembles.MetaEnsembles;

/// <summary>Regressors whose weighted mean is predicted.</summary>
public sealed class VotingRegressionModel : RegressionModel, ITreeSumModel
{
    // Rows that pass one member after the other together.
    private const int BlockRows = 512;

    private readonly RegressionModel[] _members;
    private readonly double[] _weights;
    private readonly double _totalWeight;

    internal VotingRegressionModel(FeatureSchema schema, VotingRegressor recipe, RegressionModel[] members, double[] weights)
        : base(schema)
    {
        Recipe = recipe;
        Members = Array.AsReadOnly(members);
        _members = members;
        Batches = new MemberLoop(members);
        _weights = weights;
        _totalWeight = weights.Sum();
    }

    /// <summary>The recipe that the model was trained by.</summary>
    public VotingRegressor Recipe { get; }

    /// <summary>The members, in the order of the recipe.</summary>
    public IReadOnlyList<RegressionModel> Members { get; }

    TreeSum ITreeSumModel.ToTreeSum() => TreeSum.OfMembers(Schema, _members.Select(member => ((Model)member, (int[]?)null)), _weights);

    /// <summary>The weights of the members.</summary>
    internal IReadOnlyList<double> Weights => _weights;

    internal override IBatchPrediction Batches { get; }

    internal override void PredictBlock(in RowSet rows, Span<double> output)
    {
        int blockRows = Math.Min(rows.Count, BlockRows);
        double[] rented = ArrayPool<double>.Shared.Rent(blockRows);
        output.Clear();
        for (int first = 0; first < rows.Count; first += blockRows)
        {
            int count = Math.Min(blockRows, rows.Count - first);
            Span<double> said = rented.AsSpan(0, count);
            Span<double> values = output.Slice(first, count);
            for (int m = 0; m < _members.Length; m++)
            {
                _members[m].PredictBlock(rows.Slice(first, count), said);
                for (int r = 0; r < count; r++)
                {
                    values[r] += _weights[m] * said[r];
                }
            }

            foreach (ref double value in values)
            {
                value /= _totalWeight;
            }
        }

        ArrayPool<double>.Shared.Return(rented);
    }
}
