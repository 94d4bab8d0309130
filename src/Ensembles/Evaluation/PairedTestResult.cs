using System.Globalization;
using Ensembles.Metrics;

namespace Ensembles.Evaluation;

/// <summary>What a test says of the difference of two models.</summary>
/// <param name="Test">The name of the test.</param>
/// <param name="Difference">The mean of what the first model has over the second.</param>
/// <param name="Statistic">The figure that is compared with its distribution.</param>
/// <param name="PValue">
/// The probability of a difference at least as large, on either side, if the models were equally good.
/// </param>
public sealed record PairedTestResult(string Test, double Difference, double Statistic, double PValue)
{
    /// <summary>The degrees of freedom of the distribution; NaN where it has none.</summary>
    public double DegreesOfFreedom { get; init; } = double.NaN;

    /// <summary>The lower end of the confidence interval of the difference; NaN where the test gives none.</summary>
    public double Lower { get; init; } = double.NaN;

    /// <summary>The upper end of the confidence interval of the difference; NaN where the test gives none.</summary>
    public double Upper { get; init; } = double.NaN;

    /// <summary>The difference, its interval and the p value.</summary>
    public override string ToString()
    {
        string interval = double.IsNaN(Lower) ? string.Empty : $" ({TextTable.Short(Lower)} to {TextTable.Short(Upper)})";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Test}: difference {TextTable.Short(Difference)}{interval}, statistic {TextTable.Short(Statistic)}, p = {TextTable.Short(PValue, 3)}");
    }

    /// <summary>The same as a fragment of HTML, which notebooks show.</summary>
    public string ToHtml()
    {
        bool interval = !double.IsNaN(Lower);
        var table = new TextTable(["test", "difference", .. interval ? ["from", "to"] : Array.Empty<string>(), "statistic", "p"]);
        table.Add(
        [
            Test,
            TextTable.Short(Difference),
            .. interval ? [TextTable.Short(Lower), TextTable.Short(Upper)] : Array.Empty<string>(),
            TextTable.Short(Statistic),
            TextTable.Short(PValue, 3),
        ]);
        return table.ToHtml("paired test");
    }
}
