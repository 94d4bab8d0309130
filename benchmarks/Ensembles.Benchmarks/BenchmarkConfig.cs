using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Exporters;
using BenchmarkDotNet.Filters;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.NoEmit;
using Perfolizer.Horology;

namespace Ensembles.Benchmarks;

/// <summary>How the benchmarks are run: fully, or for a first look.</summary>
internal static class BenchmarkConfig
{
    // What a quick run leaves out; a benchmark without sizes is always run.
    private const int QuickRows = 10_000;

    /// <summary>A process for each benchmark and all sizes, as many iterations as it takes.</summary>
    public static IConfig Full() => Base();

    /// <summary>Three short iterations of the small sizes, in this process: numbers in two minutes, for a first look.</summary>
    public static IConfig Quick() => Base()
        .AddJob(Job.Default
            .WithToolchain(InProcessNoEmitToolchain.Instance)
            .WithWarmupCount(3)
            .WithIterationCount(3)
            .WithIterationTime(TimeInterval.FromMilliseconds(200))
            .WithId("Quick"))
        .AddFilter(new SimpleFilter(IsSmall));

    private static ManualConfig Base() => ManualConfig.CreateEmpty()
        .AddColumnProvider(DefaultColumnProviders.Instance)
        .AddDiagnoser(MemoryDiagnoser.Default)
        .AddExporter(MarkdownExporter.GitHub)
        .AddLogger(ConsoleLogger.Default);

    private static bool IsSmall(BenchmarkCase benchmark) =>
        !benchmark.Parameters.Items.Any(item => item is { Name: "Rows", Value: > QuickRows });
}
