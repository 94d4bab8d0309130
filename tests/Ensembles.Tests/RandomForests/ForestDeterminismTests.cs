using System.Diagnostics;
using Ensembles.Learners;
using Ensembles.Tests.Contracts;

namespace Ensembles.Tests.RandomForests;

public class ForestDeterminismTests
{
    public static TheoryData<string> Names => [.. ForestFits.All.Select(forest => forest.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_forest_is_the_same_at_any_number_of_threads(string name)
    {
        Func<FitOptions, Model> fit = ForestFits.All.Single(forest => string.Equals(forest.Name, name, StringComparison.Ordinal)).Fit;
        long[] single = Fitted.Of(fit(new FitOptions { Threads = 1 })).TreeBits();

        foreach (int threads in new[] { 2, 3, 8 })
        {
            Fitted.Of(fit(new FitOptions { Threads = threads })).TreeBits().AsSpan().SequenceEqual(single)
                .Should().BeTrue($"{threads} threads");
        }
    }

    [Theory]
    [InlineData("DOTNET_EnableAVX512")]
    [InlineData("DOTNET_EnableAVX2")]
    [InlineData("DOTNET_EnableHWIntrinsic")]
    public async Task The_forests_are_the_same_without_instructions_of_this_machine(string switchedOff)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            ArgumentList = { "exec", typeof(ForestDeterminismTests).Assembly.Location, "forest-fingerprint" },
            Environment = { [switchedOff] = "0" },
        };

        using Process process = Process.Start(start)!;
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();

        process.ExitCode.Should().Be(0);
        output.Trim().Should().Be(ForestFits.Fingerprint());
    }
}
