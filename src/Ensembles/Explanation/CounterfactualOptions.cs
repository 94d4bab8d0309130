namespace Ensembles.Explanation;

/// <summary>How a counterfactual is looked for.</summary>
public sealed record CounterfactualOptions
{
    private readonly int _maxChanges = 3;
    private readonly int _maxTries = 100_000;

    /// <summary>What is used where no options are given.</summary>
    public static CounterfactualOptions Default { get; } = new();

    /// <summary>The class to reach; null (default) for any other than the predicted one.</summary>
    public string? TargetClass { get; init; }

    /// <summary>The names of features that stay as they are; none by default.</summary>
    public IReadOnlyList<string> Immutable { get; init; } = [];

    /// <summary>The most features to change, at least 1 (default 3).</summary>
    public int MaxChanges
    {
        get => _maxChanges;
        init => _maxChanges = value >= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(MaxChanges), value, "MaxChanges must be at least 1.");
    }

    /// <summary>The most rows to try, at least 1 (default 100,000).</summary>
    public int MaxTries
    {
        get => _maxTries;
        init => _maxTries = value >= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(MaxTries), value, "MaxTries must be at least 1.");
    }
}
