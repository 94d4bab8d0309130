using System.Globalization;

namespace Ensembles.Peers;

/// <summary>What the command line asks for.</summary>
internal sealed record RunOptions
{
    public string? DataFolder { get; private init; }

    public IReadOnlyList<string>? Sets { get; private init; }

    public int? Seeds { get; private init; }

    public int Threads { get; private init; } = 1;

    /// <summary>Whether the committed results of other libraries stay: they and the splits do not depend on our forests.</summary>
    public bool KeepPeers { get; private init; }

    public static bool TryParse(ReadOnlySpan<string> args, out RunOptions options)
    {
        options = new RunOptions();
        for (int i = 0; i < args.Length; i += 2)
        {
            if (i + 1 == args.Length)
            {
                return false;
            }

            string value = args[i + 1];
            switch (args[i])
            {
                case "--data":
                    options = options with { DataFolder = value };
                    break;
                case "--sets":
                    options = options with { Sets = value.Split(',') };
                    break;
                case "--seeds" when TryCount(value, out int seeds):
                    options = options with { Seeds = seeds };
                    break;
                case "--peers" when value is "run" or "kept":
                    options = options with { KeepPeers = value == "kept" };
                    break;
                case "--threads" when TryCount(value, out int threads):
                    options = options with { Threads = threads };
                    break;
                default:
                    return false;
            }
        }

        return true;
    }

    public bool Includes(string set) => Sets is null || Sets.Contains(set, StringComparer.Ordinal);

    /// <summary>The path of a set in the data folder, or null where it is not there.</summary>
    public string? PathOf(string set)
    {
        string? path = DataFolder is null ? null : Path.Combine(DataFolder, set + ".csv.gz");
        return File.Exists(path) ? path : null;
    }

    private static bool TryCount(string text, out int count) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out count) && count > 0;
}
