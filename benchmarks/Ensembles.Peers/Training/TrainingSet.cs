using Ensembles.Data;
using Ensembles.Datasets;
using Ensembles.Peers.Measuring;

namespace Ensembles.Peers.Training;

/// <summary>A set to train on: its name, its size, how many rounds, and its rows by seed.</summary>
/// <param name="Settings">The settings to train with; null for all.</param>
internal sealed record TrainingSet(string Name, int Rows, int Rounds, Func<ulong, Problem> Make, string[]? Settings = null)
{
    public const string Generated = "generated";
    public const string FewValues = "few-values";
    public const string Digits = "digits";
    public const string Pixels = "mnist-10k";

    /// <summary>All names, in the order of the tables.</summary>
    public static readonly string[] Names = [Generated, FewValues, Digits, Pixels];

    private const int Columns = 28;
    private const int TestRows = 200_000;

    // What shows in sets of other kinds shows with one setting of each policy.
    private static readonly string[] Two = ["depth-6", "leaves-31"];

    /// <summary>The sets that the command line asks for, the generated ones first.</summary>
    /// <param name="options">The command line.</param>
    /// <param name="missing">Told the name of a set that is not there.</param>
    public static IEnumerable<TrainingSet> Of(MeasureOptions options, Action<string> missing)
    {
        foreach (int rows in options.RowsOr(100_000, 1_000_000))
        {
            yield return new(Generated, rows, 100, seed => GeneratedRows.TwoClasses(rows, TestRows, Columns, seed));
        }

        foreach (int rows in options.RowsOr(100_000))
        {
            yield return new(FewValues, rows, 100, seed => GeneratedRows.FewValues(rows, TestRows, Columns, seed), Two);
        }

        yield return new(Digits, 1437, 100, seed => Split(SampleData.Digits(), seed), Two);
        if (options.PathOf(Pixels) is string path)
        {
            // A thousand trees of 784 columns would take minutes a fit.
            ClassificationDataset pixels = ClassificationDataset.FromCsv(path, "label");
            yield return new(Pixels, 8000, 20, seed => Split(pixels, seed), Two);
        }
        else
        {
            missing(Pixels);
        }
    }

    private static Problem Split(ClassificationDataset data, ulong seed)
    {
        (ClassificationDataset train, ClassificationDataset test) = data.SplitStratified(0.8, seed);
        return new Problem(Measuring.Rows.Of(train), Measuring.Rows.Of(test));
    }
}
