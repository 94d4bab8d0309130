using System.Globalization;
using Ensembles.Learners;
using Ensembles.Persistence;
using Ensembles.Tests.Contracts;
using Ensembles.Tests.Docs;

namespace Ensembles.Tests.Persistence;

/// <summary>
/// Files of today stay readable: one of each kind of model lies in Fixtures with what it predicted when it was saved. Files that are there are
/// never written again; those of new kinds are added by <c>dotnet run -c Release --project tests/Ensembles.Tests -- model-fixtures</c>.
/// </summary>
public class FixtureTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "tests", "Ensembles.Tests", "Persistence", "Fixtures");

    /// <summary>Hyper-parameters that are younger than the file of a kind: it has none of them, and what is saved has their default.</summary>
    private static readonly (string Kind, string Line)[] Younger =
    [
        ("newton-boosting-regressor", "\"Loss\": \"SquaredError\","),
        ("newton-boosting-regressor", "\"MinCategoryWeight\": 3,"),
        ("newton-boosting-classifier", "\"MinCategoryWeight\": 3,"),
        ("gradient-boosting-regressor", "\"MinCategoryWeight\": 10,"),
        ("gradient-boosting-classifier", "\"MinCategoryWeight\": 10,"),
    ];

    /// <summary>The same in all kinds with a tree learner in some place, as a line of its own or within the recipe of a member.</summary>
    private static readonly string[] YoungerInTrees = ["\"MinSamplesPerCategory\": 0,", "\"MinSamplesPerCategory\": 10,"];

    public static TheoryData<string> Kinds => [.. ModelFormats.All.Select(format => format.Kind)];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_file_of_version_1_predicts_what_it_did(string kind)
    {
        Fitted loaded = Fitted.Of(Model.Load(PathOf(kind, "json")));

        double[] predictions = loaded.Predict(Rows());

        double[] expected = [.. File.ReadLines(PathOf(kind, "txt")).Select(line => double.Parse(line, CultureInfo.InvariantCulture))];
        predictions.Select(BitConverter.DoubleToInt64Bits).Should().Equal(expected.Select(BitConverter.DoubleToInt64Bits));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Saved_again_it_is_the_same_but_for_what_is_younger(string kind)
    {
        using var stream = new MemoryStream();

        Model.Load(PathOf(kind, "json")).Save(stream);

        stream.Position = 0;
        Lines(new StreamReader(stream).ReadToEnd())
            .Where(line => !Younger.Contains((kind, line.Trim())) && !YoungerInTrees.Contains(line.Trim()))
            .Select(line => YoungerInTrees.Aggregate(line, (rest, younger) => rest.Replace(younger.Replace(" ", string.Empty), string.Empty)))
            .Should().Equal(Lines(File.ReadAllText(PathOf(kind, "json"))));
    }

    /// <summary>Writes the files of kinds that have none.</summary>
    internal static void Write()
    {
        Directory.CreateDirectory(Folder);
        foreach (IModelFormat format in ModelFormats.All.Where(format => !File.Exists(PathOf(format.Kind, "json"))))
        {
            Model model = LearnerCase.All.Select(learner => learner.Fit(ContractData.Mixed(24)).Model).First(format.Is);
            model.Save(PathOf(format.Kind, "json"));
            File.WriteAllLines(
                PathOf(format.Kind, "txt"),
                Fitted.Of(model).Predict(Rows()).Select(value => value.ToString("R", CultureInfo.InvariantCulture)));
            Console.WriteLine(format.Kind);
        }
    }

    /// <summary>Age, size, the code of a colour, and a number that was constant.</summary>
    private static double[] Rows() =>
    [
        1, 1, 0, 5,
        6, 1.5, 1, 5,
        5, 2, 2, 5,
        5.25, 2.125, 3, 4,
        9.75, 3.5, double.NaN, 5,
        double.NaN, 0.5, 1, 5,
        2.5, double.NaN, 0, double.NaN,
        double.NegativeInfinity, 3, 99, 5,
    ];

    private static string PathOf(string kind, string extension) => Path.Combine(Folder, $"{kind}.{extension}");

    private static IEnumerable<string> Lines(string text) =>
        text.Split('\n').Where(line => !line.Contains("\"library\":", StringComparison.Ordinal));
}
