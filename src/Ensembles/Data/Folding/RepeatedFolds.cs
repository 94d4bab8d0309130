using Ensembles.Numerics;

namespace Ensembles.Data.Folding;

/// <summary>A plan several times over: the first time as it is, then with other seeds.</summary>
internal sealed class RepeatedFolds(FoldPlan plan, int times) : FoldPlan
{
    private const ulong RepeatKey = 0x52455045;

    /// <inheritdoc/>
    public override string ToString() => Text($"{times} times {plan}");

    internal override FoldPlan WithSeed(ulong seed) => new RepeatedFolds(plan.WithSeed(seed)!, times);

    internal override Fold[] Make(Dataset data) =>
        [.. Enumerable.Range(0, times).SelectMany(t => (t == 0 ? plan : plan.WithSeed(KeyedRandom.Mix(RepeatKey, (ulong)t))!).Make(data))];
}
