using System.Globalization;
using Ensembles.Peers.Measuring;

namespace Ensembles.Benchmarks.Checking;

/// <summary>
/// Runs checks and prints a table of what was bound and what was measured. The two sides of a ratio are run in turn and their medians
/// compared, so a slow moment of the machine falls on both; a check that fails is run once more, longer.
/// </summary>
/// <param name="processor">The time that the processor gave to this process.</param>
/// <param name="wall">The time that has passed.</param>
/// <param name="output">Where the table goes.</param>
internal sealed class CheckRunner(TimeProvider processor, TimeProvider wall, TextWriter output)
{
    private const int Runs = 7;
    private const int RunsAgain = 15;
    private const int LeastRuns = 3;
    private const int WarmUps = 3;

    // What takes seconds has less chance in it, and is run less often.
    private static readonly TimeSpan TimeOfWarmUp = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan TimeOfRuns = TimeSpan.FromSeconds(15);

    // A sample shorter than this is repeated until it takes so long.
    private static readonly TimeSpan LeastSample = TimeSpan.FromMilliseconds(5);

    /// <summary>Runs checks one after the other.</summary>
    /// <returns>Whether all hold; those that cannot run here count as neither.</returns>
    public bool Run(IEnumerable<Check> checks)
    {
        bool allHold = true;
        output.WriteLine("| check | figure | bound | measured | |");
        output.WriteLine("|---|---|--:|--:|---|");
        foreach (Check check in checks)
        {
            if (check.NotHere is not null)
            {
                output.WriteLine($"| {check.Name} | {check.Figure} | {Bound(check)} | – | not run: {check.NotHere} |");
                continue;
            }

            double figure = Measure(check, Runs);
            bool holds = check.Holds(figure);
            if (!holds)
            {
                figure = Measure(check, RunsAgain);
                holds = check.Holds(figure);
            }

            allHold &= holds;
            output.WriteLine($"| {check.Name} | {check.Figure} | {Bound(check)} | {Text(figure)} | {(holds ? "holds" : "**broken**")} |");
        }

        return allHold;
    }

    private static string Bound(Check check) => (check.IsLeast ? "≥ " : "≤ ") + Text(check.Bound);

    private static string Text(double figure) => figure.ToString(Math.Abs(figure) < 100 ? "0.##" : "0", CultureInfo.InvariantCulture);

    private double Measure(Check check, int runs)
    {
        if (check.Count is not null)
        {
            return check.Count();
        }

        TimeProvider clock = check.IsOnTheWall ? wall : processor;
        (int referenceTimes, double referenceSeconds) = WarmUp(clock, check.Reference!);
        (int measuredTimes, double measuredSeconds) = WarmUp(clock, check.Measured!);
        runs = Math.Clamp((int)(TimeOfRuns.TotalSeconds / (referenceSeconds + measuredSeconds)), LeastRuns, runs);
        var reference = new List<double>();
        var measured = new List<double>();
        for (int run = 0; run < runs; run++)
        {
            reference.Add(Time(clock, check.Reference!, referenceTimes));
            measured.Add(Time(clock, check.Measured!, measuredTimes));
        }

        double ratio = Statistics.Median(reference) / Statistics.Median(measured);
        return check.IsLeast ? ratio : 1 / ratio;
    }

    /// <summary>Runs a body until the runtime has compiled it for good.</summary>
    /// <returns>How often it must run to be timed, and how long that takes.</returns>
    private static (int Times, double Seconds) WarmUp(TimeProvider clock, Action body)
    {
        double seconds = 0;
        double all = 0;
        for (int i = 0; i < WarmUps && all < TimeOfWarmUp.TotalSeconds; i++)
        {
            seconds = Time(clock, body, 1);
            all += seconds;
        }

        int times = seconds >= LeastSample.TotalSeconds
            ? 1
            : (int)Math.Min(1000, 1 + (LeastSample.TotalSeconds / Math.Max(seconds, 1e-7)));
        return (times, times * Math.Max(seconds, 1e-7));
    }

    private static double Time(TimeProvider clock, Action body, int times)
    {
        long start = clock.GetTimestamp();
        for (int i = 0; i < times; i++)
        {
            body();
        }

        return clock.GetElapsedTime(start).TotalSeconds / times;
    }
}
