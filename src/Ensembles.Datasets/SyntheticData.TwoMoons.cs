using Ensembles.Data;
using Ensembles.Numerics;

namespace Ensembles.Datasets;

public static partial class SyntheticData
{
    /// <summary>
    /// Two half circles of radius 1 that reach into each other: "outer" around (0, 0), its arc above, and "inner" around (1, ½), its
    /// arc below; even rows are outer, odd ones inner.
    /// </summary>
    /// <param name="rows">The number of rows, at least 1.</param>
    /// <param name="seed">Other seeds give other rows.</param>
    /// <param name="noise">The standard deviation of the normal noise on each coordinate, not negative.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public static ClassificationDataset TwoMoons(int rows, ulong seed = 0, double noise = 0)
    {
        CheckNoise(noise);
        float[][] x = NewColumns(rows, 2);
        var labels = new int[rows];
        for (int r = 0; r < rows; r++)
        {
            RandomStream random = RowStream(Design.TwoMoons, seed, r);
            double angle = NextFloat(ref random);
            double across = DeterministicTrigonometry.CosPi(angle);
            double up = DeterministicTrigonometry.SinPi(angle);
            labels[r] = r & 1;
            if (labels[r] == 1)
            {
                across = 1 - across;
                up = 0.5 - up;
            }

            x[0][r] = (float)(across + (noise * random.NextGaussian()));
            x[1][r] = (float)(up + (noise * random.NextGaussian()));
        }

        return ClassificationDataset.FromIndices(Table(x), new ClassLabels(["outer", "inner"]), labels);
    }
}
