using Ensembles.Numerics;

namespace Ensembles.Trees;

/// <summary>The sources of random decisions of the trees of a fit.</summary>
internal static class TreeKeys
{
    private const ulong GrowthKey = 0x47524F57;
    private const ulong SampleKey = 0x53414D50;
    private const ulong FeatureKey = 0x46454154;
    private const ulong DropoutKey = 0x44524F50;

    /// <summary>The key of what is drawn while a tree grows: features and random thresholds.</summary>
    public static ulong Of(ulong seed, int tree) => KeyedRandom.Mix(seed, GrowthKey, (ulong)tree);

    /// <summary>The key of what is drawn before a tree grows: its rows.</summary>
    public static ulong OfSample(ulong seed, int tree) => KeyedRandom.Mix(seed, SampleKey, (ulong)tree);

    /// <summary>The key of the features that a whole tree is limited to.</summary>
    public static ulong OfFeatures(ulong seed, int tree) => KeyedRandom.Mix(seed, FeatureKey, (ulong)tree);

    /// <summary>The key of the trees that a round of boosting leaves out.</summary>
    public static ulong OfDropout(ulong seed, int round) => KeyedRandom.Mix(seed, DropoutKey, (ulong)round);
}
