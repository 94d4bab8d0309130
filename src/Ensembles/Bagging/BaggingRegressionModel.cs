using Ensembles.Data;
using Ensembles.Explanation;
using Ensembles.Learners;

namespace Ensembles.Bagging;

/// <summary>A bagged regressor: the value of a row is the mean of its members.</summary>
public sealed class BaggingRegressionModel : RegressionModel, IFeatureImportances, ITreeSumModel
{
    private readonly BaggingMember<RegressionModel>[] _members;
    private readonly BaggedPrediction<RegressionModel> _prediction;
    private readonly TrainingMark _training;

    internal BaggingRegressionModel(
        RegressionDataset data, BaggingRegressor recipe, BaggingMember<RegressionModel>[] members, OutOfBagRegression? outOfBag)
        : this(data.Schema, recipe, members, outOfBag, TrainingMark.Of(data))
    {
    }

    internal BaggingRegressionModel(
        FeatureSchema schema,
        BaggingRegressor recipe,
        BaggingMember<RegressionModel>[] members,
        OutOfBagRegression? outOfBag,
        TrainingMark training)
        : base(schema)
    {
        Recipe = recipe with { Count = members.Length };
        OutOfBag = outOfBag;
        Members = Array.AsReadOnly(members);
        _members = members;
        _prediction = new BaggedPrediction<RegressionModel>(members, Schema.Count, 1, majority: false);
        _training = training;
    }

    internal TrainingMark Training => _training;

    /// <summary>The recipe that gives the model, its count that of the members.</summary>
    public BaggingRegressor Recipe { get; }

    /// <summary>The members, in the order of their numbers.</summary>
    public IReadOnlyList<BaggingMember<RegressionModel>> Members { get; }

    /// <summary>The estimate from the rows that members did not draw; null where the recipe asked for none, or no member leaves a row out.</summary>
    public OutOfBagRegression? OutOfBag { get; }

    /// <summary>The mean importances of the members that have them; a feature that a member does not read counts 0 in it.</summary>
    /// <returns>One number a feature; they sum to 1, or are all 0.</returns>
    public double[] FeatureImportances() => BaggedImportances.Of(_members, Schema.Count);

    /// <summary>Trains more members on the same data: the model that the recipe gives with a greater count.</summary>
    /// <param name="data">The data that the model was trained on.</param>
    /// <param name="more">How many members to add, at least 1.</param>
    /// <param name="options">How to run the fit; null for <see cref="FitOptions.Default"/>.</param>
    /// <param name="cancellationToken">Ends the fit early with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>A model of the members so far and the new ones; this one is not changed.</returns>
    /// <exception cref="ArgumentException">The data have other columns, rows, targets or weights than the training data.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="more"/> is below 1.</exception>
    public BaggingRegressionModel Continue(
        RegressionDataset data, int more, FitOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(more, 1);
        _training.Check(data, Schema);
        return Recipe.Grow(data, _members, OutOfBag, more, options ?? FitOptions.Default, cancellationToken);
    }

    TreeSum ITreeSumModel.ToTreeSum() => _prediction.ToTreeSum(Schema);

    internal override IBatchPrediction Batches => _prediction.Batches;

    internal override void PredictBlock(in RowSet rows, Span<double> output) => _prediction.Predict(rows, output);
}
