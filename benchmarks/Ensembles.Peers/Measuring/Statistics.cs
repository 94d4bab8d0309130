namespace Ensembles.Peers.Measuring;

/// <summary>Small statistics of measurements.</summary>
internal static class Statistics
{
    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        int middle = sorted.Length / 2;
        return sorted.Length == 0 ? double.NaN : sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /// <summary>The exponent p of y ≈ a · xᵖ: the slope of the line of least squares through the logarithms.</summary>
    public static double Exponent(IReadOnlyList<(double X, double Y)> points)
    {
        double meanX = points.Average(point => Math.Log(point.X));
        double meanY = points.Average(point => Math.Log(point.Y));
        double products = points.Sum(point => (Math.Log(point.X) - meanX) * (Math.Log(point.Y) - meanY));
        return products / points.Sum(point => Math.Pow(Math.Log(point.X) - meanX, 2));
    }

    /// <summary>
    /// The coefficients of y ≈ c₀x₀ + c₁x₁ + …, by least squares of the relative errors; null where the points do not tell them apart.
    /// </summary>
    public static double[]? FitRelative(IReadOnlyList<(double[] X, double Y)> points)
    {
        int n = points[0].X.Length;
        var system = new double[n, n + 1];
        foreach ((double[] x, double y) in points)
        {
            for (int i = 0; i < n; i++)
            {
                for (int j = 0; j < n; j++)
                {
                    system[i, j] += x[i] * x[j] / (y * y);
                }

                system[i, n] += x[i] / y;
            }
        }

        return Solve(system, n);
    }

    /// <summary>Gauss and Jordan's elimination; the pivots of normal equations lie on the diagonal.</summary>
    private static double[]? Solve(double[,] system, int n)
    {
        const double Least = 1e-9;
        for (int i = 0; i < n; i++)
        {
            double whole = system[i, i];
            for (int k = 0; k < i; k++)
            {
                whole = Math.Max(whole, system[k, i] * system[k, i] / system[k, k]);
            }

            if (!(system[i, i] > Least * whole))
            {
                return null;
            }

            for (int row = 0; row < n; row++)
            {
                double factor = row == i ? 0 : system[row, i] / system[i, i];
                for (int j = n; j >= i; j--)
                {
                    system[row, j] -= factor * system[i, j];
                }
            }
        }

        return [.. Enumerable.Range(0, n).Select(i => system[i, n] / system[i, i])];
    }
}
