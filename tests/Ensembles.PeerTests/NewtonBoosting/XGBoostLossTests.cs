using Ensembles.Data;
using Ensembles.NewtonBoosting;

namespace Ensembles.PeerTests.NewtonBoosting;

/// <summary>The losses of regressors beside those of XGBoost 1.7.4, and one's own beside a custom objective there.</summary>
public class XGBoostLossTests
{
    // XGBoost keeps scores, gradients and leaf values as float32, and takes exponentials of them.
    private const double Tolerance = 1e-5;

    private static readonly Lazy<LossFixtures> Fixtures = new(() => XGBoostFixtures.Read<LossFixtures>("newton-losses.json.gz"));

    public static TheoryData<string> Names => [.. Fixtures.Value.Cases.Select(peer => peer.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Predictions_are_those_of_XGBoost(string name)
    {
        LossCase peer = Fixtures.Value.Cases.Single(c => string.Equals(c.Name, name, StringComparison.Ordinal));
        XGBoostData data = Fixtures.Value.Data with { Target = peer.Target };
        var recipe = (NewtonBoostingRegressor)peer.Parameters.Limit(new NewtonBoostingRegressor { Loss = LossOf(peer) }, peer.Rounds);

        // XGBoost limits the steps of counts where nothing else is said, and puts the limit into the hessian.
        recipe = string.Equals(peer.Objective, "count:poisson", StringComparison.Ordinal) ? recipe with { MaxDeltaStep = 0.7 } : recipe;

        double[] predictions = recipe.Fit(data.Regression(peer.Weighted)).Predict(data.Table());

        predictions.Should().Equal(peer.Predictions, (ours, theirs) => Math.Abs(ours - theirs) <= Tolerance * Math.Max(1, Math.Abs(theirs)));
    }

    private static NewtonLoss LossOf(LossCase peer) => peer.Objective switch
    {
        "count:poisson" => NewtonLoss.Poisson,
        "reg:gamma" => NewtonLoss.Gamma,
        "reg:tweedie" => peer.Parameter is double power ? NewtonLoss.Tweedie(power) : NewtonLoss.Tweedie(),
        "reg:logistic" => NewtonLoss.Logistic,
        "reg:pseudohubererror" => peer.Parameter is double slope ? NewtonLoss.PseudoHuber(slope) : NewtonLoss.PseudoHuber(),
        _ => NewtonLoss.Of("log-cosh", (target, score) =>
        {
            double slope = Math.Tanh(score - target);
            return (slope, 1 - (slope * slope));
        }),
    };

    private sealed record LossFixtures(XGBoostData Data, LossCase[] Cases);

    private sealed record LossCase(
        string Name,
        string Objective,
        double? Parameter,
        bool Weighted,
        int Rounds,
        XGBoostParameters Parameters,
        double[] Target,
        double[] Predictions);
}
