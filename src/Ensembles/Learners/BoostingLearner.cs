using Ensembles.Data;
using Ensembles.Metrics;

namespace Ensembles.Learners;

/// <summary>
/// The hyper-parameters of every ensemble that adds to scores, round after round, what makes a loss smaller; its rounds can be continued.
/// </summary>
/// <inheritdoc cref="StagedLearner{TDataset, TModel, TMetric, TFitted}"/>
public abstract record BoostingLearner<TDataset, TModel, TMetric, TFitted> : StagedLearner<TDataset, TModel, TMetric, TFitted>
    where TDataset : Dataset<TDataset>
    where TModel : Model
    where TMetric : Metric
    where TFitted : TModel
{
    private const int DefaultRounds = 100;

    private readonly double? _baseScore;

    private protected BoostingLearner(double learningRate)
        : base(DefaultRounds, learningRate)
    {
    }

    /// <summary>
    /// The prediction that boosting starts from, as XGBoost defines it: of two classes the probability of the second, of more the same score
    /// for all, of a regressor the value; finite; null (default) for the loss's own optimum.
    /// </summary>
    public double? BaseScore
    {
        get => _baseScore;
        init => _baseScore = value is double score ? CheckRange(score, -double.MaxValue, double.MaxValue) : null;
    }

    /// <summary>
    /// Goes on from a model: adds <see cref="StagedLearner{TDataset, TModel, TMetric, TFitted}.Rounds"/> rounds to those it has.
    /// </summary>
    /// <param name="model">
    /// The rounds so far; it is not changed. It may come of another recipe: its beginning stays, other hyper-parameters hold for the new
    /// rounds only.
    /// </param>
    /// <param name="data">The rows to learn from, with the columns and classes of the model.</param>
    /// <param name="options">How to run the fit; null for <see cref="FitOptions.Default"/>.</param>
    /// <param name="cancellationToken">Ends the fit early with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>
    /// A model of all rounds. With the recipe and the data of the model it is, to the last bit, the one that the sum of the rounds gives.
    /// </returns>
    /// <exception cref="ArgumentException">
    /// The data have other columns or classes than the model, or the recipe another beginning (base score, initial learner) or loss.
    /// </exception>
    public TFitted Continue(
        TFitted model, TDataset data, FitOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(data);
        return Boost(data, validation: null, model, options ?? FitOptions.Default, cancellationToken);
    }

    /// <summary>Goes on from a model and measures the new rounds on a validation set.</summary>
    /// <inheritdoc cref="Continue(TFitted, TDataset, FitOptions?, CancellationToken)"/>
    /// <param name="model">The rounds so far.</param>
    /// <param name="data">The rows to learn from.</param>
    /// <param name="validation">The rows to measure by. The best round is one of the new ones.</param>
    /// <param name="options">How to run the fit; null for <see cref="FitOptions.Default"/>.</param>
    /// <param name="cancellationToken">Ends the fit early with an <see cref="OperationCanceledException"/>.</param>
    public TFitted Continue(
        TFitted model,
        TDataset data,
        TDataset validation,
        FitOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentNullException.ThrowIfNull(validation);
        return Boost(data, validation, model, options ?? FitOptions.Default, cancellationToken);
    }

    /// <summary>Runs the rounds.</summary>
    /// <param name="data">The training set.</param>
    /// <param name="validation">The validation set, or null.</param>
    /// <param name="start">The model to go on from, or null.</param>
    /// <param name="options">How to run.</param>
    /// <param name="cancellationToken">Ends the fit.</param>
    private protected abstract TFitted Boost(
        TDataset data, TDataset? validation, TFitted? start, FitOptions options, CancellationToken cancellationToken);

    private protected sealed override TFitted Boost(
        TDataset data, TDataset? validation, FitOptions options, CancellationToken cancellationToken) =>
        Boost(data, validation, start: null, options, cancellationToken);
}
