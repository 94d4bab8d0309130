using Ensembles.Numerics;

namespace Ensembles.Trees.Growing;

/// <summary>A way to part the rows of a node in two.</summary>
internal struct SplitCandidate
{
    public static SplitCandidate None => new() { Feature = -1, Score = double.NegativeInfinity };

    /// <summary>The column that is read, or −1 where there is no split.</summary>
    public int Feature;

    /// <summary>S(left) + S(right): what candidates of one node are compared by.</summary>
    public double Score;

    /// <summary>S(left) + S(right) − S(node).</summary>
    public double Gain;

    /// <summary>Numeric: values up to it go left.</summary>
    public double Threshold;

    /// <summary>Numeric, histogram: the last bin that goes left. Exact: the rank of the last value that goes left.</summary>
    public int LastLeft;

    /// <summary>Categorical: the codes that go left; null for a numeric split.</summary>
    public CategorySet? Categories;

    /// <summary>Whether missing values go left.</summary>
    public bool DefaultLeft;

    public readonly bool Exists => Feature >= 0;

    /// <summary>
    /// Whether another candidate is to be taken instead: a higher score, or the same at a feature that goes first: the lower one, or
    /// where the node has a key for ties, the one whose hash by it is lower.
    /// </summary>
    /// <param name="other">The other candidate.</param>
    /// <param name="tieKey">See <see cref="GrowthLimits.TieKey"/>.</param>
    public readonly bool IsWorseThan(in SplitCandidate other, ulong? tieKey) => IsWorseThan(other.Score, other.Feature, tieKey);

    /// <summary>The same for a candidate of which only the score and the feature are known yet.</summary>
    public readonly bool IsWorseThan(double score, int feature, ulong? tieKey) =>
        score > Score || (score == Score && feature >= 0 && GoesFirst(feature, Feature, tieKey));

    private static bool GoesFirst(int feature, int than, ulong? tieKey) =>
        tieKey is ulong key && than >= 0 ? KeyedRandom.Mix(key, (ulong)feature) < KeyedRandom.Mix(key, (ulong)than) : feature < than;
}
