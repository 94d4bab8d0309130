using System.Globalization;

namespace Ensembles.Peers.ForestQuality;

/// <summary>What one forest reached on one split.</summary>
/// <param name="Set">The set.</param>
/// <param name="Forest">random-forest or extra-trees.</param>
/// <param name="Parameters">same or defaults.</param>
/// <param name="Library">Whose forest.</param>
/// <param name="Seed">The seed of the split.</param>
/// <param name="TestError">Share of misclassified rows, or root mean squared error.</param>
/// <param name="OutOfBagError">The same by the out-of-bag estimate; NaN where there is none.</param>
/// <param name="TestBrier">The Brier score, Σ over the classes of (p − y)², mean over rows; NaN for regression.</param>
internal sealed record QualityRow(
    string Set, string Forest, string Parameters, string Library, int Seed, double TestError, double OutOfBagError, double TestBrier)
{
    public static string[] Columns { get; } = ["set", "forest", "parameters", "library", "seed", "test_error", "oob_error", "test_brier"];

    public static QualityRow Of(ResultTable table, string[] row) => new(
        table.Text(row, "set"),
        table.Text(row, "forest"),
        table.Text(row, "parameters"),
        table.Text(row, "library"),
        table.Integer(row, "seed"),
        table.Number(row, "test_error"),
        table.Number(row, "oob_error"),
        table.Number(row, "test_brier"));

    public string[] Fields() =>
    [
        Set,
        Forest,
        Parameters,
        Library,
        Seed.ToString(CultureInfo.InvariantCulture),
        Number(TestError),
        Number(OutOfBagError),
        Number(TestBrier),
    ];

    private static string Number(double value) => double.IsNaN(value) ? string.Empty : value.ToString("G9", CultureInfo.InvariantCulture);
}
