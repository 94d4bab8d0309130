using Ensembles.Data;
using Ensembles.Learners;
using Ensembles.Metrics;
using Ensembles.Numerics;

namespace Ensembles.AdaBoost;

/// <summary>The rounds of AdaBoost.R2 (Drucker 1997).</summary>
internal sealed class RegressorBooster : Booster<RegressionDataset, RegressionModel>
{
    private readonly AdaBoostRegressor _recipe;
    private readonly FitOptions _options;
    private readonly int _threads;
    private readonly double[] _losses;
    private readonly double[] _weightedLosses;
    private double[] _predicted = [];
    private double _logBeta;

    /// <param name="recipe">The hyper-parameters.</param>
    /// <param name="data">The training rows, all of weight above 0.</param>
    /// <param name="threads">The most threads to use.</param>
    public RegressorBooster(AdaBoostRegressor recipe, RegressionDataset data, int threads)
        : base(recipe, data)
    {
        _recipe = recipe;
        _options = new FitOptions { Threads = threads };
        _threads = threads;
        _losses = new double[data.RowCount];
        _weightedLosses = new double[data.RowCount];
    }

    protected override RegressionModel Train(double[] weights, ulong seed, CancellationToken cancellationToken)
    {
        RegressionModel model = (_recipe.Member with { Seed = seed }).Fit(Data.WithWeights(weights), _options, cancellationToken);
        Recall(model);
        return model;
    }

    protected override void Recall(RegressionModel model) => _predicted = model.PredictRows(Data.Features, _threads);

    protected override StagedPrediction<RegressionModel> Predict(FeatureTable table) => new StagedMedians(table, _threads);

    protected override void PredictNothing(double[] prediction)
    {
        var mean = default(WeightedMean);
        for (int r = 0; r < Data.RowCount; r++)
        {
            mean.Add(Data.TargetArray[r], Rows.Weights[r]);
        }

        prediction[0] = mean.Value();
    }

    protected override (double Error, double Weight, Fate Fate) Judge(bool isFirst)
    {
        double[] targets = Data.TargetArray;
        double largest = 0;
        for (int r = 0; r < targets.Length; r++)
        {
            _losses[r] = Math.Abs(_predicted[r] - targets[r]);
            largest = Math.Max(largest, _losses[r]);
        }

        for (int r = 0; r < targets.Length; r++)
        {
            _losses[r] = largest > 0 ? LossOf(_losses[r] / largest) : 0;
            _weightedLosses[r] = Rows.Weights[r] * _losses[r];
        }

        double error = OrderedSum.Of(_weightedLosses) / OrderedSum.Of(Rows.Weights);
        if (error == 0)
        {
            return (0, 1, Fate.Last);
        }

        if (error >= 0.5)
        {
            return (error, 1, isFirst ? Fate.Last : Fate.Dropped);
        }

        _logBeta = DeterministicMath.Log(error / (1 - error));
        return (error, -_recipe.LearningRate * _logBeta, Fate.Kept);
    }

    protected override void Reweigh()
    {
        for (int r = 0; r < _losses.Length; r++)
        {
            Rows.Weights[r] *= DeterministicMath.Exp(_recipe.LearningRate * (1 - _losses[r]) * _logBeta);
        }
    }

    private double LossOf(double share) => _recipe.Loss switch
    {
        AdaBoostLoss.Square => share * share,
        AdaBoostLoss.Exponential => -DeterministicMath.Expm1(-share),
        _ => share,
    };
}
