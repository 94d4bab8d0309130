using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Ensembles.Numerics;

/// <summary>Sixteen numbers of a list as floats, each rounded to the nearest; at the end of a list there may be fewer.</summary>
internal static class FloatLanes
{
    public const int Count = 16;

    /// <summary>The first sixteen doubles; where there are fewer, zeros follow.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Of(ReadOnlySpan<double> values) => values.Length >= Count
        ? Vector512.Narrow(Vector512.Create(values), Vector512.Create(values[(Count / 2)..]))
        : OfFew(values);

    /// <summary>The first sixteen integers; where there are fewer, zeros follow.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Of(ReadOnlySpan<int> values) => values.Length >= Count
        ? Vector512.ConvertToSingle(Vector512.Create(values))
        : OfFew(values);

    /// <summary>Writes the lanes, as many as there are places.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Write(Vector512<float> lanes, Span<float> target)
    {
        if (target.Length >= Count)
        {
            lanes.CopyTo(target);
        }
        else
        {
            WriteFew(lanes, target);
        }
    }

    private static Vector512<float> OfFew<T>(ReadOnlySpan<T> values)
        where T : System.Numerics.INumberBase<T>
    {
        Span<float> lanes = stackalloc float[Count];
        lanes.Clear();
        for (int i = 0; i < values.Length; i++)
        {
            lanes[i] = float.CreateTruncating(values[i]);
        }

        return Vector512.Create<float>(lanes);
    }

    private static void WriteFew(Vector512<float> lanes, Span<float> target)
    {
        for (int i = 0; i < target.Length; i++)
        {
            target[i] = lanes[i];
        }
    }
}
