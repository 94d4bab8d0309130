using System.Reflection;
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
    private const string QuickId = "Quick";

    /// <summary>A process for each benchmark and all sizes, as many iterations as it takes.</summary>
    /// <remarks>What is built for them needs no analysis of its code.</remarks>
    public static IConfig Full() =>
        Base().AddJob(Job.Default.WithArguments([new MsBuildArgument("/p:RunAnalyzers=false")]).AsMutator());

    /// <summary>Three short iterations of one cell of each class, in this process: numbers in two minutes, for a first look.</summary>
    public static IConfig Quick() => Base()
        .AddJob(Job.Default
            .WithToolchain(InProcessNoEmitToolchain.Instance)
            .WithWarmupCount(2)
            .WithIterationCount(3)
            .WithIterationTime(TimeInterval.FromMilliseconds(150))
            .WithId(QuickId))
        .AddFilter(new SimpleFilter(IsQuick));

    private static ManualConfig Base() => ManualConfig.CreateEmpty()
        .AddColumnProvider(DefaultColumnProviders.Instance)
        .AddDiagnoser(MemoryDiagnoser.Default)
        .AddExporter(MarkdownExporter.GitHub)
        .AddLogger(ConsoleLogger.Default);

    // A class that says itself how it is run is run by the quick job all the same, and by that alone.
    private static bool IsQuick(BenchmarkCase benchmark) =>
        benchmark.Job.ResolvedId == QuickId
        && benchmark.Parameters.Items.All(item => Equals(item.Value, QuickValue(benchmark.Descriptor.Type, item.Name)));

    private static object? QuickValue(Type type, string parameter) =>
        type.GetProperty(parameter)?.GetCustomAttribute<QuickAttribute>()?.Value
        ?? throw new InvalidOperationException($"{type.Name}.{parameter} does not say what a quick run takes.");
}
