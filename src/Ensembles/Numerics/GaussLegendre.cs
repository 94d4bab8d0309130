using System.Collections.Concurrent;

namespace Ensembles.Numerics;

/// <summary>Gauss–Legendre quadrature on [0, 1]: with n points the integral of a polynomial of degree up to 2n − 1 is exact.</summary>
internal sealed class GaussLegendre
{
    private const int MaxSteps = 100;

    private static readonly ConcurrentDictionary<int, GaussLegendre> Known = new();

    private GaussLegendre(int count)
    {
        Points = new double[count];
        Weights = new double[count];
        for (int i = 0; i < count; i++)
        {
            // The roots of Pₙ lie near cos(π·(i + 3/4)/(n + 1/2)); Newton's method does the rest.
            double x = DeterministicTrigonometry.CosPi((i + 0.75) / (count + 0.5));
            (double value, double slope) = Legendre(count, x);
            for (int step = 0; step < MaxSteps && Math.Abs(value / slope) > 1e-16; step++)
            {
                x -= value / slope;
                (value, slope) = Legendre(count, x);
            }

            // Of [−1, 1] the weights are 2/((1 − x²)·Pₙ′(x)²).
            Points[i] = (1 - x) / 2;
            Weights[i] = 1 / ((1 - (x * x)) * slope * slope);
        }
    }

    /// <summary>The points, rising.</summary>
    public double[] Points { get; }

    /// <summary>The weights, which add up to 1.</summary>
    public double[] Weights { get; }

    /// <summary>The rule of so many points, at least 1.</summary>
    public static GaussLegendre Of(int count) => Known.GetOrAdd(count, static n => new GaussLegendre(n));

    /// <summary>Pₙ(x) and its derivative, by the recurrence k·Pₖ = (2k − 1)·x·Pₖ₋₁ − (k − 1)·Pₖ₋₂.</summary>
    private static (double Value, double Slope) Legendre(int n, double x)
    {
        double before = 1;
        double value = x;
        for (int k = 2; k <= n; k++)
        {
            (before, value) = (value, ((((2 * k) - 1) * x * value) - ((k - 1) * before)) / k);
        }

        return (value, n * (before - (x * value)) / (1 - (x * x)));
    }
}
