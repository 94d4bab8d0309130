using Ensembles.Numerics;

namespace Ensembles.Data.Folding;

/// <summary>What random folds keep alike.</summary>
internal enum FoldKind
{
    /// <summary>The classes where there are any.</summary>
    Standard,

    /// <summary>Sizes only.</summary>
    Even,

    /// <summary>The classes or the distribution of the targets.</summary>
    Stratified,
}

/// <summary>Folds at random.</summary>
internal sealed class RandomFolds(int count, ulong seed, FoldKind kind) : FoldPlan
{
    private readonly int _count = CheckCount(count);

    /// <inheritdoc/>
    public override string ToString() =>
        Text($"{_count} {(kind == FoldKind.Stratified ? "stratified " : kind == FoldKind.Even ? "even " : string.Empty)}folds, seed {seed}");

    internal override FoldPlan WithSeed(ulong other) => new RandomFolds(_count, KeyedRandom.Mix(seed, other), kind);

    internal override Fold[] Make(Dataset data)
    {
        CheckRows(data, _count);
        int[] assigned = kind switch
        {
            FoldKind.Even => data.EvenFolds(_count, seed),
            FoldKind.Stratified when data is RegressionDataset regression => ByTarget(regression),
            _ => data.AssignFolds(_count, seed),
        };
        return Fold.FromAssigned(assigned, _count);
    }

    /// <summary>The rows sorted by target, equal ones in random order; of each run of as many rows as folds every fold gets one.</summary>
    private int[] ByTarget(RegressionDataset data)
    {
        int[] order = RowSampling.Permutation(data.RowCount, seed);
        double[] targets = data.TargetArray;
        int[] sorted = [.. order.OrderBy(r => targets[r])];
        var assigned = new int[sorted.Length];
        for (int first = 0; first < sorted.Length; first += _count)
        {
            int[] folds = RowSampling.Permutation(_count, KeyedRandom.Mix(seed, (ulong)first));
            for (int i = first; i < Math.Min(first + _count, sorted.Length); i++)
            {
                assigned[sorted[i]] = folds[i - first];
            }
        }

        return assigned;
    }
}
