using Ensembles.Data;
using Ensembles.Numerics;

namespace Ensembles.AdaBoost;

/// <summary>The distribution D over the rows: their weights, which sum to 1 when a round begins.</summary>
internal sealed class RowDistribution
{
    /// <summary>
    /// No row falls below this, so that none is lost for good after many rounds in which it was easy: 2⁻⁵², as in scikit-learn.
    /// </summary>
    private const double Floor = 1.0 / (1L << 52);

    private readonly double[] _initial;
    private readonly double[] _cumulative;

    /// <param name="data">The training rows, all of weight above 0.</param>
    public RowDistribution(Dataset data)
    {
        Weights = RowWeights.Of(data);
        Normalize();
        _initial = [.. Weights];
        _cumulative = new double[Weights.Length];
    }

    /// <summary>The weight of each row.</summary>
    public double[] Weights { get; }

    /// <summary>Scales the weights to sum to 1, and lifts those above 0 that are too small to the least there is.</summary>
    public void Normalize()
    {
        double total = OrderedSum.Of(Weights);
        foreach (ref double weight in Weights.AsSpan())
        {
            weight = weight > 0 ? Math.Max(weight / total, Floor) : 0;
        }
    }

    /// <summary>Draws as many rows as there are, with replacement, by their weights, and says how often each was drawn.</summary>
    public double[] Draw(ulong key) => Draw(Weights, key);

    /// <summary>Begins anew, with the rows of a bootstrap sample of those of the start.</summary>
    public void Restart(ulong key)
    {
        Draw(_initial, key).CopyTo(Weights, 0);
        Normalize();
    }

    private double[] Draw(double[] weights, ulong key)
    {
        double sum = 0;
        for (int r = 0; r < weights.Length; r++)
        {
            sum += weights[r];
            _cumulative[r] = sum;
        }

        var counts = new double[weights.Length];
        var random = new RandomStream(key);
        for (int i = 0; i < counts.Length; i++)
        {
            counts[FirstAbove(random.NextDouble() * sum)]++;
        }

        return counts;
    }

    /// <summary>The first row whose cumulative weight lies above a number: never one of weight 0.</summary>
    private int FirstAbove(double value)
    {
        int low = 0;
        int high = _cumulative.Length - 1;
        while (low < high)
        {
            int middle = low + ((high - low) / 2);
            if (_cumulative[middle] > value)
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }

        return low;
    }
}
