using Ensembles.Data;
using Ensembles.Prediction;
using Ensembles.Trees;

namespace Ensembles.NewtonBoosting;

/// <summary>What boosting gives: trees dealt to the outputs in turn, and what training knew of them.</summary>
/// <param name="BaseScores">The scores before the first tree.</param>
/// <param name="Trees">Round after round, and within a round output after output.</param>
/// <param name="Statistics">One a tree.</param>
/// <param name="Weights">By what dropout has multiplied the leaf values of each tree.</param>
internal sealed record BoostedTrees(double[] BaseScores, List<Tree> Trees, List<TreeStatistics> Statistics, List<double> Weights)
{
    /// <summary>The number of rounds.</summary>
    public int RoundCount => Trees.Count / BaseScores.Length;

    /// <summary>The trees and what they add to which score.</summary>
    public TreeEnsemble Ensemble { get; } = TreeEnsemble.OfRounds(Trees, BaseScores.Length);

    /// <summary>Adds up the base scores and the leaf weights of rows.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="scores">Rows × outputs.</param>
    public void Score(in RowSet rows, Span<double> scores)
    {
        Begin(scores);
        Ensemble.Add(rows, scores);
    }

    /// <summary>The scores of the rows of a table after each round: one array, changed from round to round.</summary>
    /// <param name="table">The rows, under the schema of the model.</param>
    /// <returns>Rows × outputs, as often as there are rounds.</returns>
    public IEnumerable<double[]> StagedScores(FeatureTable table)
    {
        var scores = new double[table.RowCount * BaseScores.Length];
        Begin(scores);
        return TreeScores.ByRound(Trees, BaseScores.Length, table, scores);
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

    private void Begin(Span<double> scores)
    {
        for (int i = 0; i < scores.Length; i++)
        {
            scores[i] = BaseScores[i % BaseScores.Length];
        }
    }
}
