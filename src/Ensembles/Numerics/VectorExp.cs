using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Ensembles.Numerics;

/// <summary>
/// The exponential of sixteen floats at a time, to about two units in the last place. Only IEEE additions and multiplications, none fused,
/// so a machine without such vectors computes the same bits lane by lane.
/// </summary>
internal static class VectorExp
{
    private const float LowestArgument = -87f;
    private const float InverseLn2 = 1.44269504f;

    // The upper part has few bits, so its product with an exponent is exact.
    private const float Ln2High = 0.693359375f;
    private const float Ln2Low = -2.12194440e-4f;

    /// <summary>e to the power x for x ≤ 0; below −87 as at −87.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> OfNegative(Vector512<float> x)
    {
        x = Vector512.ConditionalSelect(Vector512.GreaterThan(x, Vector512.Create(LowestArgument)), x, Vector512.Create(LowestArgument));
        Vector512<float> k = Vector512.Floor((x * Vector512.Create(InverseLn2)) + Vector512.Create(0.5f));
        Vector512<float> r = x - (k * Vector512.Create(Ln2High));
        r -= k * Vector512.Create(Ln2Low);

        // The Taylor series: |r| ≤ ln 2 / 2, so the first term left out, r⁷/7!, is below 2⁻²³.
        Vector512<float> p = Vector512.Create(1f / 720);
        p = (p * r) + Vector512.Create(1f / 120);
        p = (p * r) + Vector512.Create(1f / 24);
        p = (p * r) + Vector512.Create(1f / 6);
        p = (p * r) + Vector512.Create(0.5f);
        p = (p * r) + Vector512.Create(1f);
        p = (p * r) + Vector512.Create(1f);
        Vector512<int> exponent = Vector512.ConvertToInt32(k) << 23;
        return (p.AsInt32() + exponent).AsSingle();
    }
}
