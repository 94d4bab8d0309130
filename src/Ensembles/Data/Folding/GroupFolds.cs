using Ensembles.Numerics;

namespace Ensembles.Data.Folding;

/// <summary>Folds of whole groups, dealt greedily so that sizes, or the shares of the classes, come out alike.</summary>
internal sealed class GroupFolds : FoldPlan
{
    private readonly RowGroups _groups;
    private readonly int _count;
    private readonly ulong _seed;
    private readonly bool _stratified;

    public GroupFolds(RowGroups groups, int count, ulong seed, bool stratified)
    {
        _groups = groups;
        _count = CheckCount(count);
        _seed = seed;
        _stratified = stratified;
        if (groups.Count < count)
        {
            throw new ArgumentException(Text($"{count} folds need as many groups; there are {groups.Count}."), nameof(groups));
        }
    }

    /// <inheritdoc/>
    public override string ToString() =>
        Text($"{_count} {Kind}folds of {Counted.Text(_groups.Count, "group", "groups")}, seed {_seed}");

    private string Kind => _stratified ? "stratified " : string.Empty;

    internal override FoldPlan WithSeed(ulong seed) => new GroupFolds(_groups, _count, KeyedRandom.Mix(_seed, seed), _stratified);

    internal override Fold[] Make(Dataset data)
    {
        _groups.Check(data);
        int[] foldOfGroup = !_stratified ? BySize()
            : data is ClassificationDataset classification ? ByClasses(classification)
            : throw new ArgumentException("Stratified folds of groups need classes; these data have numbers.", nameof(data));
        return Fold.FromAssigned(_groups.Assign(foldOfGroup), _count);
    }

    private int[] BySize()
    {
        int[] shuffled = RowSampling.Permutation(_groups.Count, _seed);
        var sizes = new int[_count];
        var foldOf = new int[_groups.Count];
        foreach (int group in shuffled.OrderByDescending(g => _groups.Sizes[g]))
        {
            int smallest = Array.IndexOf(sizes, sizes.Min());
            foldOf[group] = smallest;
            sizes[smallest] += _groups.Sizes[group];
        }

        return foldOf;
    }

    private int[] ByClasses(ClassificationDataset data)
    {
        double[] totals = Array.ConvertAll(data.CountByClass(), n => (double)n);
        var shares = new double[_groups.Count][];
        for (int g = 0; g < shares.Length; g++)
        {
            shares[g] = new double[totals.Length];
        }

        for (int r = 0; r < data.RowCount; r++)
        {
            int label = data.LabelArray[r];
            shares[_groups.GroupOf[r]][label] += 1 / totals[label];
        }

        var folds = new double[_count][];
        for (int k = 0; k < _count; k++)
        {
            folds[k] = new double[totals.Length];
        }

        var sizes = new int[_count];
        var groupsOf = new int[_count];
        var foldOf = new int[_groups.Count];
        int left = _groups.Count;
        foreach (int group in RowSampling.Permutation(_groups.Count, _seed).OrderByDescending(g => Variance(shares[g])))
        {
            // No fold may stay empty: once there are no more groups than empty folds, these get them.
            bool onlyEmpty = left-- <= groupsOf.AsSpan().Count(0);
            int best = -1;
            double bestSpread = 0;
            for (int k = 0; k < _count; k++)
            {
                if (onlyEmpty && groupsOf[k] > 0)
                {
                    continue;
                }

                double spread = SpreadWith(folds, k, shares[group]);
                if (best < 0 || spread < bestSpread || (spread == bestSpread && sizes[k] < sizes[best]))
                {
                    best = k;
                    bestSpread = spread;
                }
            }

            foldOf[group] = best;
            sizes[best] += _groups.Sizes[group];
            groupsOf[best]++;
            Add(folds[best], shares[group]);
        }

        return foldOf;
    }

    /// <summary>How unlike the folds are, summed over the classes, when one has taken a group.</summary>
    private static double SpreadWith(double[][] folds, int taker, double[] shares)
    {
        double spread = 0;
        var column = new double[folds.Length];
        for (int c = 0; c < shares.Length; c++)
        {
            for (int k = 0; k < folds.Length; k++)
            {
                column[k] = folds[k][c] + (k == taker ? shares[c] : 0);
            }

            spread += Math.Sqrt(Variance(column));
        }

        return spread;
    }

    private static double Variance(double[] values)
    {
        double mean = values.Sum() / values.Length;
        return values.Sum(value => (value - mean) * (value - mean)) / values.Length;
    }

    private static void Add(double[] sums, double[] terms)
    {
        for (int i = 0; i < sums.Length; i++)
        {
            sums[i] += terms[i];
        }
    }
}
