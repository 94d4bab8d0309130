namespace Ensembles.Explanation.Shapley;

/// <summary>How many points of an integral a loop body does at once: known when it is compiled.</summary>
internal interface IPointGroup
{
    /// <summary>The most points of a group.</summary>
    const int Most = 4;

    static abstract int Count { get; }
}

/// <summary>The last point of an odd number.</summary>
internal readonly struct OnePoint : IPointGroup
{
    public static int Count => 1;
}

/// <summary>Two points.</summary>
internal readonly struct TwoPoints : IPointGroup
{
    public static int Count => 2;
}

/// <summary>Three points: all of a tree of depth 5 or 6.</summary>
internal readonly struct ThreePoints : IPointGroup
{
    public static int Count => 3;
}

/// <summary>Four points: all of a tree of depth 7 or 8.</summary>
internal readonly struct FourPoints : IPointGroup
{
    public static int Count => 4;
}
