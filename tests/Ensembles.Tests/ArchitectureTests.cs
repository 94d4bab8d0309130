using System.Text.RegularExpressions;

namespace Ensembles.Tests;

/// <summary>
/// Reads the source of the package: what a folder may use is written down here, and nothing else. So dependencies keep one
/// direction, and no ensemble knows another.
/// </summary>
public partial class ArchitectureTests
{
    // For the analyzer: no pattern here runs long.
    private const int Timeout = 60_000;

    private static readonly string[] BelowEnsembles = ["Numerics", "Metrics", "Data", "Learners", "Trees", "Prediction", "Explanation"];

    private static readonly string[] Ensembles =
    [
        "Bagging", "RandomForests", "IsolationForests", "AdaBoost", "MetaEnsembles", "GradientBoosting", "NewtonBoosting", "LinearBoosting",
        "Boosting", "Calibration",
    ];

    private static readonly Dictionary<string, string[]> MayUse = new(StringComparer.Ordinal)
    {
        ["Numerics"] = [],
        ["Metrics"] = ["Numerics", "Html"],
        ["Data"] = ["Numerics", "Html"],
        ["Html"] = [],

        // A model saves and shows itself, and its base loads a model of any kind: the ways up.
        ["Learners"] = ["Numerics", "Metrics", "Data", "Persistence", "Display"],

        // The two know each other: a model of one tree is predicted as an ensemble is.
        ["Trees"] = ["Numerics", "Metrics", "Data", "Learners", "Prediction"],
        ["Prediction"] = ["Numerics", "Data", "Learners", "Trees"],
        ["Explanation"] = ["Numerics", "Metrics", "Data", "Learners", "Trees", "Prediction"],
        ["Evaluation"] = ["Numerics", "Metrics", "Data", "Learners"],
        ["Calibration"] = ["Numerics", "Metrics", "Data", "Learners"],
        ["AdaBoost"] = BelowEnsembles,
        ["MetaEnsembles"] = BelowEnsembles,
        ["Bagging"] = BelowEnsembles,
        ["RandomForests"] = BelowEnsembles,
        ["IsolationForests"] = [.. BelowEnsembles, "Persistence"],
        ["Losses"] = ["Numerics"],
        ["Boosting"] = [.. BelowEnsembles, "Losses"],
        ["LinearBoosting"] = [.. BelowEnsembles, "Losses", "Boosting"],
        ["GradientBoosting"] = [.. BelowEnsembles, "Losses", "Boosting"],
        ["NewtonBoosting"] = [.. BelowEnsembles, "Losses", "Boosting"],

        // Above all models: it writes them as code.
        ["CodeGeneration"] = [.. BelowEnsembles, "Losses", .. Ensembles],
        ["Display"] = [.. BelowEnsembles, .. Ensembles, "Catalog", "Persistence", "Html"],
        ["Json"] = [],
        ["Catalog"] = [.. BelowEnsembles, .. Ensembles, "Json"],
        ["Persistence"] = [.. BelowEnsembles, .. Ensembles, "Losses", "Json", "Catalog"],
    };

    public static TheoryData<string> Folders => [.. MayUse.Keys];

    [Theory]
    [MemberData(nameof(Folders))]
    public void A_folder_uses_only_what_lies_below_it(string folder)
    {
        string[] allowed = [folder, .. MayUse[folder]];
        foreach (string file in SourceFiles(Path.Combine(Package, folder)))
        {
            foreach (string used in FoldersUsed(File.ReadAllText(file)))
            {
                allowed.Should().Contain(used, "{0} is read by {1}", used, Path.GetRelativePath(Package, file));
            }
        }
    }

    [Fact]
    public void Every_folder_has_its_place()
    {
        Directory.GetDirectories(Package).Select(Path.GetFileName).Except(["bin", "obj"], StringComparer.Ordinal)
            .Should().BeSubsetOf(MayUse.Keys, "a new folder says here what it may use");
        SourceFiles(Package, SearchOption.TopDirectoryOnly).Should().BeEmpty();
    }

    [Fact]
    public void Namespaces_follow_folders()
    {
        foreach (string file in SourceFiles(Package))
        {
            string folder = Path.GetRelativePath(Package, Path.GetDirectoryName(file)!);
            string expected = $"namespace Ensembles.{folder.Replace(Path.DirectorySeparatorChar, '.')};";
            File.ReadLines(file).Should().Contain(expected, "this is where {0} lies", file);
        }
    }

    /// <summary>So that <c>Threads = 1</c> starts no thread, and no random number, clock or library function differs by machine.</summary>
    [Fact]
    public void Threads_are_started_in_two_places_and_nothing_depends_on_the_machine()
    {
        foreach (string file in SourceFiles(Package))
        {
            string code = Comments().Replace(File.ReadAllText(file), string.Empty);
            string name = Path.GetFileName(file);
            MachineDependent().Matches(code).Select(match => match.Value).Should().BeEmpty("this is in {0}", name);
            if (name is not "SnapshotFile.cs")
            {
                Clock().Matches(code).Select(match => match.Value).Should().BeEmpty("the time decides nothing but when a snapshot is written");
            }

            if (name is not ("ParallelWork.cs" or "WorkerTeam.cs"))
            {
                ThreadStarts().Matches(code).Select(match => match.Value).Should().BeEmpty("this is in {0}", name);
            }
        }
    }

    private static string Package { get; } = Path.Combine(Root(), "src", "Ensembles");

    private static string Root()
    {
        DirectoryInfo? directory = new(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "Ensembles.sln")))
        {
            directory = directory.Parent;
        }

        return directory?.FullName ?? throw new DirectoryNotFoundException("The tests do not run inside the repository.");
    }

    private static IEnumerable<string> SourceFiles(string folder, SearchOption option = SearchOption.AllDirectories) =>
        Directory.EnumerateFiles(folder, "*.cs", option).Where(file => !Built().IsMatch(Path.GetRelativePath(Package, file)));

    /// <summary>The folders of the package that a file names: in using directives, in qualified names, and by the start of one.</summary>
    private static IEnumerable<string> FoldersUsed(string text)
    {
        string code = Comments().Replace(text, string.Empty);
        return Qualified().Matches(code).Select(match => match.Groups["folder"].Value)
            .Concat(Partial().Matches(code).Select(match => match.Groups["folder"].Value).Where(MayUse.ContainsKey))
            .Distinct(StringComparer.Ordinal);
    }

    [GeneratedRegex(@"^(bin|obj)[\\/]", RegexOptions.ExplicitCapture, Timeout)]
    private static partial Regex Built();

    [GeneratedRegex(@"//[^\n]*", RegexOptions.ExplicitCapture, Timeout)]
    private static partial Regex Comments();

    [GeneratedRegex(@"(?<!MathNet\.)\bEnsembles\.(?<folder>[A-Z]\w*)", RegexOptions.ExplicitCapture, Timeout)]
    private static partial Regex Qualified();

    [GeneratedRegex(@"(?<![\w.])(?<folder>[A-Z]\w*)\.[A-Z]\w*\.[A-Z]", RegexOptions.ExplicitCapture, Timeout)]
    private static partial Regex Partial();

    [GeneratedRegex(
        @"\bTask\.Run\b|\bParallel\.|\bnew Thread\b|\bThreadPool\b|\.AsParallel\(|\bTask\.Factory\b",
        RegexOptions.ExplicitCapture, Timeout)]
    private static partial Regex ThreadStarts();

    [GeneratedRegex(@"\bTickCount|\bTimeProvider\b", RegexOptions.ExplicitCapture, Timeout)]
    private static partial Regex Clock();

    [GeneratedRegex(
        @"\bnew Random\b|\bRandom\.Shared\b|\bDateTime\b|\bStopwatch\b|\bMath\.(Exp|Log|Log2|Log10|Pow|Sin|Cos|Tan|Atan|Cbrt)\(",
        RegexOptions.ExplicitCapture, Timeout)]
    private static partial Regex MachineDependent();
}
