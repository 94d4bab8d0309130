namespace Ensembles.Data;

/// <summary>The weights of a dataset as one number a row.</summary>
internal static class RowWeights
{
    /// <summary>A new array of the weights, all 1 where the dataset has none.</summary>
    public static double[] Of(Dataset data)
    {
        if (data.IsWeighted)
        {
            return data.Weights.ToArray();
        }

        var weights = new double[data.RowCount];
        Array.Fill(weights, 1);
        return weights;
    }
}
