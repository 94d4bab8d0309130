using System.Diagnostics;
using Ensembles.Learners;
using Ensembles.Tests.Contracts;

namespace Ensembles.Tests.NewtonBoosting;

public class NewtonDeterminismTests
{
    private static readonly Lazy<ContractData> Many = new(() => NewtonFits.Draw(NewtonFits.ManyRows));

    public static TheoryData<int> Recipes => [.. Enumerable.Range(0, NewtonFits.Recipes.Count)];

    [Theory]
    [MemberData(nameof(Recipes))]
    public void The_model_is_the_same_at_any_number_of_threads(int recipe)
    {
        Fitted single = LearnerCase.Fit(NewtonFits.Recipes[recipe], Many.Value, new FitOptions { Threads = 1 });
        long[] trees = single.TreeBits();
        double[] predictions = single.PredictGrid();

        foreach (int threads in new[] { 2, 3, 8 })
        {
            Fitted other = LearnerCase.Fit(NewtonFits.Recipes[recipe], Many.Value, new FitOptions { Threads = threads });

            other.TreeBits().AsSpan().SequenceEqual(trees).Should().BeTrue($"{threads} threads");
            other.PredictGrid().Should().Equal(predictions);
        }
    }

    [Theory]
    [InlineData("DOTNET_EnableAVX512")]
    [InlineData("DOTNET_EnableAVX2")]
    [InlineData("DOTNET_EnableHWIntrinsic")]
    public async Task The_model_is_the_same_without_instructions_of_this_machine(string switchedOff)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            ArgumentList = { "exec", typeof(NewtonDeterminismTests).Assembly.Location, "fingerprint" },
            Environment = { [switchedOff] = "0" },
        };

        using Process process = Process.Start(start)!;
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();

        process.ExitCode.Should().Be(0);
        output.Trim().Should().Be(NewtonFits.Fingerprint());
    }
}
