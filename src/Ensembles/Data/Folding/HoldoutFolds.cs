using Ensembles.Numerics;

namespace Ensembles.Data.Folding;

/// <summary>Random splits, each drawn anew.</summary>
internal sealed class HoldoutFolds : FoldPlan
{
    private readonly double _trainFraction;
    private readonly int _count;
    private readonly ulong _seed;

    public HoldoutFolds(double trainFraction, int count, ulong seed)
    {
        Dataset.CheckFraction(trainFraction, nameof(trainFraction));
        _trainFraction = trainFraction;
        _count = CheckCount(count, 1);
        _seed = seed;
    }

    /// <inheritdoc/>
    public override string ToString() => Text($"{_count} random splits, {_trainFraction} to learn from, seed {_seed}");

    internal override FoldPlan WithSeed(ulong seed) => new HoldoutFolds(_trainFraction, _count, KeyedRandom.Mix(_seed, seed));

    internal override Fold[] Make(Dataset data)
    {
        var folds = new Fold[_count];
        for (int k = 0; k < _count; k++)
        {
            // The first split is that of Dataset.Split or SplitStratified by the same seed.
            bool[] first = data.MarkSplit(_trainFraction, k == 0 ? _seed : KeyedRandom.Mix(_seed, (ulong)k));
            folds[k] = Fold.FromAssigned(Array.ConvertAll(first, isFirst => isFirst ? 1 : 0), 2)[0];
        }

        return folds;
    }
}
