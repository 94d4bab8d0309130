using Ensembles.Data;
using Ensembles.Numerics;

namespace Ensembles.Datasets;

// The three regression problems of J. H. Friedman: Multivariate adaptive regression splines, The Annals of Statistics 19 (1991).
public static partial class SyntheticData
{
    /// <summary>
    /// Friedman's first problem: y = 10 sin(π x₀x₁) + 20 (x₂ − ½)² + 10 x₃ + 5 x₄ + noise · ε, all x uniform on (0, 1), ε standard
    /// normal; features from x₅ on have no influence.
    /// </summary>
    /// <param name="rows">The number of rows, at least 1.</param>
    /// <param name="seed">Other seeds give other rows.</param>
    /// <param name="noise">The standard deviation of the noise, not negative; Friedman took 1.</param>
    /// <param name="features">The number of features, at least 5; the first five and the target do not depend on it.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public static RegressionDataset Friedman1(int rows, ulong seed = 0, double noise = 0, int features = 10)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(features, 5);
        CheckNoise(noise);
        float[][] x = NewColumns(rows, features);
        var y = new double[rows];
        for (int r = 0; r < rows; r++)
        {
            RandomStream random = RowStream(Design.Friedman1, seed, r);
            for (int c = 0; c < 5; c++)
            {
                x[c][r] = NextFloat(ref random);
            }

            double wave = DeterministicTrigonometry.SinPi((double)x[0][r] * x[1][r]);
            double bowl = x[2][r] - 0.5;
            y[r] = (10 * wave) + (20 * bowl * bowl) + (10.0 * x[3][r]) + (5.0 * x[4][r]) + (noise * random.NextGaussian());
            for (int c = 5; c < features; c++)
            {
                x[c][r] = NextFloat(ref random);
            }
        }

        return RegressionDataset.Create(Table(x), y);
    }

    /// <summary>
    /// Friedman's second problem, the impedance of a circuit: y = √(x₀² + (x₁x₂ − 1/(x₁x₃))²) + noise · ε, with x₀ uniform on
    /// (0, 100), x₁ on (40π, 560π), x₂ on (0, 1), x₃ on (1, 11), ε standard normal.
    /// </summary>
    /// <param name="rows">The number of rows, at least 1.</param>
    /// <param name="seed">Other seeds give other rows.</param>
    /// <param name="noise">The standard deviation of the noise, not negative; Friedman took 125, a third of the signal's.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public static RegressionDataset Friedman2(int rows, ulong seed = 0, double noise = 0) =>
        Circuit(rows, seed, noise, (resistance, reactance) => Math.Sqrt((resistance * resistance) + (reactance * reactance)));

    /// <summary>
    /// Friedman's third problem, the phase shift of the circuit of <see cref="Friedman2"/>:
    /// y = atan((x₁x₂ − 1/(x₁x₃)) / x₀) + noise · ε.
    /// </summary>
    /// <param name="rows">The number of rows, at least 1.</param>
    /// <param name="seed">Other seeds give other rows; the features are those of <see cref="Friedman2"/> with the same seed.</param>
    /// <param name="noise">The standard deviation of the noise, not negative; Friedman took 0.1, a third of the signal's.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public static RegressionDataset Friedman3(int rows, ulong seed = 0, double noise = 0) =>
        Circuit(rows, seed, noise, (resistance, reactance) => DeterministicTrigonometry.Atan(reactance / resistance));

    private static RegressionDataset Circuit(int rows, ulong seed, double noise, Func<double, double, double> response)
    {
        CheckNoise(noise);
        float[][] x = NewColumns(rows, 4);
        var y = new double[rows];
        for (int r = 0; r < rows; r++)
        {
            RandomStream random = RowStream(Design.Friedman2And3, seed, r);
            x[0][r] = 100 * NextFloat(ref random);
            x[1][r] = (float)(Math.PI * (40 + (520.0 * NextFloat(ref random))));
            x[2][r] = NextFloat(ref random);
            x[3][r] = 1 + (10 * NextFloat(ref random));
            double inductive = (double)x[1][r] * x[2][r];
            double capacitive = 1 / ((double)x[1][r] * x[3][r]);
            y[r] = response(x[0][r], inductive - capacitive) + (noise * random.NextGaussian());
        }

        return RegressionDataset.Create(Table(x), y);
    }
}
