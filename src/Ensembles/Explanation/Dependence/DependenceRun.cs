using System.Globalization;
using Ensembles.Data;
using Ensembles.Learners;
using Ensembles.Numerics;

namespace Ensembles.Explanation.Dependence;

/// <summary>Computes partial dependence at the points of a grid, and the strength of interactions.</summary>
internal static class DependenceRun
{
    /// <summary>Partial dependence on one feature or two.</summary>
    public static PartialDependence Run(
        Model model, FeatureTable table, string[] features, PartialDependenceOptions? options, CancellationToken token)
    {
        PartialDependenceOptions how = options ?? PartialDependenceOptions.Default;
        how.Check();
        FeatureTable mapped = SchemaMapping.Map(table, model.Schema);
        int[] columns = Columns(model.Schema, features);
        double[][] grids = Array.ConvertAll(columns, column => DependenceGrid.Of(mapped, column, how));
        IMeanResponse response = Response(model, mapped, how.Method);
        int outputs = response.OutputNames.Length;
        int points = grids.Aggregate(1, (product, grid) => checked(product * grid.Length));
        var values = new double[points * outputs];
        double[] individual = Individual(how.KeepIndividual, points, mapped.RowCount, outputs);
        ParallelWork.For(points, how.Run.ThreadsWithoutSnapshots, token, point =>
        {
            double[] at = grids.Length == 1
                ? [grids[0][point]]
                : [grids[0][point / grids[1].Length], grids[1][point % grids[1].Length]];
            Span<double> means = values.AsSpan(point * outputs, outputs);
            if (!how.KeepIndividual)
            {
                response.At(columns, at, means);
                return;
            }

            Span<double> rows = individual.AsSpan(point * mapped.RowCount * outputs, mapped.RowCount * outputs);
            ((RowResponse)response).Predict(columns, at, rows);
            for (int i = 0; i < rows.Length; i++)
            {
                means[i % outputs] += rows[i];
            }

            foreach (ref double mean in means)
            {
                mean /= mapped.RowCount;
            }
        });
        return new PartialDependence(
            Array.ConvertAll(columns, column => model.Schema[column]), grids, response.OutputNames, response.Scale, values, individual);
    }

    /// <summary>The strengths of the interactions of pairs of features, in the order of the pairs.</summary>
    public static double[] Strengths(
        Model model,
        FeatureTable table,
        (int First, int Second)[] pairs,
        PartialDependenceMethod method,
        FitOptions? options,
        CancellationToken token)
    {
        FeatureTable mapped = SchemaMapping.Map(table, model.Schema);
        IMeanResponse response = Response(model, mapped, method);
        int threads = (options ?? FitOptions.Default).ThreadsWithoutSnapshots;
        double[] cells = new double[checked(mapped.RowCount * mapped.ColumnCount)];
        new RowSet(mapped, 0, mapped.RowCount).CopyRows(cells);
        var single = new Dictionary<int, double[]>();
        double[] OfOne(int column) => single.TryGetValue(column, out double[]? known)
            ? known
            : single[column] = AtRows(response, cells, mapped, [column], threads, token);
        return Array.ConvertAll(pairs, pair =>
        {
            double[] first = OfOne(pair.First);
            double[] second = OfOne(pair.Second);
            double[] both = AtRows(response, cells, mapped, [pair.First, pair.Second], threads, token);
            double apart = 0;
            double total = 0;
            for (int i = 0; i < both.Length; i++)
            {
                double difference = both[i] - first[i] - second[i];
                apart += difference * difference;
                total += both[i] * both[i];
            }

            // Below rounding there is nothing to have a share of.
            return total <= 1e-20 * both.Length ? 0 : Math.Sqrt(apart / total);
        });
    }

    /// <summary>The columns of features.</summary>
    /// <exception cref="ArgumentException">There is no such feature, or one is named twice.</exception>
    public static int[] Columns(FeatureSchema schema, string[] features)
    {
        int[] columns = Array.ConvertAll(features, feature =>
        {
            ArgumentNullException.ThrowIfNull(feature);
            int column = schema.IndexOf(feature);
            return column >= 0 ? column : throw new ArgumentException($"The model has no feature '{feature}'.", nameof(feature));
        });
        return columns.Distinct().Count() == columns.Length
            ? columns
            : throw new ArgumentException($"Feature '{features[0]}' is named twice.", nameof(features));
    }

    private static IMeanResponse Response(Model model, FeatureTable mapped, PartialDependenceMethod method) =>
        method == PartialDependenceMethod.Recursion ? new TreeResponse(TreeSum.Of(model)) : new RowResponse(model, mapped);

    /// <summary>The partial dependence at the rows' own values, less its mean over the rows: rows × outputs.</summary>
    private static double[] AtRows(
        IMeanResponse response, double[] cells, FeatureTable table, int[] columns, int threads, CancellationToken token)
    {
        int outputs = response.OutputNames.Length;
        var values = new double[table.RowCount * outputs];
        ParallelWork.For(table.RowCount, threads, token, r =>
            response.At(columns, Array.ConvertAll(columns, column => cells[(r * table.ColumnCount) + column]), values.AsSpan(r * outputs, outputs)));
        for (int k = 0; k < outputs; k++)
        {
            double mean = 0;
            for (int i = k; i < values.Length; i += outputs)
            {
                mean += values[i];
            }

            mean /= table.RowCount;
            for (int i = k; i < values.Length; i += outputs)
            {
                values[i] -= mean;
            }
        }

        return values;
    }

    private static double[] Individual(bool isKept, int points, int rows, int outputs)
    {
        if (!isKept)
        {
            return [];
        }

        long count = (long)points * rows * outputs;
        return count <= Array.MaxLength
            ? new double[count]
            : throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"{points} points of {rows} rows are more than an array holds: take fewer rows."), "table");
    }
}
