using Ensembles.Numerics;
using Ensembles.Trees;

namespace Ensembles.NewtonBoosting;

/// <summary>
/// Draws the trees that a round leaves out, and scales trees afterwards, as XGBoost: trees are drawn one by one, also where a round has one a
/// class, and η is then divided by the number of classes.
/// </summary>
/// <param name="dropout">The hyper-parameters.</param>
/// <param name="seed">Where the draws come from.</param>
/// <param name="learningRate">η; the leaf values of the trees have it in them.</param>
internal sealed class TreeDropout(Dropout dropout, ulong seed, double learningRate)
{
    /// <summary>By tree whether the round leaves it out; empty where it leaves out none.</summary>
    /// <param name="round">The number of the round.</param>
    /// <param name="weights">By what each tree so far is multiplied.</param>
    public bool[] Draw(int round, List<double> weights)
    {
        ulong key = TreeKeys.OfDropout(seed, round);
        if (weights.Count == 0 || Uniform(key, 0) < dropout.SkipRate)
        {
            return [];
        }

        double total = weights.Sum();
        bool isWeighted = dropout.Sampling == DropoutSampling.Weighted;
        var dropped = new bool[weights.Count];
        bool any = false;
        for (int t = 0; t < dropped.Length; t++)
        {
            double rate = isWeighted ? dropout.Rate * dropped.Length * weights[t] / total : dropout.Rate;
            dropped[t] = Uniform(key, 2 + (ulong)t) < rate;
            any |= dropped[t];
        }

        if (!any && dropout.OneDrop)
        {
            dropped[One(Uniform(key, 1), isWeighted, weights, total)] = true;
            any = true;
        }

        return any ? dropped : [];
    }

    /// <summary>Scales the trees that were dropped, and the new ones.</summary>
    /// <param name="trees">All trees, those of the round last.</param>
    /// <param name="weights">By what each of them is multiplied.</param>
    /// <param name="dropped">By tree before the round whether it was dropped; at least one was.</param>
    public void Normalize(List<Tree> trees, List<double> weights, bool[] dropped)
    {
        int count = dropped.Count(isDropped => isDropped);
        double shrinkage = learningRate / (trees.Count - dropped.Length);
        bool isTree = dropout.Normalization == DropoutNormalization.Tree;
        double ofDropped = isTree ? count / (count + shrinkage) : 1 / (1 + shrinkage);
        double ofNew = isTree ? 1 / (count + shrinkage) : 1 / (1 + shrinkage);
        for (int t = 0; t < trees.Count; t++)
        {
            if (t >= dropped.Length || dropped[t])
            {
                double factor = t < dropped.Length ? ofDropped : ofNew;
                weights[t] *= factor;
                trees[t] = Scale(trees[t], factor);
            }
        }
    }

    private static double Uniform(ulong key, ulong number) => KeyedRandom.ToUnitDouble(KeyedRandom.Mix(key, number));

    private static int One(double uniform, bool isWeighted, List<double> weights, double total)
    {
        if (!isWeighted)
        {
            return (int)(uniform * weights.Count);
        }

        double below = 0;
        for (int t = 0; t < weights.Count; t++)
        {
            below += weights[t];
            if (uniform * total < below)
            {
                return t;
            }
        }

        return weights.Count - 1;
    }

    private static Tree Scale(Tree tree, double factor)
    {
        var values = new double[tree.LeafCount];
        for (int leaf = 0; leaf < values.Length; leaf++)
        {
            values[leaf] = factor * tree.LeafValue(leaf)[0];
        }

        return tree.WithLeafValues(values);
    }
}
