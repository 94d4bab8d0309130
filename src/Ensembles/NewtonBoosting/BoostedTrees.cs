using Ensembles.Trees;

namespace Ensembles.NewtonBoosting;

/// <summary>What boosting gives: trees dealt to the outputs in turn, what training knew of them, and the losses of the rounds.</summary>
/// <param name="BaseScores">The scores before the first tree.</param>
/// <param name="Trees">Round after round, and within a round output after output.</param>
/// <param name="Statistics">One a tree.</param>
/// <param name="ValidationLosses">One a round that was run; empty without a validation set.</param>
/// <param name="BestRound">The round of the least of them, from 0.</param>
internal sealed record BoostedTrees(
    double[] BaseScores, List<Tree> Trees, List<TreeStatistics> Statistics, List<double> ValidationLosses, int BestRound)
{
    /// <summary>Adds up the base scores and the leaf weights of rows.</summary>
    /// <param name="rows">Count × features, row after row.</param>
    /// <param name="count">The number of rows.</param>
    /// <param name="scores">Count × outputs.</param>
    public void Score(ReadOnlySpan<double> rows, int count, Span<double> scores)
    {
        int outputs = BaseScores.Length;
        int features = rows.Length / count;
        for (int i = 0; i < scores.Length; i++)
        {
            scores[i] = BaseScores[i % outputs];
        }

        for (int t = 0; t < Trees.Count; t++)
        {
            Tree tree = Trees[t];
            int output = t % outputs;
            for (int r = 0; r < count; r++)
            {
                scores[(r * outputs) + output] += tree.LeafValue(tree.LeafOf(rows.Slice(r * features, features)))[0];
            }
        }
    }

    /// <summary>The importances of features by one of the ways to count.</summary>
    public double[] Importances(BoostingImportance kind, int featureCount)
    {
        var totals = new double[featureCount];
        var splits = new double[featureCount];
        for (int t = 0; t < Trees.Count; t++)
        {
            for (int node = 0; node < Trees[t].InnerCount; node++)
            {
                int feature = Trees[t].Feature(node);
                splits[feature]++;
                totals[feature] += kind is BoostingImportance.Cover or BoostingImportance.TotalCover
                    ? Statistics[t].Cover(node)
                    : Statistics[t].Gain(node);
            }
        }

        for (int f = 0; f < featureCount; f++)
        {
            totals[f] = kind switch
            {
                BoostingImportance.Weight => splits[f],
                BoostingImportance.Gain or BoostingImportance.Cover => splits[f] > 0 ? totals[f] / splits[f] : 0,
                _ => totals[f],
            };
        }

        return totals;
    }
}
