using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Running;
using Ensembles.Benchmarks;

namespace Ensembles.Tests.Benchmarks;

public class QuickRunTests
{
    public static TheoryData<Type> Classes => [.. BenchmarkClasses];

    private static IEnumerable<Type> BenchmarkClasses => typeof(QuickTable).Assembly.GetTypes()
        .Where(type => !type.IsAbstract && type.GetMethods().Any(method => method.IsDefined(typeof(BenchmarkAttribute), inherit: true)));

    [Theory]
    [MemberData(nameof(Classes))]
    public void A_quick_run_measures_one_cell_of_each_class(Type type)
    {
        BenchmarkCase[] quick = BenchmarkConverter.TypeToBenchmarks(type, BenchmarkConfig.Quick()).BenchmarksCases;
        BenchmarkCase[] full = BenchmarkConverter.TypeToBenchmarks(type, BenchmarkConfig.Full()).BenchmarksCases;

        string[] methods = [.. full.Select(benchmark => benchmark.Descriptor.WorkloadMethod.Name).Distinct(StringComparer.Ordinal)];
        quick.Select(benchmark => benchmark.Descriptor.WorkloadMethod.Name).Should().BeEquivalentTo(methods, "every method is run once");
        quick.Select(benchmark => benchmark.Parameters.DisplayInfo).Distinct(StringComparer.Ordinal).Should().ContainSingle();
        full.Length.Should().BeGreaterThanOrEqualTo(2 * quick.Length, "the full run has other cells too");
    }

    [Fact]
    public void There_are_classes_of_every_kind_of_work() =>
        BenchmarkClasses.Select(type => type.Name).Should().Contain(
        [
            "KernelBenchmarks", "BinningBenchmarks", "SortBenchmarks", "CsvBenchmarks", "PredictionBenchmarks", "FileBenchmarks",
            "ExplanationBenchmarks", "TreeBenchmarks", "ForestBenchmarks", "BaggingBenchmarks", "AdaBoostBenchmarks",
            "GradientBoostingBenchmarks", "NewtonBoostingBenchmarks", "LinearBoostingBenchmarks", "IsolationForestBenchmarks",
            "SnapshotBenchmarks",
        ]);
}
