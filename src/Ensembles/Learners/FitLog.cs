namespace Ensembles.Learners;

/// <summary>
/// What a fit writes down as it goes, unit by unit (a round, a tree, a member), and what it finds of an earlier run that was stopped.
/// </summary>
/// <typeparam name="TUnit">What is kept of a unit: what cannot be computed again from its number and the units before.</typeparam>
internal abstract class FitLog<TUnit> : IDisposable
    where TUnit : class
{
    /// <summary>A log of a fit that leaves no trace.</summary>
    public static FitLog<TUnit> None { get; } = new NoLog();

    /// <summary>How many units were found.</summary>
    public abstract int KnownCount { get; }

    /// <summary>A unit that was found, by its number in this fit; null for others.</summary>
    public abstract TUnit? Known(int number);

    /// <summary>Takes up a unit that is done, which was not known; from any thread.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public abstract void Add(int number, TUnit unit);

    /// <summary>Says that the fit has ended well.</summary>
    public abstract void Finish();

    /// <summary>Ends the log; of a fit that did not end well, what was done is written.</summary>
    public abstract void Dispose();

    private sealed class NoLog : FitLog<TUnit>
    {
        public override int KnownCount => 0;

        public override TUnit? Known(int number) => null;

        public override void Add(int number, TUnit unit)
        {
        }

        public override void Finish()
        {
        }

        public override void Dispose()
        {
        }
    }
}
