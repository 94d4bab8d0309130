using System.Globalization;

namespace Ensembles.Peers.GbmPerf;

/// <summary>What the command line of the recipe of GBM-perf asks for.</summary>
internal sealed record GbmPerfOptions
{
    public string? TrainPath { get; private init; }

    public string? TestPath { get; private init; }

    public string? Target { get; private init; }

    /// <summary>The numbers of training rows to make; empty where files are given.</summary>
    public IReadOnlyList<int> Generate { get; private init; } = [];

    /// <summary>The folder to write what is made as CSV, instead of training on it.</summary>
    public string? WriteFolder { get; private init; }

    public string? ResultFolder { get; private init; }

    /// <summary>Whether ours is also given a column for each category, as XGBoost is.</summary>
    public bool HasOneHot { get; private init; }

    public int Threads { get; private init; } = Environment.ProcessorCount;

    public int Repeats { get; private init; } = 3;

    public bool HasXGBoost { get; private init; } = true;

    /// <summary>Reads the arguments.</summary>
    /// <returns>What is wrong with them; null where nothing is.</returns>
    public static string? TryParse(ReadOnlySpan<string> args, out GbmPerfOptions options)
    {
        options = new GbmPerfOptions();
        for (int i = 0; i < args.Length; i += 2)
        {
            if (i + 1 == args.Length)
            {
                return $"{args[i]} needs a value.";
            }

            if (options.With(args[i], args[i + 1]) is not { } next)
            {
                return $"gbm-perf does not know {args[i]} {args[i + 1]}.";
            }

            options = next;
        }

        return options.Problem();
    }

    private GbmPerfOptions? With(string name, string value) => name switch
    {
        "--train" => this with { TrainPath = value },
        "--test" => this with { TestPath = value },
        "--target" => this with { Target = value },
        "--write" => this with { WriteFolder = value },
        "--results" => this with { ResultFolder = value },
        "--generate" when Counts(value) is { } rows => this with { Generate = rows },
        "--threads" when Counts(value) is [int threads] => this with { Threads = threads },
        "--repeats" when Counts(value) is [int repeats] => this with { Repeats = repeats },
        "--categories" when value is "native" or "both" => this with { HasOneHot = value == "both" },
        "--peers" when value is "XGBoost" or "none" => this with { HasXGBoost = value == "XGBoost" },
        _ => null,
    };

    private string? Problem()
    {
        string[] files = [.. new[] { TrainPath, TestPath, Target }.OfType<string>()];
        if (Generate.Count > 0)
        {
            return files.Length > 0 ? "--generate makes its own rows: leave --train, --test and --target away." : null;
        }

        if (files.Length < 3)
        {
            return "gbm-perf needs --train, --test and --target, or --generate.";
        }

        return Array.Find([TrainPath!, TestPath!], path => !File.Exists(path)) is { } missing ? $"There is no file {missing}." : null;
    }

    private static int[]? Counts(string list)
    {
        int[] counts =
        [
            .. list.Split(',')
                .Select(text => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int count) ? count : 0),
        ];
        return counts.Contains(0) ? null : counts;
    }
}
