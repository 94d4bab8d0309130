using System.CommandLine;

namespace Ensembles.Cli.Inputs;

/// <summary>Options that many commands have.</summary>
internal static class RunOptions
{
    /// <summary>The number of threads.</summary>
    public static Option<int?> Threads() => new("--threads")
    {
        Description = "The most threads; by default one a processor. The result is the same for any number.",
        HelpName = "count",
    };

    /// <summary>The column of the target.</summary>
    public static Option<string> Target() => new("--target", "-t")
    {
        Description = "The column that is to be predicted.",
        HelpName = "column",
    };

    /// <summary>A file that is written.</summary>
    public static Option<string> Out(string description, string name) => new("--out", "-o") { Description = description, HelpName = name };

    /// <summary>A model file that is read.</summary>
    public static Option<string> Model() => new("--model", "-m")
    {
        Description = "The model file.",
        HelpName = "model.json",
        Required = true,
    };

    /// <summary>Whether results are written as JSON.</summary>
    public static Option<bool> Json() => new("--json") { Description = "Write one JSON object." };

    /// <summary>The number of threads, checked.</summary>
    public static int? CheckThreads(int? threads) =>
        threads is null or >= 1 ? threads : throw new UsageException("--threads must be at least 1.");
}
