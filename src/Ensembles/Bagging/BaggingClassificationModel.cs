using Ensembles.Data;
using Ensembles.Explanation;
using Ensembles.Learners;

namespace Ensembles.Bagging;

/// <summary>A bagged classifier: the probabilities of a row are the mean, or the shares of the votes, of its members.</summary>
public sealed class BaggingClassificationModel : ClassificationModel, IFeatureImportances, ITreeSumModel
{
    private readonly BaggingMember<ClassificationModel>[] _members;
    private readonly BaggedPrediction<ClassificationModel> _prediction;
    private readonly TrainingMark _training;

    internal BaggingClassificationModel(
        ClassificationDataset data, BaggingClassifier recipe, BaggingMember<ClassificationModel>[] members, OutOfBagClassification? outOfBag)
        : this(data.Schema, data.Classes, recipe, members, outOfBag, TrainingMark.Of(data))
    {
    }

    internal BaggingClassificationModel(
        FeatureSchema schema,
        ClassLabels classes,
        BaggingClassifier recipe,
        BaggingMember<ClassificationModel>[] members,
        OutOfBagClassification? outOfBag,
        TrainingMark training)
        : base(schema, classes)
    {
        Recipe = recipe with { Count = members.Length };
        OutOfBag = outOfBag;
        Members = Array.AsReadOnly(members);
        _members = members;
        _prediction = new BaggedPrediction<ClassificationModel>(members, Schema.Count, ClassCount, recipe.Voting == Voting.Majority);
        _training = training;
    }

    internal TrainingMark Training => _training;

    /// <summary>The recipe that gives the model, its count that of the members.</summary>
    public BaggingClassifier Recipe { get; }

    /// <summary>The members, in the order of their numbers.</summary>
    public IReadOnlyList<BaggingMember<ClassificationModel>> Members { get; }

    /// <summary>The estimate from the rows that members did not draw; null where the recipe asked for none, or no member leaves a row out.</summary>
    public OutOfBagClassification? OutOfBag { get; }

    /// <summary>The mean importances of the members that have them; a feature that a member does not read counts 0 in it.</summary>
    /// <returns>One number a feature; they sum to 1, or are all 0.</returns>
    public double[] FeatureImportances() => BaggedImportances.Of(_members, Schema.Count);

    /// <summary>Trains more members on the same data: the model that the recipe gives with a greater count.</summary>
    /// <param name="data">The data that the model was trained on.</param>
    /// <param name="more">How many members to add, at least 1.</param>
    /// <param name="options">How to run the fit; null for <see cref="FitOptions.Default"/>.</param>
    /// <param name="cancellationToken">Ends the fit early with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>A model of the members so far and the new ones; this one is not changed.</returns>
    /// <exception cref="ArgumentException">The data have other columns, classes, rows, targets or weights than the training data.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="more"/> is below 1.</exception>
    public BaggingClassificationModel Continue(
        ClassificationDataset data, int more, FitOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(more, 1);
        _training.Check(data, Schema, Classes);
        return Recipe.Grow(data, _members, OutOfBag, more, options ?? FitOptions.Default, cancellationToken);
    }

    TreeSum ITreeSumModel.ToTreeSum() => _prediction.ToTreeSum(Schema, Classes);

    internal override IBatchPrediction Batches => _prediction.Batches;

    internal override void PredictBlock(in RowSet rows, Span<double> output) => _prediction.Predict(rows, output);
}
