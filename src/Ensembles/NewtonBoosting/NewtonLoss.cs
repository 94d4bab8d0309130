using Ensembles.Losses;

namespace Ensembles.NewtonBoosting;

/// <summary>
/// What a Newton boosting regressor makes small: a loss ℓ(y, F) of a row by its target y and its score F, the sum of the trees, seen through
/// its first two derivatives by F; and how a score becomes a prediction.
/// </summary>
/// <remarks>
/// Those of the library are the properties and methods here. One's own is a record that derives from this class, or a function given to
/// <see cref="Of"/>. It is called from several threads at once, for parts of the rows, so it must depend on its arguments alone; where
/// models are to be the same on every machine it must compute the same bits there. Weights of rows are no concern of it.
/// </remarks>
public abstract record NewtonLoss
{
    /// <summary>½(F − y)², the default (XGBoost's <c>reg:squarederror</c>).</summary>
    public static NewtonLoss SquaredError { get; } = new SquaredErrorNewtonLoss();

    /// <summary>
    /// The log loss of targets from 0 to 1, such as shares: ln(1 + e^F) − y·F. It predicts 1/(1 + e^−F) (<c>reg:logistic</c>).
    /// </summary>
    public static NewtonLoss Logistic { get; } = new LogisticNewtonLoss();

    /// <summary>
    /// The Poisson log-likelihood of counts, targets of at least 0: e^F − y·F. It predicts e^F (<c>count:poisson</c>). The hessian is
    /// e^(F + s) with s the recipe's <c>MaxDeltaStep</c>, as in XGBoost, where s is 0.7 by default: it keeps steps short.
    /// </summary>
    public static NewtonLoss Poisson { get; } = new PoissonNewtonLoss();

    /// <summary>The Gamma log-likelihood of targets above 0: F + y·e^−F. It predicts e^F (<c>reg:gamma</c>).</summary>
    public static NewtonLoss Gamma { get; } = new GammaNewtonLoss();

    /// <summary>
    /// The Tweedie log-likelihood of targets of at least 0, many of them 0: e^((2 − ρ)F)/(2 − ρ) − y·e^((1 − ρ)F)/(1 − ρ). It predicts e^F
    /// (<c>reg:tweedie</c>).
    /// </summary>
    /// <param name="variancePower">ρ: the variance of a target grows as this power of its mean; above 1 and below 2 (default 1.5).</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="variancePower"/> is outside its range.</exception>
    public static NewtonLoss Tweedie(double variancePower = 1.5) => new TweedieNewtonLoss(variancePower);

    /// <summary>
    /// δ²(√(1 + (F − y)²/δ²) − 1): the squared error of small residuals and the absolute one of large, smooth between
    /// (<c>reg:pseudohubererror</c>).
    /// </summary>
    /// <param name="slope">δ, above 0 (default 1).</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="slope"/> is not above 0.</exception>
    public static NewtonLoss PseudoHuber(double slope = 1) => new PseudoHuberNewtonLoss(slope);

    /// <summary>What it is called in messages and model files; by default the name of the type.</summary>
    public virtual string Name => GetType().Name;

    /// <summary>How scores become predictions (by default they are predictions).</summary>
    public virtual ScoreLink Link => ScoreLink.Identity;

    /// <summary>The same, to be applied.</summary>
    internal Link PredictionLink => Link switch
    {
        ScoreLink.Identity => Losses.Link.Identity,
        ScoreLink.Log => Losses.Link.Log,
        ScoreLink.Logit => Losses.Link.Logit,
        _ => throw new ArgumentOutOfRangeException(nameof(Link), Link, $"{Name} has a link that there is not."),
    };

    /// <summary>A loss of one's own.</summary>
    /// <param name="name">What it is called in messages and model files; not empty.</param>
    /// <param name="derivatives">The gradient and the hessian of a row of weight 1, by its target and its score.</param>
    /// <param name="link">How scores become predictions; by default they are predictions.</param>
    /// <exception cref="ArgumentException">The name is empty, or the link is none.</exception>
    public static NewtonLoss Of(
        string name, Func<double, double, (double Gradient, double Hessian)> derivatives, ScoreLink link = ScoreLink.Identity) =>
        new GivenNewtonLoss(name, derivatives, link);

    /// <summary>Computes g = ∂ℓ/∂F and h = ∂²ℓ/∂F² of rows of weight 1.</summary>
    /// <param name="targets">y of some rows.</param>
    /// <param name="scores">F of these rows.</param>
    /// <param name="gradients">g, to be written: finite numbers.</param>
    /// <param name="hessians">
    /// h, to be written: finite numbers of at least 0. Where the true one may be less, write a bound from above: it makes steps shorter.
    /// </param>
    public abstract void Differentiate(
        ReadOnlySpan<double> targets, ReadOnlySpan<double> scores, Span<double> gradients, Span<double> hessians);

    /// <summary>What a target must be, for the message where one is not; null (by default) where it is all right.</summary>
    public virtual string? Refuse(double target) => null;

    /// <summary>Its name.</summary>
    public sealed override string ToString() => Name;

    /// <summary>The prediction that a score stands for.</summary>
    internal double ToPrediction(double score)
    {
        double prediction = 0;
        PredictionLink.Apply([score], new Span<double>(ref prediction));
        return prediction;
    }

    /// <summary>The score that stands for a prediction.</summary>
    internal double ToScore(double prediction)
    {
        double score = 0;
        PredictionLink.Invert([prediction], new Span<double>(ref score));
        return score;
    }

    /// <summary>Whether scores that were learned by another loss are scores of this one.</summary>
    internal bool GoesOnFrom(NewtonLoss other) => other is NamedNewtonLoss named
        ? Link == named.Link && string.Equals(Name, named.Name, StringComparison.Ordinal)
        : Equals(other);

    /// <summary>The same with the limit of steps of a recipe.</summary>
    internal virtual NewtonLoss WithMaxDeltaStep(double maxDeltaStep) => this;
}
