namespace Ensembles.Benchmarks.Checking;

/// <summary>
/// The processor time of this process, all its threads together: what a body costs on a machine that others use as well. It has no
/// resolution to speak of below a microsecond.
/// </summary>
internal sealed class ProcessorClock : TimeProvider
{
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Environment.CpuUsage.TotalTime.Ticks;
}
