namespace Ensembles.Benchmarks.Checking;

/// <summary>
/// A bound on a figure that is about the same on every machine: how many times faster one way is than another, or a count. Every check says
/// what it compares, so that its line in the table can be read alone.
/// </summary>
/// <param name="Name">Its name in the table.</param>
/// <param name="Figure">What the figure is: of times the second divided by the first.</param>
/// <param name="Bound">The bound.</param>
/// <param name="IsLeast">Whether the figure must be at least the bound; else at most.</param>
internal sealed record Check(string Name, string Figure, double Bound, bool IsLeast)
{
    /// <summary>What is timed; null where the figure is counted.</summary>
    public Action? Measured { get; init; }

    /// <summary>What it is compared with.</summary>
    public Action? Reference { get; init; }

    /// <summary>Counts what is no time: allocated bytes.</summary>
    public Func<double>? Count { get; init; }

    /// <summary>
    /// Whether the time on the wall counts, as for what several threads share; otherwise that of the processor, which does not grow where
    /// somebody else's work takes the machine away.
    /// </summary>
    public bool IsOnTheWall { get; init; }

    /// <summary>Why the check cannot run here; null where it can.</summary>
    public string? NotHere { get; init; }

    /// <summary>Where a check of times passes the reference must take this many times as long, or more.</summary>
    public static Check AtLeast(string name, string figure, double bound, Action reference, Action measured) =>
        new(name, figure, bound, IsLeast: true) { Reference = reference, Measured = measured };

    /// <summary>Where a check of times passes the measured way must take this many times as long, or less.</summary>
    public static Check AtMost(string name, string figure, double bound, Action reference, Action measured) =>
        new(name, figure, bound, IsLeast: false) { Reference = reference, Measured = measured };

    /// <summary>A figure that is counted.</summary>
    public static Check Counted(string name, string figure, double bound, Func<double> count) =>
        new(name, figure, bound, IsLeast: false) { Count = count };

    public bool Holds(double figure) => IsLeast ? figure >= Bound : figure <= Bound;
}
