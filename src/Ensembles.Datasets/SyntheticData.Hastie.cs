using Ensembles.Data;
using Ensembles.Numerics;

namespace Ensembles.Datasets;

public static partial class SyntheticData
{
    /// <summary>The median of the chi-squared distribution of ten degrees of freedom, to the digits of the book.</summary>
    private const double ChiSquaredMedian = 9.34;

    /// <summary>
    /// Equation 10.2 of T. Hastie, R. Tibshirani, J. Friedman: The Elements of Statistical Learning (2nd edition, 2009): ten standard
    /// normal features; class "1" where the sum of their squares is above 9.34, else "-1", half of the rows each.
    /// </summary>
    /// <param name="rows">The number of rows, at least 1; the book takes 2,000 for training and 10,000 for testing.</param>
    /// <param name="seed">Other seeds give other rows.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number of rows is below 1.</exception>
    public static ClassificationDataset Hastie(int rows, ulong seed = 0)
    {
        float[][] x = NewColumns(rows, 10);
        var labels = new int[rows];
        for (int r = 0; r < rows; r++)
        {
            RandomStream random = RowStream(Design.Hastie, seed, r);
            double sum = 0;
            foreach (float[] column in x)
            {
                double value = column[r] = (float)random.NextGaussian();
                sum += value * value;
            }

            labels[r] = sum > ChiSquaredMedian ? 1 : 0;
        }

        return ClassificationDataset.FromIndices(Table(x), new ClassLabels(["-1", "1"]), labels);
    }
}
