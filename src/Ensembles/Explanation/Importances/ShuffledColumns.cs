using Ensembles.Data;
using Ensembles.Learners;
using Ensembles.Numerics;

namespace Ensembles.Explanation.Importances;

/// <summary>Permutation importances of any model: its metric with the values of one feature shuffled among the rows.</summary>
internal static class ShuffledColumns
{
    private const ulong PermutationKey = 0x5045524D;

    /// <summary>The importances, in the order of the features.</summary>
    /// <param name="model">The model.</param>
    /// <param name="table">The rows.</param>
    /// <param name="loss">What predictions cost: less is better.</param>
    /// <param name="repeats">How often each feature is shuffled.</param>
    /// <param name="seed">The source of the permutations.</param>
    /// <param name="threads">The most threads to use.</param>
    /// <param name="token">Ends it early.</param>
    public static ImportanceList<PermutationImportance> Compute(
        Model model, FeatureTable table, Func<double[], double> loss, int repeats, ulong seed, int threads, CancellationToken token)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(repeats, 1);
        FeatureTable mapped = SchemaMapping.Map(table, model.Schema);
        int width = mapped.ColumnCount;
        int rows = mapped.RowCount;
        var cells = new double[checked(rows * width)];
        new RowSet(mapped, 0, rows).CopyRows(cells);
        double before = loss(Predict(model, cells));
        var rises = new double[width * repeats];
        ParallelWork.For(rises.Length, threads, token, i =>
        {
            int feature = i / repeats;
            int[] order = RowSampling.Permutation(rows, KeyedRandom.Mix(KeyedRandom.Mix(seed, PermutationKey), (ulong)feature, (ulong)(i % repeats)));
            var shuffled = (double[])cells.Clone();
            for (int r = 0; r < rows; r++)
            {
                shuffled[(r * width) + feature] = cells[(order[r] * width) + feature];
            }

            rises[i] = loss(Predict(model, shuffled)) - before;
        });
        return PermutationImportance.List(
            [.. model.Schema.Select((feature, f) => PermutationImportance.Of(feature.Name, rises.AsSpan(f * repeats, repeats)))]);
    }

    private static double[] Predict(Model model, double[] cells)
    {
        var predictions = new double[cells.Length / model.Schema.Count * model.OutputCount];
        model.PredictBlock(new RowSet(cells, model.Schema.Count), predictions);
        return predictions;
    }
}
