using System.Buffers;
using Ensembles.Data;
using Ensembles.Explanation;
using Ensembles.Learners;

namespace Ensembles.MetaEnsembles;

/// <summary>Regressors whose weighted mean is predicted.</summary>
public sealed class VotingRegressionModel : RegressionModel, ITreeSumModel
{
    private readonly RegressionModel[] _members;
    private readonly double[] _weights;
    private readonly double _totalWeight;

    internal VotingRegressionModel(FeatureSchema schema, VotingRegressor recipe, RegressionModel[] members, double[] weights)
        : base(schema)
    {
        Recipe = recipe;
        Members = Array.AsReadOnly(members);
        _members = members;
        _weights = weights;
        _totalWeight = weights.Sum();
    }

    /// <summary>The recipe that the model was trained by.</summary>
    public VotingRegressor Recipe { get; }

    /// <summary>The members, in the order of the recipe.</summary>
    public IReadOnlyList<RegressionModel> Members { get; }

    TreeSum ITreeSumModel.ToTreeSum() => TreeSum.OfMembers(Schema, _members.Select(member => ((Model)member, (int[]?)null)), _weights);

    internal override void PredictBlock(ReadOnlySpan<double> rows, int count, Span<double> output)
    {
        double[] rented = ArrayPool<double>.Shared.Rent(count);
        Span<double> said = rented.AsSpan(0, count);
        output.Clear();
        for (int m = 0; m < _members.Length; m++)
        {
            _members[m].PredictBlock(rows, count, said);
            for (int r = 0; r < count; r++)
            {
                output[r] += _weights[m] * said[r];
            }
        }

        foreach (ref double value in output)
        {
            value /= _totalWeight;
        }

        ArrayPool<double>.Shared.Return(rented);
    }
}
