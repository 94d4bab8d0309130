using System.Runtime.CompilerServices;

namespace Ensembles.NewtonBoosting;

/// <summary>
/// Dropout of whole trees (DART; Rashmi and Gilad-Bachrach 2015): a round leaves out some of the trees so far, fits its own to what the
/// others leave over, and then shares the weight between it and the trees that were left out. So late trees matter as much as early ones.
/// </summary>
public sealed record Dropout
{
    private readonly double _rate = 0.1;
    private readonly double _skipRate;
    private readonly DropoutNormalization _normalization;
    private readonly DropoutSampling _sampling;

    /// <summary>The probability of each tree to be dropped in a round, from 0 to 1 (default 0.1).</summary>
    public double Rate
    {
        get => _rate;
        init => _rate = CheckProbability(value);
    }

    /// <summary>The probability of a round to drop no tree at all, from 0 to 1 (default 0).</summary>
    public double SkipRate
    {
        get => _skipRate;
        init => _skipRate = CheckProbability(value);
    }

    /// <summary>Whether a round that drew no tree, and was not skipped, drops one all the same (default false).</summary>
    public bool OneDrop { get; init; }

    /// <summary>How the new tree and the dropped ones share their weight (default <see cref="DropoutNormalization.Tree"/>).</summary>
    public DropoutNormalization Normalization
    {
        get => _normalization;
        init => _normalization = CheckDefined(value);
    }

    /// <summary>How trees are drawn (default <see cref="DropoutSampling.Uniform"/>).</summary>
    public DropoutSampling Sampling
    {
        get => _sampling;
        init => _sampling = CheckDefined(value);
    }

    private static double CheckProbability(double value, [CallerMemberName] string name = "") =>
        value >= 0 && value <= 1 ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} must be from 0 to 1.");

    private static TEnum CheckDefined<TEnum>(TEnum value, [CallerMemberName] string name = "")
        where TEnum : struct, Enum =>
        Enum.IsDefined(value)
            ? value
            : throw new ArgumentOutOfRangeException(name, value, $"{name} must be one of {string.Join(", ", Enum.GetNames<TEnum>())}.");
}

/// <summary>How the new tree and the k dropped ones share their weight; η is the learning rate, over the classes where there are several.</summary>
public enum DropoutNormalization
{
    /// <summary>The new tree counts as much as each dropped one: the dropped are multiplied by k/(k + η), the new one by 1/(k + η).</summary>
    Tree,

    /// <summary>The new tree counts as much as all dropped ones together: all are multiplied by 1/(1 + η).</summary>
    Forest,
}

/// <summary>How the trees to drop are drawn.</summary>
public enum DropoutSampling
{
    /// <summary>Each with the same probability.</summary>
    Uniform,

    /// <summary>In proportion to its weight: trees that were dropped before, and so weigh less, are dropped less often.</summary>
    Weighted,
}
