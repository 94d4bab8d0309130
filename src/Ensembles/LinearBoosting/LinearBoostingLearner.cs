using Ensembles.Data;
using Ensembles.Learners;
using Ensembles.Metrics;

namespace Ensembles.LinearBoosting;

/// <summary>
/// The hyper-parameters of boosting with linear base learners: each round moves every coefficient of one linear model a step towards the
/// optimum of a second-order approximation of the loss, one coefficient after the other (coordinate descent; Friedman, Hastie and Tibshirani
/// 2010), as XGBoost's <c>gblinear</c> with <c>updater=coord_descent</c>.
/// </summary>
/// <remarks>
/// Numbers have one coefficient, categorical features one for each category. A missing value contributes nothing, as if it were 0.
/// A column that has one value only, and no missing cell, is left to the intercept. Columns are not scaled: penalties see their units.
/// </remarks>
/// <typeparam name="TDataset">What it learns from.</typeparam>
/// <typeparam name="TModel">The kind of what it gives.</typeparam>
/// <typeparam name="TMetric">What is measured.</typeparam>
/// <typeparam name="TFitted">What it gives.</typeparam>
public abstract record LinearBoostingLearner<TDataset, TModel, TMetric, TFitted> :
    BoostingLearner<TDataset, TModel, TMetric, TFitted>, ILinearBoostingRecipe
    where TDataset : Dataset<TDataset>
    where TModel : Model
    where TMetric : Metric
    where TFitted : TModel
{
    private const double DefaultLearningRate = 0.5;

    private readonly double _l1;
    private readonly double _l2;
    private readonly FeatureSelector _featureSelector;
    private readonly int? _topFeatures;

    private protected LinearBoostingLearner()
        : base(DefaultLearningRate)
    {
    }

    /// <summary>α: the L1 penalty of coefficients for each unit of weight of the training set, at least 0 (default).</summary>
    public double L1
    {
        get => _l1;
        init => _l1 = CheckRange(value, 0, double.MaxValue);
    }

    /// <summary>λ: the L2 penalty of coefficients for each unit of weight of the training set, at least 0 (default).</summary>
    public double L2
    {
        get => _l2;
        init => _l2 = CheckRange(value, 0, double.MaxValue);
    }

    /// <summary>In which order a round visits the coefficients (default <see cref="LinearBoosting.FeatureSelector.Cyclic"/>).</summary>
    public FeatureSelector FeatureSelector
    {
        get => _featureSelector;
        init => _featureSelector = CheckDefined(value);
    }

    /// <summary>
    /// With <see cref="FeatureSelector.Greedy"/> or <see cref="FeatureSelector.Thrifty"/>: how many coefficients a round visits, at least 1;
    /// null (default) for as many as there are.
    /// </summary>
    public int? TopFeatures
    {
        get => _topFeatures;
        init => _topFeatures = value is int top ? CheckRange(top, 1) : null;
    }

    /// <exception cref="ArgumentException">Two properties cannot work together.</exception>
    private protected void CheckSelector()
    {
        if (TopFeatures is not null && FeatureSelector is not (FeatureSelector.Greedy or FeatureSelector.Thrifty))
        {
            throw new ArgumentException("TopFeatures needs the FeatureSelector Greedy or Thrifty; the others visit all.");
        }
    }
}
