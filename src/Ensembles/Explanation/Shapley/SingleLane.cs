namespace Ensembles.Explanation.Shapley;

/// <summary>One row: where there are no vectors, and what the others are compared with.</summary>
internal readonly unsafe struct SingleLane(double value) : ILanes<SingleLane>
{
    private readonly double _value = value;

    public static int Count => 1;

    public static SingleLane Of(double value) => new(value);

    public static SingleLane Load(double* source) => new(*source);

    public static void Store(double* target, SingleLane value) => *target = value._value;

    public static SingleLane operator +(SingleLane left, SingleLane right) => new(left._value + right._value);

    public static SingleLane operator -(SingleLane left, SingleLane right) => new(left._value - right._value);

    public static SingleLane operator *(SingleLane left, SingleLane right) => new(left._value * right._value);

    public static SingleLane AtMost(SingleLane value, SingleLane threshold) => new(value._value <= threshold._value ? 1 : 0);

    public static SingleLane NotAbove(SingleLane value, SingleLane threshold) => new(value._value > threshold._value ? 0 : 1);
}
