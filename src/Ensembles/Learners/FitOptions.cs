using Ensembles.Numerics;
using Ensembles.Persistence.Snapshots;

namespace Ensembles.Learners;

/// <summary>How a recipe is run, apart from what it says: nothing here changes the model.</summary>
public record FitOptions
{
    private readonly int? _threads;

    /// <summary>What is used where no options are given.</summary>
    public static FitOptions Default { get; } = new();

    /// <summary>
    /// The most threads to use, at least 1; null (default) for as many as there are processors. With 1 the whole fit runs on
    /// the caller's thread and starts no other. The model is the same, bit for bit, for every number.
    /// </summary>
    public int? Threads
    {
        get => _threads;
        init
        {
            if (value < 1)
            {
                throw new ArgumentOutOfRangeException(nameof(Threads), value, "Threads must be at least 1, or null for one a processor.");
            }

            _threads = value;
        }
    }

    /// <summary>Told how far the fit is, from any thread, one call at a time; null (default) for nobody.</summary>
    public IProgress<FitProgress>? Progress { get; init; }

    /// <summary>
    /// Where the fit writes down how far it is, so that it survives the end of its process; null (default) for nowhere. Boosters, forests and
    /// bagging write snapshots; whatever else takes these options refuses them.
    /// </summary>
    public SnapshotOptions? Snapshots { get; init; }

    internal int ResolvedThreads => ParallelWork.Resolve(Threads);

    /// <summary>The threads of work that writes no snapshots.</summary>
    /// <exception cref="ArgumentException">Snapshots are asked for.</exception>
    internal int ThreadsWithoutSnapshots
    {
        get
        {
            RefuseSnapshots();
            return ResolvedThreads;
        }
    }

    /// <exception cref="ArgumentException">Snapshots are asked for.</exception>
    internal void RefuseSnapshots()
    {
        if (Snapshots is not null)
        {
            throw new ArgumentException("Boosters, forests and bagging write snapshots; what is given these options does not.");
        }
    }

    /// <summary>Opens the log of a fit, and finds what an earlier run of the same fit has done.</summary>
    /// <exception cref="ArgumentException">The snapshot is of another fit.</exception>
    /// <exception cref="InvalidDataException">The snapshot is damaged.</exception>
    internal FitLog<TUnit> OpenLog<TUnit>(FitIdentity fit)
        where TUnit : class => Snapshots is null ? FitLog<TUnit>.None : SnapshotFile<TUnit>.Open(Snapshots, fit, ResolvedThreads);
}

/// <summary>How far a fit is.</summary>
/// <param name="Completed">The units of work done so far: trees, rounds or members of an ensemble.</param>
/// <param name="Total">All units of work.</param>
public readonly record struct FitProgress(int Completed, int Total)
{
    private readonly IReadOnlyList<EvaluationScore>? _scores;

    /// <summary>The share of the work that is done, from 0 to 1.</summary>
    public double Fraction => Total == 0 ? 1 : (double)Completed / Total;

    /// <summary>
    /// What the metrics of a boosted ensemble are after this round, on each set that is measured, or those of the best trial so far of a
    /// search; empty where nothing is.
    /// </summary>
    public IReadOnlyList<EvaluationScore> Scores
    {
        get => _scores ?? [];
        init => _scores = value is { Count: > 0 } ? value : null;
    }
}
