using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Ensembles.Data.Binning;
using Ensembles.Numerics;
using Ensembles.Trees.Criteria;

namespace Ensembles.Trees.Growing;

/// <summary>
/// Finds the best split of a node of very few rows by eight features at once, one a lane: each row is compared with each other one, so that
/// nothing is sorted and no branch depends on the data. Most nodes of an unpruned tree are that small.
/// </summary>
/// <param name="binned">The bins, all of numbers.</param>
/// <param name="scan">Has entered the node; <see cref="BinScan.IsExact"/>.</param>
/// <param name="limits">Without a least size of leaves.</param>
internal sealed class LaneSearch(BinnedTable binned, BinScan scan, GrowthLimits limits)
{
    /// <summary>The most rows of a node.</summary>
    public const int MaxRows = 48;

    /// <summary>The features that are searched at once.</summary>
    public const int Lanes = 8;

    private const int BitsPerBin = 8;

    // By group of features and row: the bin of the row in each of eight features, a byte a feature.
    private readonly ulong[] _cells = new ulong[GroupsOf(limits, binned) * MaxRows];
    private readonly double[] _scores = new double[GroupsOf(limits, binned) * Lanes];
    private readonly long[] _bins = new long[GroupsOf(limits, binned) * Lanes];
    private readonly byte[] _missingBins = [.. Enumerable.Range(0, binned.ColumnCount).Select(c => (byte)binned.Mapper(c).MissingBin)];
    private readonly int[] _features = new int[GroupsOf(limits, binned) * Lanes];

    /// <summary>The best split of a node by the features that it draws.</summary>
    /// <param name="node">The node.</param>
    /// <param name="rows">The cells of its rows, one after the other.</param>
    /// <param name="stride">The distance from one row to the next.</param>
    /// <param name="sampler">Draws the features.</param>
    /// <param name="best">The split.</param>
    /// <returns>False where it was not found in this way: a value is missing, or no feature varies.</returns>
    public bool TryFind(in GrowingNode node, ReadOnlySpan<byte> rows, int stride, ref FeatureSampler sampler, out SplitCandidate best)
    {
        best = SplitCandidate.None;
        int drawn = 0;
        for (int wanted = Math.Min(limits.FeaturesPerNode, binned.ColumnCount); drawn < wanted; drawn++)
        {
            sampler.TryNext(foundVarying: false, out _features[drawn]);
        }

        for (int first = 0; first < drawn; first += Lanes)
        {
            ReadOnlySpan<int> features = _features.AsSpan(first, Math.Min(Lanes, drawn - first));
            Span<ulong> cells = _cells.AsSpan(first / Lanes * MaxRows, node.Count);
            if (!TryGather(rows, stride, features, cells))
            {
                return false;
            }

            scan.ScoreLanes(cells, _scores.AsSpan(first, Lanes), _bins.AsSpan(first, Lanes));
        }

        int lane = BestLane(drawn, limits.TieKey(node));
        if (lane < 0)
        {
            return false;
        }

        best = Candidate(lane, node.Count);
        return true;
    }

    private static int GroupsOf(GrowthLimits limits, BinnedTable binned) =>
        (Math.Min(limits.FeaturesPerNode, binned.ColumnCount) + Lanes - 1) / Lanes;

    /// <summary>Gathers the cells of up to eight features; false where one is missing.</summary>
    private bool TryGather(ReadOnlySpan<byte> rows, int stride, ReadOnlySpan<int> features, Span<ulong> cells)
    {
        ulong missing = 0;
        for (int lane = 0; lane < features.Length; lane++)
        {
            missing |= (ulong)_missingBins[features[lane]] << (lane * BitsPerBin);
        }

        Vector128<byte> missingBins = Vector128.CreateScalar(missing).AsByte();
        Vector128<byte> taken = Vector128.CreateScalar(ulong.MaxValue >> ((Lanes - features.Length) * BitsPerBin)).AsByte();
        Vector128<byte> found = Vector128<byte>.Zero;
        ref byte row = ref MemoryMarshal.GetReference(rows);
        if (stride == Vector256<byte>.Count && BitConverter.IsLittleEndian)
        {
            Vector256<byte> places = Places(features);
            for (int i = 0; i < cells.Length; i++)
            {
                ulong ofRow = Vector256.ShuffleNative(Vector256.LoadUnsafe(ref row), places).AsUInt64().ToScalar();
                cells[i] = ofRow;
                found |= Vector128.Equals(Vector128.CreateScalar(ofRow).AsByte(), missingBins);
                row = ref Unsafe.Add(ref row, stride);
            }

            return (found & taken) == Vector128<byte>.Zero;
        }

        for (int i = 0; i < cells.Length; i++)
        {
            ulong ofRow = 0;
            for (int lane = 0; lane < features.Length; lane++)
            {
                ofRow |= (ulong)Unsafe.Add(ref row, features[lane]) << (lane * BitsPerBin);
            }

            cells[i] = ofRow;
            found |= Vector128.Equals(Vector128.CreateScalar(ofRow).AsByte(), missingBins);
            row = ref Unsafe.Add(ref row, stride);
        }

        return (found & taken) == Vector128<byte>.Zero;
    }

    /// <summary>Where the cells of some features are in a row; lanes that are left take any.</summary>
    private static Vector256<byte> Places(ReadOnlySpan<int> features)
    {
        ulong places = 0;
        for (int lane = 0; lane < features.Length; lane++)
        {
            places |= (ulong)features[lane] << (lane * BitsPerBin);
        }

        return Vector256.CreateScalar(places).AsByte();
    }

    /// <summary>The lane of the best score, of equal ones that of the feature that goes first; −1 where none can be split.</summary>
    private int BestLane(int count, ulong? tieKey)
    {
        Span<double> scores = _scores.AsSpan(0, (count + Lanes - 1) & -Lanes);
        scores[count..].Fill(double.NegativeInfinity);
        ref double score = ref MemoryMarshal.GetReference(scores);
        Vector512<double> greatest = Vector512.LoadUnsafe(ref score);
        for (int first = Lanes; first < scores.Length; first += Lanes)
        {
            Vector512<double> next = Vector512.LoadUnsafe(ref score, (nuint)first);
            greatest = Vector512.ConditionalSelect(Vector512.GreaterThan(next, greatest), next, greatest);
        }

        double best = Greatest(greatest);
        int lane = -1;
        if (double.IsNegativeInfinity(best))
        {
            return lane;
        }

        ulong least = ulong.MaxValue;
        for (int first = 0; first < scores.Length; first += Lanes)
        {
            ulong equal = Vector512.Equals(Vector512.LoadUnsafe(ref score, (nuint)first), Vector512.Create(best)).ExtractMostSignificantBits();
            for (; equal != 0; equal &= equal - 1)
            {
                int i = first + BitOperations.TrailingZeroCount(equal);
                ulong order = tieKey is ulong key ? KeyedRandom.Mix(key, (ulong)_features[i]) : (ulong)_features[i];
                if (lane < 0 || order < least)
                {
                    lane = i;
                    least = order;
                }
            }
        }

        return lane;
    }

    /// <summary>The greatest of eight numbers, none of which is NaN.</summary>
    private static double Greatest(Vector512<double> numbers)
    {
        Vector256<double> four = Vector256.Max(numbers.GetLower(), numbers.GetUpper());
        Vector128<double> two = Vector128.Max(four.GetLower(), four.GetUpper());
        return Math.Max(two[0], two[1]);
    }

    private SplitCandidate Candidate(int lane, int count)
    {
        int feature = _features[lane];
        int last = (int)_bins[lane];
        int shift = lane % Lanes * BitsPerBin;
        Span<ulong> cells = _cells.AsSpan(lane / Lanes * MaxRows, (count + Lanes - 1) & -Lanes);
        cells[count..].Fill(ulong.MaxValue);
        double leftWeight = scan.LeftWeight(cells, shift, last);
        BinMapper mapper = binned.Mapper(feature);
        return new SplitCandidate
        {
            Feature = feature,
            Score = _scores[lane],
            LastLeft = last,
            Threshold = SplitRules.Threshold(mapper.High(last), mapper.Low(LeastAbove(last, cells, shift))),
            DefaultLeft = SplitRules.DefaultLeft(leftWeight, scan.NodeWeight - leftWeight),
        };
    }

    /// <summary>The first bin above one that has rows.</summary>
    private static int LeastAbove(int last, ReadOnlySpan<ulong> cells, int shift)
    {
        ref ulong cell = ref MemoryMarshal.GetReference(cells);
        Vector512<ulong> least = Vector512.Create((ulong)byte.MaxValue);
        for (nuint i = 0; i < (nuint)cells.Length; i += Lanes)
        {
            Vector512<ulong> bins = (Vector512.LoadUnsafe(ref cell, i) >>> shift) & Vector512.Create((ulong)byte.MaxValue);
            Vector512<ulong> isAbove = Vector512.GreaterThan(bins, Vector512.Create((ulong)last));
            least = Vector512.ConditionalSelect(isAbove, Vector512.Min(bins, least), least);
        }

        Vector256<ulong> four = Vector256.Min(least.GetLower(), least.GetUpper());
        Vector128<ulong> two = Vector128.Min(four.GetLower(), four.GetUpper());
        return (int)Math.Min(two[0], two[1]);
    }
}
