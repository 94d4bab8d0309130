using Ensembles.Learners;

namespace Ensembles.Explanation;

/// <summary>How partial dependence is computed, and where.</summary>
public sealed record PartialDependenceOptions
{
    private readonly int _gridResolution = 100;
    private readonly double _lowerQuantile = 0.05;
    private readonly double _upperQuantile = 0.95;

    /// <summary>What is used where no options are given.</summary>
    public static PartialDependenceOptions Default { get; } = new();

    /// <summary>The way to compute it; <see cref="PartialDependenceMethod.BruteForce"/> by default.</summary>
    public PartialDependenceMethod Method { get; init; }

    /// <summary>
    /// The points of a numeric feature, at least 2 (default 100), evenly from quantile to quantile; a feature of fewer distinct values has
    /// these for points, and a categorical one the categories of the table.
    /// </summary>
    public int GridResolution
    {
        get => _gridResolution;
        init => _gridResolution = value >= 2
            ? value
            : throw new ArgumentOutOfRangeException(nameof(GridResolution), value, "GridResolution must be at least 2.");
    }

    /// <summary>The quantile of a numeric feature where the grid begins, from 0 (default 0.05) to below the upper one.</summary>
    public double LowerQuantile
    {
        get => _lowerQuantile;
        init => _lowerQuantile = value is >= 0 and <= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(LowerQuantile), value, "LowerQuantile must lie in 0 to 1.");
    }

    /// <summary>The quantile of a numeric feature where the grid ends, above the lower one, to 1 (default 0.95).</summary>
    public double UpperQuantile
    {
        get => _upperQuantile;
        init => _upperQuantile = value is >= 0 and <= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(UpperQuantile), value, "UpperQuantile must lie in 0 to 1.");
    }

    /// <summary>
    /// Whether the curve of each row is kept beside their mean (individual conditional expectation, Goldstein et al. 2015); false by
    /// default. With <see cref="PartialDependenceMethod.BruteForce"/> only.
    /// </summary>
    public bool KeepIndividual { get; init; }

    /// <summary>How many threads to use; <see cref="FitOptions.Default"/> by default. The result is the same for every number.</summary>
    public FitOptions Run { get; init; } = FitOptions.Default;

    internal void Check()
    {
        if (LowerQuantile >= UpperQuantile)
        {
            throw new ArgumentException("LowerQuantile must be below UpperQuantile.", "options");
        }

        if (KeepIndividual && Method != PartialDependenceMethod.BruteForce)
        {
            throw new ArgumentException("Individual curves need Method = BruteForce: the walk through the trees has no rows.", "options");
        }
    }
}
