using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using Ensembles.Benchmarks;
using Ensembles.Benchmarks.Checking;

if (args is ["check", ..])
{
    return CheckCommand.Run(args.AsSpan(1), Console.Out, Console.Error);
}

// "quick" runs the small sizes of everything in this process; other arguments go to BenchmarkDotNet as they are.
bool quick = args is ["quick", ..];
IConfig config = quick ? BenchmarkConfig.Quick() : BenchmarkConfig.Full();
string[] arguments = quick ? args[1..] : args;
if (quick && !arguments.Contains("--filter", StringComparer.Ordinal))
{
    arguments = [.. arguments, "--filter", "*"];
}

Summary[] summaries = [.. BenchmarkSwitcher.FromAssembly(typeof(BenchmarkConfig).Assembly).Run(arguments, config)];

// Once more, all together at the end, where they are looked for.
foreach (Summary summary in summaries)
{
    ConsoleLogger.Default.WriteLineHeader(summary.Title);
    MarkdownExporter.Console.ExportToLog(summary, ConsoleLogger.Default);
}

return summaries.Any(summary => summary.HasCriticalValidationErrors || summary.Reports.Any(report => !report.Success)) ? 1 : 0;
