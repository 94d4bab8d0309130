using Ensembles.Data;
using Ensembles.Learners;

namespace Ensembles.MetaEnsembles;

/// <summary>Stacked regressors: the final one predicts from what the members say.</summary>
public sealed class StackingRegressionModel : RegressionModel
{
    private readonly RegressionModel[] _members;

    internal StackingRegressionModel(FeatureSchema schema, StackingRegressor recipe, RegressionModel[] members, RegressionModel final)
        : base(schema)
    {
        Recipe = recipe;
        Members = Array.AsReadOnly(members);
        Final = final;
        _members = members;
        Batches = new MemberLoop(members);
    }

    /// <summary>The recipe that the model was trained by.</summary>
    public StackingRegressor Recipe { get; }

    /// <summary>The members, trained on all rows, in the order of the recipe.</summary>
    public IReadOnlyList<RegressionModel> Members { get; }

    /// <summary>The final model: its features are the outputs of the members, then the features where they are passed through.</summary>
    public RegressionModel Final { get; }

    /// <inheritdoc/>
    public override int RawScoreCount => Final.RawScoreCount;

    internal override IBatchPrediction Batches { get; }

    internal override void PredictBlock(in RowSet rows, Span<double> output) =>
        MetaFeatures.Predict(_members, Final, rows, output, raw: false);

    internal override void ScoreBlock(in RowSet rows, Span<double> scores) =>
        MetaFeatures.Predict(_members, Final, rows, scores, raw: true);
}
