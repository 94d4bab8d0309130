using System.Numerics;
using System.Runtime.Intrinsics;
using Ensembles.Data.Binning;
using Ensembles.Numerics;
using Ensembles.Trees.Growing.Gradients;

namespace Ensembles.Trees.Growing.Histograms;

/// <summary>
/// The gradients and hessians of the rows as whole numbers, so that sums over rows are exact in any order. Three forms: packed in two
/// halves of 16 bits, for histograms that add both in one instruction; packed in two halves of 32 bits, for the same histograms of few
/// rows, each of which then has the more bits to itself; wide, 64 bits each, for gradients so uneven that these would round ordinary rows
/// to nothing.
/// </summary>
internal sealed class QuantizedGradients
{
    // 65,536 of these overflow no half of a packed cell.
    private const int MaxPackedGradient = 32_767;
    private const int MaxPackedHessian = 65_535;

    // Up to this many rows the sums of all of them fit in halves of 32 bits and leave a row some 18 bits: rounding to 16 bits, or to
    // less, shows where rows are few.
    private const int SmallData = 4096;

    // The sums of all rows before they are rounded, which adds at most 1 a row.
    private const long MaxGradientSum = int.MaxValue - SmallData;
    private const long MaxHessianSum = uint.MaxValue - SmallData;

    // Beyond this ratio of the largest to the mean, ordinary rows would keep fewer than seven bits of the packed form.
    private const double MaxUnevenness = 256;

    // Below this, the scale of the packed form would be no float.
    private const float LeastPacked = 1e-30f;

    // Sums of the wide form stay below 2⁶².
    private const int WideBits = 62;

    private readonly int _rowCount;
    private readonly PieceExtremes[] _extremes;
    private uint[] _packed = [];
    private long[] _words = [];
    private long[] _wide = [];

    public QuantizedGradients(int rowCount)
    {
        _rowCount = rowCount;
        _extremes = new PieceExtremes[RowPieces.Count(rowCount)];
    }

    /// <summary>Rows of gradient 0 and hessian 1, packed: sums of them count the rows.</summary>
    public static QuantizedGradients Ones(int rowCount)
    {
        var ones = new QuantizedGradients(rowCount) { IsPacked = true, CountsRows = true, GradientUnit = 1, HessianUnit = 1 };
        ones._packed = new uint[rowCount];
        Array.Fill(ones._packed, 1u);
        return ones;
    }

    /// <summary>Whether the hessian of every row is 1 unit, so that sums of hessians count the rows.</summary>
    public bool CountsRows { get; private set; }

    /// <summary>Whether rows are packed.</summary>
    public bool IsPacked { get; private set; }

    /// <summary>Whether packed rows have halves of 32 bits.</summary>
    public bool HasWords { get; private set; }

    /// <summary>What a gradient of 1 stands for.</summary>
    public double GradientUnit { get; private set; }

    /// <summary>What a hessian of 1 stands for.</summary>
    public double HessianUnit { get; private set; }

    /// <summary>A power of two by which gradients become whole numbers whose sums over all rows stay below 2⁶².</summary>
    public double FineGradientScale { get; private set; }

    /// <summary>See <see cref="FineGradientScale"/>.</summary>
    public double FineHessianScale { get; private set; }

    /// <summary>By row: the gradient in the high 16 bits, the hessian in the low 16.</summary>
    public uint[] Packed => _packed;

    /// <summary>By row: the gradient in the high 32 bits, the hessian in the low 32.</summary>
    public long[] Words => _words;

    /// <summary>By row: the gradient, then the hessian.</summary>
    public long[] Wide => _wide;

    /// <summary>Takes up the gradients of a tree.</summary>
    /// <param name="gradients">One a row.</param>
    /// <param name="hessians">One a row, not negative.</param>
    /// <param name="team">Who works on the rows.</param>
    public void Quantize(float[] gradients, float[] hessians, WorkerTeam team)
    {
        team.ForEach(_extremes.Length, (piece, _) => _extremes[piece] = PieceExtremes.Of(piece, _rowCount, gradients, hessians));
        PieceExtremes all = _extremes[0];
        for (int b = 1; b < _extremes.Length; b++)
        {
            all = all.With(_extremes[b]);
        }

        // Comparisons pass over NaN; sums keep it, and of finite floats they do not overflow.
        if (!double.IsFinite(all.GradientSum) || !double.IsFinite(all.HessianSum))
        {
            throw GradientRange.Left();
        }

        bool constantHessian = all.LeastHessian == all.MaxHessian;
        CountsRows = constantHessian && all.MaxHessian > 0;
        bool isSmall = all.Rows <= SmallData;
        IsPacked = (all.MaxGradient == 0 || all.MaxGradient >= LeastPacked)
            && (all.MaxHessian == 0 || all.MaxHessian >= LeastPacked)
            && IsEven(all.MaxGradient, all.GradientSum, all.Rows)
            && (constantHessian || IsEven(all.MaxHessian, all.HessianSum, all.Rows));
        HasWords = IsPacked && isSmall;
        double wideLimit = Math.ScaleB(1, WideBits - 1 - BitOperations.Log2((uint)Math.Max(1, all.Rows)));
        FineGradientScale = Scale(all.MaxGradient, wideLimit);
        FineHessianScale = Scale(all.MaxHessian, wideLimit);
        double gradientScale = HasWords ? Scale(all.GradientSum, MaxGradientSum)
            : IsPacked ? Scale(all.MaxGradient, MaxPackedGradient) : FineGradientScale;
        double hessianScale = CountsRows ? 1.0 / all.MaxHessian
            : HasWords ? Scale(all.HessianSum, MaxHessianSum)
            : IsPacked ? Scale(all.MaxHessian, MaxPackedHessian) : FineHessianScale;
        GradientUnit = 1 / gradientScale;
        HessianUnit = 1 / hessianScale;
        if (HasWords)
        {
            Grow(ref _words, _rowCount);
            team.ForEach(_extremes.Length, (piece, _) => Join(piece, gradients, hessians, gradientScale, hessianScale));
        }
        else if (IsPacked)
        {
            Grow(ref _packed, _rowCount);
            team.ForEach(_extremes.Length, (piece, _) => Pack(piece, gradients, hessians, (float)gradientScale, (float)hessianScale));
        }
        else
        {
            Grow(ref _wide, 2 * _rowCount);
            team.ForEach(_extremes.Length, (piece, _) => Widen(piece, gradients, hessians, gradientScale, hessianScale));
        }
    }

    /// <summary>The sums over rows.</summary>
    /// <param name="firstRow">The row that has number 0 in the list.</param>
    /// <param name="rows">Rows of one block.</param>
    public (long Gradient, long Hessian) Sum(int firstRow, ReadOnlySpan<ushort> rows)
    {
        long gradient = 0;
        long hessian = 0;
        if (HasWords)
        {
            long sum = 0;
            foreach (ushort row in rows)
            {
                sum += _words[firstRow + row];
            }

            return (sum >> 32, sum & uint.MaxValue);
        }

        if (IsPacked)
        {
            ReadOnlySpan<uint> packed = _packed.AsSpan(firstRow);
            foreach (ushort row in rows)
            {
                gradient += (int)packed[row] >> 16;
                hessian += packed[row] & 0xFFFF;
            }

            return (gradient, hessian);
        }

        ReadOnlySpan<long> wide = _wide.AsSpan(2 * firstRow);
        foreach (ushort row in rows)
        {
            gradient += wide[2 * row];
            hessian += wide[(2 * row) + 1];
        }

        return (gradient, hessian);
    }

    /// <summary>Whether ordinary rows keep enough bits beside the largest one.</summary>
    private static bool IsEven(float max, double sum, int rows) =>
        max * (double)rows <= MaxUnevenness * (rows <= SmallData ? sum - max : sum);

    // A power of two where there are bits to spare: small whole gradients then stay exact.
    private static double Scale(double max, double limit)
    {
        if (max == 0)
        {
            return 1;
        }

        return limit <= MaxPackedHessian ? limit / max : Math.ScaleB(1, Math.ILogB(limit / max));
    }

    private static void Grow<T>(ref T[] array, int length)
    {
        if (array.Length < length)
        {
            array = new T[length];
        }
    }

    private void Pack(int piece, float[] gradients, float[] hessians, float gradientScale, float hessianScale)
    {
        int r = piece * RowPieces.Size;
        int last = r + RowPieces.RowsIn(piece, _rowCount);
        Vector512<float> half = Vector512.Create(0.5f);
        Vector512<int> maxGradient = Vector512.Create(MaxPackedGradient);
        Vector512<int> maxHessian = Vector512.Create(MaxPackedHessian);
        for (; r + Vector512<float>.Count <= last; r += Vector512<float>.Count)
        {
            Vector512<float> g = (Vector512.LoadUnsafe(ref gradients[r]) * Vector512.Create(gradientScale)) + half;
            Vector512<float> h = (Vector512.LoadUnsafe(ref hessians[r]) * Vector512.Create(hessianScale)) + half;
            Vector512<int> gradient = Vector512.ConvertToInt32(Vector512.Floor(g));
            Vector512<int> hessian = Vector512.ConvertToInt32(Vector512.Floor(h));
            gradient = Vector512.Min(Vector512.Max(gradient, -maxGradient), maxGradient);
            hessian = Vector512.Min(Vector512.Max(hessian, Vector512<int>.One), maxHessian);
            ((gradient << 16) | hessian).AsUInt32().StoreUnsafe(ref _packed[r]);
        }

        for (; r < last; r++)
        {
            int gradient = (int)MathF.Floor((gradients[r] * gradientScale) + 0.5f);

            // A row has at least a hessian of 1, so that a bin without hessian is a bin without rows.
            int hessian = Math.Max(1, (int)MathF.Floor((hessians[r] * hessianScale) + 0.5f));
            gradient = Math.Clamp(gradient, -MaxPackedGradient, MaxPackedGradient);
            _packed[r] = ((uint)gradient << 16) | (uint)Math.Min(hessian, MaxPackedHessian);
        }
    }

    private void Join(int piece, float[] gradients, float[] hessians, double gradientScale, double hessianScale)
    {
        int first = piece * RowPieces.Size;
        int last = first + RowPieces.RowsIn(piece, _rowCount);
        for (int r = first; r < last; r++)
        {
            _words[r] = (Whole(gradients[r], gradientScale) << 32) + Math.Max(1, Whole(hessians[r], hessianScale));
        }
    }

    private static long Whole(float value, double scale) => (long)Math.Floor((value * scale) + 0.5);

    private void Widen(int piece, float[] gradients, float[] hessians, double gradientScale, double hessianScale)
    {
        int first = piece * RowPieces.Size;
        int last = first + RowPieces.RowsIn(piece, _rowCount);
        for (int r = first; r < last; r++)
        {
            _wide[2 * (nint)r] = Whole(gradients[r], gradientScale);
            _wide[(2 * (nint)r) + 1] = Math.Max(1, Whole(hessians[r], hessianScale));
        }
    }

    /// <summary>The range of a piece, and sums that need not be exact: they only choose the form, by the same additions on every machine.</summary>
    private readonly record struct PieceExtremes(
        float MaxGradient, float LeastHessian, float MaxHessian, double GradientSum, double HessianSum, int Rows)
    {
        public static PieceExtremes Of(int piece, int rowCount, float[] gradients, float[] hessians)
        {
            int r = piece * RowPieces.Size;
            int last = r + RowPieces.RowsIn(piece, rowCount);
            Vector512<float> maxGradients = Vector512<float>.Zero;
            Vector512<float> leastHessians = Vector512.Create(float.PositiveInfinity);
            Vector512<float> maxHessians = Vector512<float>.Zero;
            Vector512<double> gradientSums = Vector512<double>.Zero;
            Vector512<double> hessianSums = Vector512<double>.Zero;
            Vector512<int> present = Vector512<int>.Zero;
            for (; r + Vector512<float>.Count <= last; r += Vector512<float>.Count)
            {
                Vector512<float> gradient = Vector512.Abs(Vector512.LoadUnsafe(ref gradients[r]));
                Vector512<float> hessian = Vector512.LoadUnsafe(ref hessians[r]);
                maxGradients = Vector512.ConditionalSelect(Vector512.GreaterThan(gradient, maxGradients), gradient, maxGradients);
                maxHessians = Vector512.ConditionalSelect(Vector512.GreaterThan(hessian, maxHessians), hessian, maxHessians);
                Vector512<float> isPresent = Vector512.GreaterThan(hessian, Vector512<float>.Zero);
                present -= isPresent.AsInt32();
                leastHessians = Vector512.ConditionalSelect(isPresent & Vector512.LessThan(hessian, leastHessians), hessian, leastHessians);
                gradientSums += Vector512.WidenLower(gradient) + Vector512.WidenUpper(gradient);
                hessianSums += Vector512.WidenLower(hessian) + Vector512.WidenUpper(hessian);
            }

            float maxGradient = 0;
            float least = float.PositiveInfinity;
            float max = 0;
            double gradientSum = 0;
            double hessianSum = 0;
            int rows = Vector512.Sum(present);
            for (int lane = 0; lane < Vector512<float>.Count; lane++)
            {
                maxGradient = Math.Max(maxGradient, maxGradients[lane]);
                least = Math.Min(least, leastHessians[lane]);
                max = Math.Max(max, maxHessians[lane]);
            }

            for (int lane = 0; lane < Vector512<double>.Count; lane++)
            {
                gradientSum += gradientSums[lane];
                hessianSum += hessianSums[lane];
            }

            for (; r < last; r++)
            {
                float gradient = Math.Abs(gradients[r]);
                maxGradient = Math.Max(maxGradient, gradient);

                // A row without hessian has no weight, and is in no tree.
                rows += hessians[r] > 0 ? 1 : 0;
                least = hessians[r] > 0 ? Math.Min(least, hessians[r]) : least;
                max = Math.Max(max, hessians[r]);
                gradientSum += gradient;
                hessianSum += hessians[r];
            }

            return new PieceExtremes(maxGradient, least, max, gradientSum, hessianSum, rows);
        }

        public PieceExtremes With(in PieceExtremes other) => new(
            Math.Max(MaxGradient, other.MaxGradient),
            Math.Min(LeastHessian, other.LeastHessian),
            Math.Max(MaxHessian, other.MaxHessian),
            GradientSum + other.GradientSum,
            HessianSum + other.HessianSum,
            Rows + other.Rows);
    }
}
