using System.Globalization;

namespace Ensembles.Peers.Measuring;

/// <summary>What the command line of a measurement of speed asks for.</summary>
internal sealed record MeasureOptions
{
    public string? DataFolder { get; private init; }

    public string? ResultFolder { get; private init; }

    /// <summary>The interpreter to use instead of the first one found that has the libraries.</summary>
    public string? Python { get; private init; }

    public IReadOnlyList<string>? Sets { get; private init; }

    public IReadOnlyList<string>? Settings { get; private init; }

    public IReadOnlyList<string>? Peers { get; private init; }

    public IReadOnlyList<int>? Rows { get; private init; }

    public IReadOnlyList<int>? Threads { get; private init; }

    public int? Repeats { get; private init; }

    /// <summary>Whether what is in the table already is not measured again.</summary>
    public bool OnlyMissing { get; private init; }

    /// <summary>Whether test errors of many seeds are measured instead of times.</summary>
    public bool Quality { get; private init; }

    /// <summary>Whether the smaller form of a measurement is asked for.</summary>
    public bool Short { get; private init; }

    public static bool TryParse(ReadOnlySpan<string> args, out MeasureOptions options)
    {
        options = new MeasureOptions();
        for (int i = 0; i < args.Length; i++)
        {
            if (args[i] == "--quality")
            {
                options = options with { Quality = true };
                continue;
            }

            if (args[i] == "--short")
            {
                options = options with { Short = true };
                continue;
            }

            if (i + 1 == args.Length || With(options, args[i], args[i + 1]) is not { } next)
            {
                return false;
            }

            options = next;
            i++;
        }

        return true;
    }

    public bool HasSet(string name) => Sets is null || Sets.Contains(name, StringComparer.OrdinalIgnoreCase);

    public bool HasSetting(string name) => Settings is null || Settings.Contains(name, StringComparer.OrdinalIgnoreCase);

    public bool HasPeer(string name) => Peers is null || Peers.Contains(name, StringComparer.OrdinalIgnoreCase);

    public bool HasThreads(int count) => Threads is null || Threads.Contains(count);

    /// <summary>The row counts asked for, or those of the measurement.</summary>
    public IReadOnlyList<int> RowsOr(params int[] usual) => Rows ?? usual;

    /// <summary>The path of a set in the data folder, or null where it is not there.</summary>
    public string? PathOf(string set)
    {
        string? path = DataFolder is null ? null : Path.Combine(DataFolder, set + ".csv.gz");
        return File.Exists(path) ? path : null;
    }

    private static MeasureOptions? With(MeasureOptions options, string name, string value) => name switch
    {
        "--data" => options with { DataFolder = value },
        "--results" => options with { ResultFolder = value },
        "--python" => options with { Python = value },
        "--sets" => options with { Sets = value.Split(',') },
        "--settings" or "--learners" => options with { Settings = value.Split(',') },
        "--peers" => options with { Peers = value.Split(',') },
        "--rows" => Counts(value) is { } rows ? options with { Rows = rows } : null,
        "--threads" => Counts(value) is { } threads ? options with { Threads = threads } : null,
        "--repeats" or "--seeds" => Counts(value) is [int repeats] ? options with { Repeats = repeats } : null,
        "--cells" when value is "all" or "missing" => options with { OnlyMissing = value == "missing" },
        _ => null,
    };

    private static int[]? Counts(string list)
    {
        var counts = new List<int>();
        foreach (string text in list.Split(','))
        {
            if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int count) || count == 0)
            {
                return null;
            }

            counts.Add(count);
        }

        return [.. counts];
    }
}
