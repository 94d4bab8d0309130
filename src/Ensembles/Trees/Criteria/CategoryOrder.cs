namespace Ensembles.Trees.Criteria;

/// <summary>Orders of categories that make good splits of more than two classes.</summary>
internal static class CategoryOrder
{
    private const int PowerSteps = 64;

    /// <summary>
    /// Keys of the categories: their vectors of class proportions, projected on the first principal component of these
    /// vectors weighted by the categories' size (Coppersmith, Hong and Hosking 1999, Partitioning nominal attributes in
    /// decision trees).
    /// </summary>
    /// <param name="sums">Categories × classes: the weight of each class in each category.</param>
    /// <param name="classCount">The number of classes.</param>
    /// <param name="keys">One place a category.</param>
    public static void ByFirstPrincipalComponent(ReadOnlySpan<double> sums, int classCount, Span<double> keys)
    {
        int categories = keys.Length;
        var size = new double[categories];
        var centre = new double[classCount];
        double total = 0;
        for (int c = 0; c < categories; c++)
        {
            for (int k = 0; k < classCount; k++)
            {
                double weight = sums[(c * classCount) + k];
                size[c] += weight;
                centre[k] += weight;
            }

            total += size[c];
        }

        for (int k = 0; k < classCount; k++)
        {
            centre[k] /= total;
        }

        double[] covariance = Covariance(sums, classCount, size, centre);
        double[] component = LeadingVector(covariance, classCount);
        for (int c = 0; c < categories; c++)
        {
            double key = 0;
            for (int k = 0; k < classCount; k++)
            {
                key += component[k] * sums[(c * classCount) + k];
            }

            keys[c] = key / size[c];
        }
    }

    private static double[] Covariance(ReadOnlySpan<double> sums, int classCount, double[] size, double[] centre)
    {
        var covariance = new double[classCount * classCount];
        var offset = new double[classCount];
        for (int c = 0; c < size.Length; c++)
        {
            for (int k = 0; k < classCount; k++)
            {
                offset[k] = (sums[(c * classCount) + k] / size[c]) - centre[k];
            }

            for (int i = 0; i < classCount; i++)
            {
                double scaled = size[c] * offset[i];
                for (int j = 0; j < classCount; j++)
                {
                    covariance[(i * classCount) + j] += scaled * offset[j];
                }
            }
        }

        return covariance;
    }

    /// <summary>
    /// The power method from the column of the largest variance. A fixed number of steps: where two components are nearly
    /// equal any mixture of them orders the categories equally well.
    /// </summary>
    private static double[] LeadingVector(double[] matrix, int n)
    {
        int start = 0;
        for (int i = 1; i < n; i++)
        {
            if (matrix[(i * n) + i] > matrix[(start * n) + start])
            {
                start = i;
            }
        }

        double[] vector = matrix.AsSpan(start * n, n).ToArray();
        var next = new double[n];
        for (int step = 0; step < PowerSteps; step++)
        {
            double largest = 0;
            for (int i = 0; i < n; i++)
            {
                double sum = 0;
                for (int j = 0; j < n; j++)
                {
                    sum += matrix[(i * n) + j] * vector[j];
                }

                next[i] = sum;
                largest = Math.Max(largest, Math.Abs(sum));
            }

            if (largest == 0)
            {
                break;
            }

            for (int i = 0; i < n; i++)
            {
                vector[i] = next[i] / largest;
            }
        }

        return vector;
    }
}
