using System.Globalization;

namespace Ensembles.Peers.Quality;

/// <summary>What is compared, the less the better.</summary>
/// <param name="Name">What the tables call it.</param>
/// <param name="IsMain">Whether ranks are by it: log loss of classes, root mean squared error of numbers.</param>
internal sealed record Measure(string Name, bool IsMain)
{
    public static readonly Measure LogLoss = new("log loss", IsMain: true);
    public static readonly Measure RootMeanSquaredError = new("RMSE", IsMain: true);
    public static readonly Measure Error = new("error", IsMain: false);

    /// <summary>Values with as many digits as tell values of this size apart, one more for differences.</summary>
    public string Text(double value, double size, int more = 0)
    {
        if (this == Error)
        {
            return (100 * value).ToString("F" + (2 + more).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) + "%";
        }

        int digits = (int)Math.Clamp(3 - Math.Floor(Math.Log10(size)), 0, 6) + more;
        return value.ToString("F" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }
}
