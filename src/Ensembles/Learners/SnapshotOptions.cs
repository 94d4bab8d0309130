namespace Ensembles.Learners;

/// <summary>
/// Where and how often a fit writes down how far it is. A fit of the same recipe and data that finds its snapshot goes on from there, and
/// gives, to the last bit, the model of a fit that was never stopped, whatever the number of threads before and after.
/// </summary>
/// <remarks>
/// One snapshot is one file, that grows by what the fit has done since; one fit writes it at a time. A fit that is killed loses what it did
/// since the last write, one that is cancelled or fails loses nothing. The format is described in docs/snapshots.md.
/// </remarks>
/// <example>
/// <code>
/// var options = new FitOptions { Snapshots = new SnapshotOptions("credit.snapshot") { Every = 50 } };
/// NewtonBoostingClassificationModel model = new NewtonBoostingClassifier { Rounds = 5000 }.Fit(train, options);
/// </code>
/// </example>
public sealed record SnapshotOptions
{
    private readonly int? _every;
    private readonly TimeSpan? _interval = TimeSpan.FromSeconds(10);

    /// <summary>Snapshots in a file.</summary>
    /// <param name="path">The file; made where there is none, in a folder that there is.</param>
    /// <exception cref="ArgumentException">The path is empty.</exception>
    public SnapshotOptions(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        Path = path;
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>
    /// Write when so many rounds, trees or members are done since the last time, at least 1; null (default) to write by
    /// <see cref="Interval"/> alone.
    /// </summary>
    public int? Every
    {
        get => _every;
        init => _every = value is int every ? Learner.CheckRange(every, 1) : null;
    }

    /// <summary>
    /// Write at the end of a round, tree or member when so much time has passed since the last time, at least 0 (default 10 seconds); null
    /// to write by <see cref="Every"/> alone. With both, whichever comes first. The clock says when to write, never what.
    /// </summary>
    public TimeSpan? Interval
    {
        get => _interval;
        init => _interval = value is null || value >= TimeSpan.Zero
            ? value
            : throw new ArgumentOutOfRangeException(nameof(Interval), value, "Interval must be at least 0, or null.");
    }

    /// <summary>
    /// Whether the snapshot stays when the fit has ended well (default false): a fit that finds it whole gives the model without training.
    /// Set it where the model must survive until it is saved, and delete the file then.
    /// </summary>
    public bool KeepFinished { get; init; }
}
