using Ensembles.Data;
using Ensembles.Explanation;
using Ensembles.Numerics;
using Ensembles.Trees;

namespace Ensembles.RandomForests;

/// <summary>
/// Out-of-bag permutation importances (Breiman 2001): each tree predicts the rows that it did not draw, then again with the values
/// of one feature shuffled among these rows; by how much its error rises is what the feature is worth to it.
/// </summary>
/// <param name="forest">The trees.</param>
/// <param name="sampler">Which rows they drew.</param>
/// <param name="data">The training set.</param>
/// <param name="seed">The source of the permutations.</param>
internal abstract class ForestPermutation(Forest forest, RowSampler sampler, Dataset data, ulong seed)
{
    private const ulong PermutationKey = 0x5045524D;

    /// <summary>The loss of a row of the training set where its leaf has this value.</summary>
    protected abstract double Loss(int row, ReadOnlySpan<double> leafValue);

    /// <summary>The importances, in the order of the features.</summary>
    /// <param name="repeats">How many permutations each tree tries of each feature.</param>
    /// <param name="threads">The most threads to use.</param>
    /// <param name="cancellationToken">Ends the work between two trees.</param>
    /// <exception cref="InvalidOperationException">No tree leaves a row out.</exception>
    public ImportanceList<PermutationImportance> Compute(int repeats, int threads, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(repeats, 1);
        var rises = new double[forest.Trees.Count][];
        ParallelWork.For(
            rises.Length, threads, cancellationToken, () => new int[data.RowCount], (t, counts) => rises[t] = RisesOf(t, repeats, counts));

        double[][] known = [.. rises.Where(ofTree => ofTree.Length > 0)];
        return known.Length == 0
            ? throw new InvalidOperationException("No tree leaves a row out, so there is no row to try permutations on.")
            : PermutationImportance.List(
            [
                .. data.Schema.Select((feature, f) =>
                    PermutationImportance.Of(feature.Name, Array.ConvertAll(known, ofTree => ofTree[f]))),
            ]);
    }

    /// <summary>By feature the rise of the error of a tree; empty where it leaves no row out.</summary>
    private double[] RisesOf(int number, int repeats, int[] counts)
    {
        sampler.Draw(number, counts);
        int[] rows = [.. Enumerable.Range(0, sampler.Rows.Length).Select(i => sampler.Rows[i]).Where(r => counts[r] == 0)];
        if (rows.Length == 0)
        {
            return [];
        }

        Tree tree = forest.Trees[number];
        int width = data.Schema.Count;
        var cells = new double[(long)rows.Length * width];
        data.Features.GatherRows(rows, cells);
        double before = MeanLoss(tree, rows, cells);
        var rises = new double[width];
        var column = new double[rows.Length];
        foreach (int feature in Enumerable.Range(0, tree.InnerCount).Select(tree.Feature).Distinct().Order())
        {
            for (int i = 0; i < rows.Length; i++)
            {
                column[i] = cells[(i * width) + feature];
            }

            for (int repeat = 0; repeat < repeats; repeat++)
            {
                ulong key = KeyedRandom.Mix(KeyedRandom.Mix(seed, PermutationKey, (ulong)number), (ulong)feature, (ulong)repeat);
                int[] order = RowSampling.Permutation(rows.Length, key);
                for (int i = 0; i < rows.Length; i++)
                {
                    cells[(i * width) + feature] = column[order[i]];
                }

                rises[feature] += (MeanLoss(tree, rows, cells) - before) / repeats;
            }

            for (int i = 0; i < rows.Length; i++)
            {
                cells[(i * width) + feature] = column[i];
            }
        }

        return rises;
    }

    private double MeanLoss(Tree tree, int[] rows, double[] cells)
    {
        int width = data.Schema.Count;
        ReadOnlySpan<double> weights = data.Weights;
        double loss = 0;
        double total = 0;
        for (int i = 0; i < rows.Length; i++)
        {
            double weight = weights.IsEmpty ? 1 : weights[rows[i]];
            loss += weight * Loss(rows[i], tree.LeafValue(tree.LeafOf(cells.AsSpan(i * width, width))));
            total += weight;
        }

        return loss / total;
    }
}
