namespace Ensembles.Plots;

/// <summary>
/// Makes the charts of the library: of a model, of what is known of its fit, of its predictions and of their explanation. Whatever a chart
/// shows is computed elsewhere in the library, or given as arrays.
/// </summary>
public static partial class Plot
{
    /// <summary>The length of two lists that belong together.</summary>
    /// <exception cref="ArgumentException">They are empty, or of different lengths.</exception>
    private static int CheckLengths(int first, int second, string name)
    {
        if (first == 0)
        {
            throw new ArgumentException("There is nothing to draw.", name);
        }

        return first == second
            ? first
            : throw new ArgumentException(FormattableString.Invariant($"There are {second} of these and {first} of the others."), name);
    }
}
