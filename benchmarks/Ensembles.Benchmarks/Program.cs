using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using Ensembles.Benchmarks;
using Ensembles.Benchmarks.Checking;

const int WrongUsage = 2;

const string Usage = """
    quick [--filter PATTERN ...]   one cell of each class, in this process: two minutes
    check [--short] [--slow NAME]  ratios that hold on any machine against bounds; ends with 1 where one is broken
    --filter PATTERN ...           these benchmarks in full, a process for each; '*' for all: many hours
    --list flat                    the names of the benchmarks
    Other arguments go to BenchmarkDotNet as they are: https://benchmarkdotnet.org/articles/guides/console-args.html
    """;

if (args is ["check", ..])
{
    return CheckCommand.Run(args.AsSpan(1), Console.Out, Console.Error);
}

if (args is ["help" or "--help" or "-h" or "-?"])
{
    Console.WriteLine(Usage);
    return 0;
}

// "quick" runs one cell of everything in this process; other arguments go to BenchmarkDotNet as they are.
bool quick = args is ["quick", ..];
IConfig config = quick ? BenchmarkConfig.Quick() : BenchmarkConfig.Full();
string[] arguments = quick ? args[1..] : args;
if (arguments is [] && !quick || arguments is [var first, ..] && !first.StartsWith('-'))
{
    Console.Error.WriteLine(arguments is [] ? "What shall be run?" : $"There is no command '{arguments[0]}'.");
    Console.Error.WriteLine(Usage);
    return WrongUsage;
}

if (quick && !arguments.Contains("--filter", StringComparer.Ordinal))
{
    arguments = [.. arguments, "--filter", "*"];
}

Summary[] summaries = [.. BenchmarkSwitcher.FromAssembly(typeof(BenchmarkConfig).Assembly).Run(arguments, config)];
if (summaries.Length == 0 && !arguments.Any(argument => argument is "--list" or "--version" or "--info"))
{
    Console.Error.WriteLine(Usage);
    return WrongUsage;
}

// Once more, all together at the end, where they are looked for.
if (quick)
{
    ConsoleLogger.Default.WriteLine();
    foreach (string line in QuickTable.Lines(summaries))
    {
        ConsoleLogger.Default.WriteLine(line);
    }
}
else
{
    foreach (Summary summary in summaries)
    {
        ConsoleLogger.Default.WriteLineHeader(summary.Title);
        MarkdownExporter.Console.ExportToLog(summary, ConsoleLogger.Default);
    }
}

return summaries.Any(summary => summary.HasCriticalValidationErrors || summary.Reports.Any(report => !report.Success)) ? 1 : 0;
