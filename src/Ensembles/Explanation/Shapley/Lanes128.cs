using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Ensembles.Explanation.Shapley;

/// <summary>Two rows.</summary>
internal readonly unsafe struct Lanes128(Vector128<double> values) : ILanes<Lanes128>
{
    private readonly Vector128<double> _values = values;

    public static int Count => 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Of(double value) => new(Vector128.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Load(double* source) => new(Vector128.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(double* target, Lanes128 value) => value._values.Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 operator +(Lanes128 left, Lanes128 right) => new(left._values + right._values);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 operator -(Lanes128 left, Lanes128 right) => new(left._values - right._values);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 operator *(Lanes128 left, Lanes128 right) => new(left._values * right._values);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 AtMost(Lanes128 value, Lanes128 threshold) =>
        new(Vector128.ConditionalSelect(
            Vector128.LessThanOrEqual(value._values, threshold._values), Vector128<double>.One, Vector128<double>.Zero));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 NotAbove(Lanes128 value, Lanes128 threshold) =>
        new(Vector128.ConditionalSelect(
            Vector128.GreaterThan(value._values, threshold._values), Vector128<double>.Zero, Vector128<double>.One));
}
