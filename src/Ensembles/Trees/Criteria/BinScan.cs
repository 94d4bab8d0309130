using System.Buffers.Binary;
using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Ensembles.Data.Binning;
using Ensembles.Trees.Growing;

namespace Ensembles.Trees.Criteria;

/// <summary>
/// Scores the thresholds between the bins of a feature. It takes up a node once, copying what the criterion needs of its rows, and then
/// feature by feature adds them up by bin and scores all thresholds at once.
/// </summary>
internal abstract class BinScan
{
    /// <summary>Room for all bins, and for a vector that begins at the last one.</summary>
    protected const int Room = BinnedTable.MaxBinsWithMissing + 8;

    // Up to this many groups are scored one by one.
    private const int FewGroups = 16;

    /// <summary>S(node).</summary>
    public abstract double NodeScore { get; }

    /// <summary>The weight of the node.</summary>
    public double NodeWeight { get; protected set; }

    /// <summary>By group: the weight left of the threshold after it.</summary>
    public double[] LeftWeights { get; } = new double[Room];

    /// <summary>By group: S(left) + S(right) of the threshold after it; without meaning where either has no weight.</summary>
    public double[] Scores { get; } = new double[Room];

    /// <summary>
    /// Whether its sums are exact, so that their order does not matter. Only then can it add up and score all bins of a feature, whether they
    /// have rows or not, and score eight features at once.
    /// </summary>
    public virtual bool IsExact => false;

    /// <summary>Whether it can score eight features at once in the node, where that has at most <see cref="LaneSearch.MaxRows"/> rows.</summary>
    public virtual bool ScoresLanes => false;

    /// <summary>The weight of the rows of a node of few rows that go left.</summary>
    /// <param name="cells">For each row of the node its bins, a byte a feature, and behind them all bits to whole vectors.</param>
    /// <param name="shift">The place of the feature in them.</param>
    /// <param name="last">The last bin that goes left.</param>
    public virtual double LeftWeight(ReadOnlySpan<ulong> cells, int shift, int last) => throw new UnreachableException();

    /// <summary>Finds the best thresholds of eight features in a node of few rows.</summary>
    /// <param name="cells">For each row of the node its bins, a byte a feature; none is missing.</param>
    /// <param name="scores">Receives the best score of each feature; −∞ where it does not vary.</param>
    /// <param name="bins">Receives the last bin that goes left; of thresholds of equal score the lowest.</param>
    public virtual void ScoreLanes(ReadOnlySpan<ulong> cells, Span<double> scores, Span<long> bins) => throw new UnreachableException();

    /// <summary>Adds up the rows of the node by bin.</summary>
    /// <param name="rows">The rows of the node.</param>
    /// <param name="bins">The bin of each row of the table.</param>
    /// <param name="binCount">The number of bins of the feature, that of missing values among them.</param>
    public virtual void AddToBins(ReadOnlySpan<int> rows, ReadOnlySpan<byte> bins, int binCount) => throw new UnreachableException();

    /// <summary>The same where the cells of the node lie close together.</summary>
    /// <param name="cell">The bin of the first row.</param>
    /// <param name="stride">The distance to the next.</param>
    /// <param name="count">The number of rows.</param>
    /// <param name="binCount">The number of bins of the feature, that of missing values among them.</param>
    public virtual void AddToBins(ref byte cell, int stride, int count, int binCount) => throw new UnreachableException();

    /// <summary>Whether a bin has rows, once they are added up.</summary>
    public virtual bool HasWeight(int bin) => throw new UnreachableException();

    /// <summary>The weight of the bins up to the best, once that was found.</summary>
    public virtual double WeightUpTo(int bin) => throw new UnreachableException();

    /// <summary>Finds the best threshold of a feature without missing values whose rows are added up by bin.</summary>
    /// <param name="binCount">The number of its bins.</param>
    /// <param name="bin">The last bin that goes left: of thresholds of equal score the lowest.</param>
    /// <returns>Its score, or −∞ where the feature does not vary.</returns>
    public virtual double BestBin(int binCount, out int bin) => throw new UnreachableException();

    /// <summary>Takes up a node.</summary>
    /// <param name="rows">Its rows, all of weight above 0.</param>
    public abstract void Enter(ReadOnlySpan<int> rows);

    /// <summary>Takes the node up for what is done by groups, where <see cref="Enter"/> did not.</summary>
    /// <param name="rows">Its rows.</param>
    public virtual void EnterGroups(ReadOnlySpan<int> rows)
    {
    }

    /// <summary>Whether its sums tell what is known of the rows of a node, and what it predicts.</summary>
    public virtual bool Summarizes => false;

    /// <summary>What is known of the rows of the node.</summary>
    public virtual NodeSummary Summarize() => throw new UnreachableException();

    /// <summary>What the node predicts as a leaf.</summary>
    public virtual void Value(Span<double> value) => throw new UnreachableException();

    /// <summary>Adds up the rows of the node, which are few, by group.</summary>
    /// <param name="groupOfRow">The group of each.</param>
    /// <param name="groupCount">The number of groups.</param>
    public abstract void AddToGroups(ReadOnlySpan<byte> groupOfRow, int groupCount);

    /// <summary>Adds up the rows of the node, which are many, by bin and then by group.</summary>
    /// <param name="rows">The rows of the node.</param>
    /// <param name="bins">The bin of each row of the table.</param>
    /// <param name="binCount">The number of bins of the feature, that of missing values among them.</param>
    /// <param name="groups">Receives the bins that have rows.</param>
    /// <param name="counted">Whether it needs the number of rows of each.</param>
    public abstract void AddToBins(ReadOnlySpan<int> rows, ReadOnlySpan<byte> bins, int binCount, BinGroups groups, bool counted);

    /// <summary>Scores the thresholds after each of the first groups.</summary>
    /// <param name="present">The number of groups, that of missing values not counted.</param>
    /// <param name="missingLeft">Whether the group after them, of missing values, lies left of all thresholds.</param>
    public abstract void Score(int present, bool missingLeft);

    /// <summary>Scores the thresholds and finds the best of the first that leave weight on both sides; −∞ where there is none.</summary>
    /// <param name="present">The number of groups, that of missing values not counted.</param>
    /// <param name="missingLeft">Whether the group after them, of missing values, lies left of all thresholds.</param>
    /// <param name="end">How many thresholds may be taken.</param>
    /// <param name="group">The first group that has the best score.</param>
    public double ScoreBest(int present, bool missingLeft, int end, out int group)
    {
        if (present <= FewGroups)
        {
            return ScoreFew(present, missingLeft, end, out group);
        }

        Score(present, missingLeft);

        // Rows so light that they vanish beside the others leave no weight.
        while (end > 0 && !(NodeWeight - LeftWeights[end - 1] > 0))
        {
            end--;
        }

        return Best(0, end, out group);
    }

    /// <summary>The best score of some neighbouring thresholds, and the first group that has it; −∞ where there are none.</summary>
    /// <param name="first">The first of them.</param>
    /// <param name="end">After the last of them.</param>
    /// <param name="group">The first that has the best score.</param>
    public double Best(int first, int end, out int group)
    {
        ref double scores = ref MemoryMarshal.GetArrayDataReference(Scores);
        Vector512<double> none = Vector512.Create(double.NegativeInfinity);
        Vector512<double> best = none;
        int place = first;
        for (; place <= end - Vector512<double>.Count; place += Vector512<double>.Count)
        {
            Vector512<double> next = Vector512.LoadUnsafe(ref scores, (nuint)place);
            best = Vector512.ConditionalSelect(Vector512.GreaterThan(next, best), next, best);
        }

        if (place < end)
        {
            Vector512<double> left = Vector512.Create((double)(end - place));
            Vector512<double> taken = Vector512.LessThan(Vector512.Create(0.0, 1, 2, 3, 4, 5, 6, 7), left);
            Vector512<double> next = Vector512.LoadUnsafe(ref scores, (nuint)place);
            best = Vector512.ConditionalSelect(taken & Vector512.GreaterThan(next, best), next, best);
        }

        double greatest = double.NegativeInfinity;
        for (int lane = 0; lane < Vector512<double>.Count; lane++)
        {
            greatest = best[lane] > greatest ? best[lane] : greatest;
        }

        group = first;
        if (double.IsNegativeInfinity(greatest))
        {
            return greatest;
        }

        Vector512<double> wanted = Vector512.Create(greatest);
        ulong found;
        while ((found = Vector512.Equals(Vector512.LoadUnsafe(ref scores, (nuint)group), wanted).ExtractMostSignificantBits()) == 0)
        {
            group += Vector512<double>.Count;
        }

        group += BitOperations.TrailingZeroCount(found);
        return greatest;
    }

    /// <summary>The eight bytes of a word, the lowest first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<long> Widen(ulong cells)
    {
        ulong bytes = BitConverter.IsLittleEndian ? cells : BinaryPrimitives.ReverseEndianness(cells);
        Vector128<byte> eight = Vector128.CreateScalarUnsafe(bytes).AsByte();
        if (Avx512F.IsSupported)
        {
            return Avx512F.ConvertToVector512Int64(eight);
        }

        Vector128<ushort> words = Vector128.WidenLower(eight);
        var ints = Vector256.Create(Vector128.WidenLower(words), Vector128.WidenUpper(words));
        return Vector512.Create(Vector256.WidenLower(ints), Vector256.WidenUpper(ints)).AsInt64();
    }

    /// <summary>Eight numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<long> Widen(Vector128<ushort> numbers)
    {
        if (Avx512F.IsSupported)
        {
            return Avx512F.ConvertToVector512Int64(numbers);
        }

        var ints = Vector256.Create(Vector128.WidenLower(numbers), Vector128.WidenUpper(numbers));
        return Vector512.Create(Vector256.WidenLower(ints), Vector256.WidenUpper(ints)).AsInt64();
    }

    /// <summary>The sum of the words of the rows that go left; see <see cref="LeftWeight"/>.</summary>
    protected static long LeftSum(ReadOnlySpan<ulong> cells, ReadOnlySpan<long> words, int shift, int last)
    {
        ref ulong cell = ref MemoryMarshal.GetReference(cells);
        ref long word = ref MemoryMarshal.GetReference(words);
        Vector512<long> sum = Vector512<long>.Zero;
        for (nuint i = 0; i < (nuint)cells.Length; i += (nuint)Vector512<long>.Count)
        {
            Vector512<ulong> bins = (Vector512.LoadUnsafe(ref cell, i) >>> shift) & Vector512.Create((ulong)byte.MaxValue);
            Vector512<long> isLeft = Vector512.LessThanOrEqual(bins.AsInt64(), Vector512.Create((long)last));
            sum += isLeft & Vector512.LoadUnsafe(ref word, i);
        }

        return Vector512.Sum(sum);
    }

    /// <summary>
    /// As <see cref="ScoreBest"/>, one threshold at a time: what was just written number by number cannot be read as a vector before it has
    /// reached the cache, and small nodes would only wait for that.
    /// </summary>
    protected abstract double ScoreFew(int present, bool missingLeft, int end, out int group);
}
