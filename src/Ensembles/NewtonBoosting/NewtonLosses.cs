using Ensembles.Numerics;

namespace Ensembles.NewtonBoosting;

/// <summary>½(F − y)².</summary>
internal sealed record SquaredErrorNewtonLoss : NewtonLoss
{
    public override string Name => "SquaredError";

    public override void Differentiate(
        ReadOnlySpan<double> targets, ReadOnlySpan<double> scores, Span<double> gradients, Span<double> hessians)
    {
        for (int i = 0; i < targets.Length; i++)
        {
            gradients[i] = scores[i] - targets[i];
            hessians[i] = 1;
        }
    }
}

/// <summary>ln(1 + e^F) − y·F with y from 0 to 1.</summary>
internal sealed record LogisticNewtonLoss : NewtonLoss
{
    // A row that is predicted with certainty still has a place in its bin, as of two classes.
    private const double LeastHessian = 1e-16;

    public override string Name => "Logistic";

    public override ScoreLink Link => ScoreLink.Logit;

    public override void Differentiate(
        ReadOnlySpan<double> targets, ReadOnlySpan<double> scores, Span<double> gradients, Span<double> hessians)
    {
        for (int i = 0; i < targets.Length; i++)
        {
            double p = DeterministicMath.Sigmoid(scores[i]);
            gradients[i] = p - targets[i];
            hessians[i] = Math.Max(p * (1 - p), LeastHessian);
        }
    }

    public override string? Refuse(double target) => target is >= 0 and <= 1 ? null : "from 0 to 1";
}

/// <summary>What predicts e^F.</summary>
internal abstract record LogLinkNewtonLoss : NewtonLoss
{
    public override ScoreLink Link => ScoreLink.Log;

    public override string? Refuse(double target) => target >= 0 ? null : "at least 0";
}

/// <summary>e^F − y·F.</summary>
internal sealed record PoissonNewtonLoss : LogLinkNewtonLoss
{
    /// <summary>What is added to the score in the hessian.</summary>
    public double MaxDeltaStep { get; init; }

    public override string Name => "Poisson";

    public override void Differentiate(
        ReadOnlySpan<double> targets, ReadOnlySpan<double> scores, Span<double> gradients, Span<double> hessians)
    {
        for (int i = 0; i < targets.Length; i++)
        {
            gradients[i] = DeterministicMath.Exp(scores[i]) - targets[i];
            hessians[i] = DeterministicMath.Exp(scores[i] + MaxDeltaStep);
        }
    }

    internal override NewtonLoss WithMaxDeltaStep(double maxDeltaStep) => this with { MaxDeltaStep = maxDeltaStep };
}

/// <summary>F + y·e^−F.</summary>
internal sealed record GammaNewtonLoss : LogLinkNewtonLoss
{
    public override string Name => "Gamma";

    public override void Differentiate(
        ReadOnlySpan<double> targets, ReadOnlySpan<double> scores, Span<double> gradients, Span<double> hessians)
    {
        for (int i = 0; i < targets.Length; i++)
        {
            hessians[i] = targets[i] * DeterministicMath.Exp(-scores[i]);
            gradients[i] = 1 - hessians[i];
        }
    }

    public override string? Refuse(double target) => target > 0 ? null : "above 0";
}

/// <summary>e^((2 − ρ)F)/(2 − ρ) − y·e^((1 − ρ)F)/(1 − ρ).</summary>
internal sealed record TweedieNewtonLoss : LogLinkNewtonLoss
{
    public TweedieNewtonLoss(double variancePower)
    {
        VariancePower = variancePower > 1 && variancePower < 2
            ? variancePower
            : throw new ArgumentOutOfRangeException(
                nameof(variancePower), variancePower, "The variance power must be above 1 and below 2.");
    }

    public double VariancePower { get; }

    public override string Name => FormattableString.Invariant($"Tweedie({VariancePower})");

    public override void Differentiate(
        ReadOnlySpan<double> targets, ReadOnlySpan<double> scores, Span<double> gradients, Span<double> hessians)
    {
        double down = 1 - VariancePower;
        double up = 2 - VariancePower;
        for (int i = 0; i < targets.Length; i++)
        {
            double a = targets[i] * DeterministicMath.Exp(down * scores[i]);
            double b = DeterministicMath.Exp(up * scores[i]);
            gradients[i] = b - a;
            hessians[i] = (up * b) - (down * a);
        }
    }
}

/// <summary>δ²(√(1 + (F − y)²/δ²) − 1).</summary>
internal sealed record PseudoHuberNewtonLoss : NewtonLoss
{
    public PseudoHuberNewtonLoss(double slope)
    {
        Slope = slope > 0 && double.IsFinite(slope)
            ? slope
            : throw new ArgumentOutOfRangeException(nameof(slope), slope, "The slope must be above 0 and finite.");
    }

    public double Slope { get; }

    public override string Name => FormattableString.Invariant($"PseudoHuber({Slope})");

    public override void Differentiate(
        ReadOnlySpan<double> targets, ReadOnlySpan<double> scores, Span<double> gradients, Span<double> hessians)
    {
        for (int i = 0; i < targets.Length; i++)
        {
            double residual = scores[i] - targets[i];
            double share = residual / Slope;
            double scale = 1 + (share * share);
            double root = Math.Sqrt(scale);
            gradients[i] = residual / root;
            hessians[i] = 1 / (scale * root);
        }
    }
}

/// <summary>A function of the user's.</summary>
internal sealed record GivenNewtonLoss : NewtonLoss
{
    private readonly string _name;
    private readonly ScoreLink _link;
    private readonly Func<double, double, (double Gradient, double Hessian)> _derivatives;

    public GivenNewtonLoss(string name, Func<double, double, (double Gradient, double Hessian)> derivatives, ScoreLink link)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(derivatives);
        _name = name;
        _derivatives = derivatives;
        _link = Enum.IsDefined(link) ? link : throw new ArgumentOutOfRangeException(nameof(link), link, "There is no such link.");
    }

    public override string Name => _name;

    public override ScoreLink Link => _link;

    public override void Differentiate(
        ReadOnlySpan<double> targets, ReadOnlySpan<double> scores, Span<double> gradients, Span<double> hessians)
    {
        for (int i = 0; i < targets.Length; i++)
        {
            (gradients[i], hessians[i]) = _derivatives(targets[i], scores[i]);
        }
    }
}
