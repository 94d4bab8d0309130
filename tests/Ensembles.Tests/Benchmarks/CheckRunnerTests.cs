using Ensembles.Benchmarks.Checking;

namespace Ensembles.Tests.Benchmarks;

/// <summary>The check of the benchmarks, on a clock that moves only when a kernel says so.</summary>
public class CheckRunnerTests
{
    [Fact]
    public void A_kernel_within_its_bound_holds()
    {
        (bool holds, string table) = Run(clock => Check.AtLeast("kernel", "plain / fast", 2, clock.Taking(30), clock.Taking(10)));

        holds.Should().BeTrue();
        table.Should().Contain("| kernel | plain / fast | ≥ 2 | 3 | holds |");
    }

    [Fact]
    public void A_slowed_twin_breaks_the_bound()
    {
        (bool holds, string table) = Run(clock => Check.AtLeast("kernel", "plain / fast", 2, clock.Taking(30), clock.Taking(40)));

        holds.Should().BeFalse();
        table.Should().Contain("| kernel | plain / fast | ≥ 2 | 0.75 | **broken** |");
    }

    [Fact]
    public void A_kernel_that_is_slowed_on_request_breaks_any_bound_of_one_or_more()
    {
        (bool holds, string table) = Run(clock => Check.AtLeast(
            "kernel", "plain / fast", 1, clock.Taking(3000), KernelChecks.Slowed(clock.Taking(10), clock.Taking(3000))));

        holds.Should().BeFalse();
        table.Should().Contain("**broken**");
    }

    [Fact]
    public void Threads_are_timed_by_the_wall_and_the_rest_by_the_processor()
    {
        var wall = new StepClock();
        Check OnTheWall(StepClock processor) => Check.AtLeast(
            "threads",
            "one / two",
            1.5,
            () => Spend(processor, 20, wall, 20),
            () => Spend(processor, 20, wall, 10)) with
        { IsOnTheWall = true };

        Run(OnTheWall, wall).Holds.Should().BeTrue();
        Run(processor => OnTheWall(processor) with { IsOnTheWall = false }, wall).Holds.Should().BeFalse();
    }

    [Fact]
    public void One_slow_moment_is_forgiven()
    {
        int calls = 0;
        (bool holds, string _) = Run(clock => Check.AtLeast(
            "kernel", "plain / fast", 2, clock.Taking(30), () => clock.Advance(calls++ < 9 ? 100 : 10)));

        holds.Should().BeTrue();
    }

    [Fact]
    public void Growth_and_counts_are_bound_from_above()
    {
        Run(clock => Check.AtMost("rows", "ten times / once", 12, clock.Taking(10), clock.Taking(110))).Holds.Should().BeTrue();
        Run(clock => Check.AtMost("rows", "ten times / once", 12, clock.Taking(10), clock.Taking(130))).Holds.Should().BeFalse();
        Run(_ => Check.Counted("memory", "bytes", 0, () => 0)).Holds.Should().BeTrue();
        Run(_ => Check.Counted("memory", "bytes", 0, () => 24)).Table.Should().Contain("| ≤ 0 | 24 | **broken** |");
    }

    [Fact]
    public void What_cannot_run_is_named()
    {
        (bool holds, string table) = Run(_ => Check.Counted("peer", "bytes", 0, () => 1) with { NotHere = "it is not installed" });

        holds.Should().BeTrue();
        table.Should().Contain("| peer | bytes | ≤ 0 | – | not run: it is not installed |");
    }

    [Fact]
    public void A_wrong_argument_is_told_apart_from_a_broken_bound()
    {
        var errors = new StringWriter();

        CheckCommand.Run(["--fast"], TextWriter.Null, errors).Should().Be(2);
        CheckCommand.Run(["--slow", "nothing"], TextWriter.Null, errors).Should().Be(2);

        errors.ToString().Should().Contain("'--fast'").And.Contain("There is no kernel 'nothing'").And.Contain("histogram");
    }

    private static (bool Holds, string Table) Run(Func<StepClock, Check> check, TimeProvider? wall = null)
    {
        var clock = new StepClock();
        var output = new StringWriter();
        return (new CheckRunner(clock, wall ?? clock, output).Run([check(clock)]), output.ToString());
    }

    private static void Spend(StepClock processor, int ofProcessor, StepClock wall, int ofWall)
    {
        processor.Advance(ofProcessor);
        wall.Advance(ofWall);
    }

    private sealed class StepClock : TimeProvider
    {
        private long _ticks;

        public override long TimestampFrequency => 1000;

        public override long GetTimestamp() => _ticks;

        public void Advance(int milliseconds) => _ticks += milliseconds;

        public Action Taking(int milliseconds) => () => Advance(milliseconds);
    }
}
