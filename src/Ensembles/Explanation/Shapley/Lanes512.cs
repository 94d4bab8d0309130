using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Ensembles.Explanation.Shapley;

/// <summary>Eight rows.</summary>
internal readonly unsafe struct Lanes512(Vector512<double> values) : ILanes<Lanes512>
{
    private readonly Vector512<double> _values = values;

    public static int Count => 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Of(double value) => new(Vector512.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Load(double* source) => new(Vector512.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(double* target, Lanes512 value) => value._values.Store(target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 operator +(Lanes512 left, Lanes512 right) => new(left._values + right._values);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 operator -(Lanes512 left, Lanes512 right) => new(left._values - right._values);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 operator *(Lanes512 left, Lanes512 right) => new(left._values * right._values);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 AtMost(Lanes512 value, Lanes512 threshold) =>
        new(Vector512.ConditionalSelect(
            Vector512.LessThanOrEqual(value._values, threshold._values), Vector512<double>.One, Vector512<double>.Zero));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 NotAbove(Lanes512 value, Lanes512 threshold) =>
        new(Vector512.ConditionalSelect(
            Vector512.GreaterThan(value._values, threshold._values), Vector512<double>.Zero, Vector512<double>.One));
}
