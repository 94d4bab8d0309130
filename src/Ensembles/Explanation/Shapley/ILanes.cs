namespace Ensembles.Explanation.Shapley;

/// <summary>
/// A number for each of a few rows, in one register; a kernel is written once and compiled for each width. All operations round as those
/// of single numbers do, so every width gives the same bits.
/// </summary>
/// <typeparam name="TSelf">The type itself.</typeparam>
internal unsafe interface ILanes<TSelf>
    where TSelf : struct, ILanes<TSelf>
{
    /// <summary>The number of rows.</summary>
    static abstract int Count { get; }

    static abstract TSelf Of(double value);

    static abstract TSelf Load(double* source);

    static abstract void Store(double* target, TSelf value);

    static abstract TSelf operator +(TSelf left, TSelf right);

    static abstract TSelf operator -(TSelf left, TSelf right);

    static abstract TSelf operator *(TSelf left, TSelf right);

    /// <summary>1 where a value is at most the threshold, otherwise and for NaN 0.</summary>
    static abstract TSelf AtMost(TSelf value, TSelf threshold);

    /// <summary>1 where a value is at most the threshold or NaN, otherwise 0.</summary>
    static abstract TSelf NotAbove(TSelf value, TSelf threshold);
}
