using Ensembles.Data;
using Ensembles.Numerics;

namespace Ensembles.Datasets;

public static partial class SyntheticData
{
    /// <summary>
    /// A linear target of few of many uncorrelated features: y = x₀ + 2x₁ − 2x₂ − 1.5x₃ + noise · ε, all x and ε standard normal;
    /// features from x₄ on have no influence.
    /// </summary>
    /// <remarks>G. Celeux, M. El Anbari, J.-M. Marin, C. P. Robert: Regularization in regression (2009), first experiment.</remarks>
    /// <param name="rows">The number of rows, at least 1.</param>
    /// <param name="seed">Other seeds give other rows.</param>
    /// <param name="noise">The standard deviation of the noise, not negative.</param>
    /// <param name="features">The number of features, at least 4; the first four and the target do not depend on it.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public static RegressionDataset SparseRegression(int rows, ulong seed = 0, double noise = 1, int features = 10)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(features, 4);
        CheckNoise(noise);
        float[][] x = NewColumns(rows, features);
        var y = new double[rows];
        for (int r = 0; r < rows; r++)
        {
            RandomStream random = RowStream(Design.SparseRegression, seed, r);
            for (int c = 0; c < 4; c++)
            {
                x[c][r] = (float)random.NextGaussian();
            }

            y[r] = x[0][r] + (2.0 * x[1][r]) - (2.0 * x[2][r]) - (1.5 * x[3][r]) + (noise * random.NextGaussian());
            for (int c = 4; c < features; c++)
            {
                x[c][r] = (float)random.NextGaussian();
            }
        }

        return RegressionDataset.Create(Table(x), y);
    }
}
