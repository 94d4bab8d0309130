using System.Runtime.CompilerServices;

namespace Ensembles.Trees.Growing.Gradients;

/// <summary>
/// The second-order objective Σ g·w + ½ Σ h·w² + ½·λ·w² + α·|w| of a leaf (Chen and Guestrin 2016): its best weight, and twice what that
/// weight takes off the objective.
/// </summary>
/// <param name="L1">α.</param>
/// <param name="L2">λ.</param>
/// <param name="MaxDeltaStep">The greatest |w|; 0 for no limit.</param>
internal readonly record struct NewtonScore(double L1, double L2, double MaxDeltaStep)
{
    /// <summary>Whether the score is G²/(H + λ), without thresholds and limits.</summary>
    public bool IsPlain => L1 == 0 && MaxDeltaStep == 0;

    /// <summary>w = −T(G)/(H + λ), with T the soft threshold by α; kept within ±<see cref="MaxDeltaStep"/>.</summary>
    public double Weight(double gradient, double hessian)
    {
        double denominator = hessian + L2;
        if (!(denominator > 0))
        {
            return 0;
        }

        double weight = -Threshold(gradient) / denominator;
        return MaxDeltaStep > 0 ? Math.Clamp(weight, -MaxDeltaStep, MaxDeltaStep) : weight;
    }

    /// <summary>S(G, H) = T(G)²/(H + λ); where the weight is limited, −(2Gw + (H + λ)w² + 2α|w|) at the limited weight.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Score(double gradient, double hessian)
    {
        if (IsPlain)
        {
            return gradient * gradient / (hessian + L2);
        }

        if (MaxDeltaStep == 0)
        {
            double threshold = Threshold(gradient);
            return threshold * threshold / (hessian + L2);
        }

        return ScoreAt(gradient, hessian, Weight(gradient, hessian));
    }

    /// <summary>What a leaf of this weight takes off the objective, twice.</summary>
    public double ScoreAt(double gradient, double hessian, double weight) =>
        -((2 * gradient * weight) + ((hessian + L2) * weight * weight) + (2 * L1 * Math.Abs(weight)));

    private double Threshold(double gradient) =>
        gradient > L1 ? gradient - L1 : gradient < -L1 ? gradient + L1 : 0;
}
