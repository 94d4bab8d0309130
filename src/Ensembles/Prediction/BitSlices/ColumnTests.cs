using Ensembles.Data.Binning;

namespace Ensembles.Prediction.BitSlices;

/// <summary>
/// The comparisons of one feature with some of the thresholds of a group of trees. A cell becomes the number of these thresholds that are
/// below it, its rank, and x ≤ t is a comparison of bytes: the cell's rank is at most the threshold's place.
/// </summary>
internal sealed class ColumnTests
{
    /// <summary>The most thresholds of which the ranks and one number for missing cells fit in a byte.</summary>
    public const int MaxThresholds = 254;

    private readonly EdgeSearch<float> _floats;
    private readonly EdgeSearch<double> _doubles;

    /// <param name="feature">The feature.</param>
    /// <param name="thresholds">Rising, none twice, none NaN, 1 to <see cref="MaxThresholds"/>.</param>
    /// <param name="firstTest">The number of the comparison with the first threshold; the others follow.</param>
    /// <param name="missingLeft">For each threshold whether there are nodes that send missing cells left.</param>
    /// <param name="firstMissingLeft">The number of the first comparison that a missing cell passes; the others follow.</param>
    public ColumnTests(int feature, ReadOnlySpan<double> thresholds, int firstTest, ReadOnlySpan<bool> missingLeft, int firstMissingLeft)
    {
        Feature = feature;
        FirstTest = firstTest;
        FirstMissingLeft = firstMissingLeft;
        Missing = (byte)(thresholds.Length + 1);
        Ranks = new byte[thresholds.Length];
        var sources = new List<int>();
        var floats = new float[thresholds.Length + 1];
        var doubles = new double[thresholds.Length + 1];
        for (int i = 0; i < thresholds.Length; i++)
        {
            Ranks[i] = (byte)i;
            if (missingLeft[i])
            {
                sources.Add(firstTest + i);
            }

            // t < x where x is at or above the number that follows t. Nothing is above infinity, as nothing is at or above NaN.
            double threshold = thresholds[i];
            bool infinite = double.IsPositiveInfinity(threshold);
            floats[i + 1] = infinite ? float.NaN : float.BitIncrement(Rounding.Down(threshold));
            doubles[i + 1] = infinite ? double.NaN : double.BitIncrement(threshold);
        }

        MissingLeftSources = [.. sources];
        _floats = new EdgeSearch<float>(floats);
        _doubles = new EdgeSearch<double>(doubles);
    }

    /// <summary>The feature whose cells are compared.</summary>
    public int Feature { get; }

    /// <summary>The rank of a missing cell, above those of all thresholds.</summary>
    public byte Missing { get; }

    /// <summary>The places of the thresholds: 0, 1, 2 …</summary>
    public byte[] Ranks { get; }

    /// <summary>The number of the comparison with the first threshold, which missing cells do not pass.</summary>
    public int FirstTest { get; }

    /// <summary>The comparisons that are also wanted so that missing cells pass them.</summary>
    public int[] MissingLeftSources { get; }

    /// <summary>The number of the first of these.</summary>
    public int FirstMissingLeft { get; }

    /// <summary>Writes the rank of each cell.</summary>
    public void Rank(ReadOnlySpan<float> cells, Span<byte> ranks) => _floats.Find(cells, ranks, SearchPaths.Fastest);

    /// <inheritdoc cref="Rank(ReadOnlySpan{float}, Span{byte})"/>
    public void Rank(ReadOnlySpan<double> cells, Span<byte> ranks) => _doubles.Find(cells, ranks, SearchPaths.Fastest);
}
