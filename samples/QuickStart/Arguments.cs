namespace QuickStart;

/// <summary>What the command line asks for.</summary>
internal sealed record Arguments
{
    public const string Usage =
        """
        usage: dotnet run -c Release --project samples/QuickStart [-- --data <file.csv> --target <column>]

          --data <file.csv>   your own data, with a header line; plain or gzip (default: bundled telephone contracts)
          --target <column>   the column of the classes to predict; goes with --data
          --help              this text
        """;

    /// <summary>The file to read; null for the bundled data.</summary>
    public string? DataPath { get; init; }

    public string Target { get; init; } = "churn";

    public bool Help { get; init; }

    public static bool TryParse(string[] args, out Arguments arguments, out string problem)
    {
        arguments = new Arguments();
        string? target = null;
        for (int i = 0; i < args.Length; i++)
        {
            switch (args[i])
            {
                case "--help":
                    arguments = arguments with { Help = true };
                    break;
                case "--data" when i + 1 < args.Length && arguments.DataPath is null:
                    arguments = arguments with { DataPath = args[++i] };
                    break;
                case "--target" when i + 1 < args.Length && target is null:
                    target = args[++i];
                    break;
                case "--data" or "--target":
                    problem = $"{args[i]} is given twice or without a value.";
                    return false;
                default:
                    problem = $"Unknown argument '{args[i]}'.";
                    return false;
            }
        }

        arguments = arguments with { Target = target ?? arguments.Target };
        problem = arguments.DataPath is null == target is null ? string.Empty : "--data and --target go together.";
        return problem.Length == 0;
    }
}
