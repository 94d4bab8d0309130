using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Ensembles.Explanation.Shapley;

/// <summary>Four rows.</summary>
internal readonly unsafe struct Lanes256(Vector256<double> values) : ILanes<Lanes256>
{
    private readonly Vector256<double> _values = values;

    public static int Count => 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Of(double value) => new(Vector256.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Load(double* source) => new(Vector256.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(double* target, Lanes256 value) => value._values.Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 operator +(Lanes256 left, Lanes256 right) => new(left._values + right._values);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 operator -(Lanes256 left, Lanes256 right) => new(left._values - right._values);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 operator *(Lanes256 left, Lanes256 right) => new(left._values * right._values);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 AtMost(Lanes256 value, Lanes256 threshold) =>
        new(Vector256.ConditionalSelect(
            Vector256.LessThanOrEqual(value._values, threshold._values), Vector256<double>.One, Vector256<double>.Zero));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 NotAbove(Lanes256 value, Lanes256 threshold) =>
        new(Vector256.ConditionalSelect(
            Vector256.GreaterThan(value._values, threshold._values), Vector256<double>.Zero, Vector256<double>.One));
}
