using Ensembles.Data;
using Ensembles.NewtonBoosting;
using Ensembles.Trees;

namespace Ensembles.PeerTests.NewtonBoosting;

/// <summary>The library's model for a fit of XGBoost: the same rows and hyper-parameters.</summary>
/// <param name="Trees">The trees, class after class within a round.</param>
/// <param name="Statistics">Their gains and covers.</param>
/// <param name="Predict">Predictions as the fixtures have them.</param>
internal sealed record XGBoostTwin(
    IReadOnlyList<Tree> Trees, IReadOnlyList<TreeStatistics> Statistics, Func<FeatureTable, double[]> Predict)
{
    public static XGBoostTwin Fit(XGBoostCase peer, XGBoostData data, BoostingSplitMethod method)
    {
        if (data.Classes == 0)
        {
            var regressor = new NewtonBoostingRegressor { SplitMethod = method };
            var regression = (NewtonBoostingRegressionModel)peer.Parameters.Limit(regressor, peer.Rounds).Fit(data.Regression(peer.Weighted));
            return new XGBoostTwin(regression.Trees, regression.Statistics, table => regression.Predict(table));
        }

        var recipe = new NewtonBoostingClassifier
        {
            SplitMethod = method,
            ScalePositiveWeight = peer.Parameters.ScalePositiveWeight ?? 1,
        };
        var model = (NewtonBoostingClassificationModel)peer.Parameters.Limit(recipe, peer.Rounds).Fit(data.Classification(peer.Weighted));
        return new XGBoostTwin(model.Trees, model.Statistics, rows =>
        {
            double[] probabilities = [.. model.PredictProbabilities(rows).Cast<double>()];
            return data.Classes > 2 ? probabilities : [.. probabilities.Where((_, i) => i % 2 == 1)];
        });
    }
}
