namespace Ensembles.Prediction;

/// <summary>Doubles as floats without a comparison coming out otherwise.</summary>
internal static class Rounding
{
    /// <summary>The greatest float that is not above a number: for a float x, x ≤ t holds if and only if x ≤ this.</summary>
    public static float Down(double threshold)
    {
        float nearest = (float)threshold;
        return nearest > threshold ? float.BitDecrement(nearest) : nearest;
    }
}
