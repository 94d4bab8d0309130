using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Ensembles.Data;
using Ensembles.Numerics;

namespace Ensembles.LinearBoosting;

/// <summary>
/// The columns that coefficients multiply, with 0 where a cell is missing: a number as it is, and for each category the rows that have it.
/// Sums are taken over chunks of rows and then over the chunks, so they have the same bits at any number of threads and any vector width.
/// </summary>
internal sealed class LinearColumns : LinearScorer
{
    private readonly Column[] _columns;
    private readonly (double Gradient, double Hessian)[] _partial;

    /// <param name="table">The rows.</param>
    /// <param name="team">Who works on them.</param>
    /// <exception cref="ArgumentException">A cell is infinite.</exception>
    public LinearColumns(FeatureTable table, WorkerTeam team)
        : base(table, team)
    {
        _columns = new Column[LinearModel.OffsetsOf(table.Schema)[^1]];
        int next = 0;
        for (int f = 0; f < table.ColumnCount; f++)
        {
            double[] cells = table.Column(f);
            if (!table.Schema[f].IsCategorical)
            {
                _columns[next++] = OfNumbers(cells, table.Schema[f].Name);
                continue;
            }

            List<int>[] rows = [.. table.Schema[f].Categories.Select(_ => new List<int>())];
            for (int r = 0; r < cells.Length; r++)
            {
                if (!double.IsNaN(cells[r]))
                {
                    rows[(int)cells[r]].Add(r);
                }
            }

            foreach (List<int> list in rows)
            {
                _columns[next++] = new Column(null, [.. list], list.Count == 0 || list.Count == cells.Length);
            }
        }

        _partial = new (double, double)[ChunksOf(table.RowCount)];
    }

    /// <summary>The number of columns.</summary>
    public int Count => _columns.Length;

    /// <summary>Whether a column has one value only, so that it tells nothing that the intercept does not.</summary>
    public bool IsConstant(int column) => _columns[column].IsConstant;

    /// <summary>The sums of g·x and h·x² over the rows.</summary>
    public (double Gradient, double Hessian) Sum(int column, double[] gradients, double[] hessians)
    {
        Column x = _columns[column];
        int count = x.Values?.Length ?? x.Rows.Length;
        return Total(count, (first, end) => x.Values is null
            ? SumAt(x.Rows.AsSpan(first..end), gradients, hessians)
            : SumProducts(x.Values.AsSpan(first..end), gradients.AsSpan(first..end), hessians.AsSpan(first..end)));
    }

    /// <summary>The sums of g and h over the rows.</summary>
    public (double Gradient, double Hessian) Sum(double[] gradients, double[] hessians) => Total(gradients.Length, (first, end) =>
        (OrderedSum.Of(gradients.AsSpan(first..end)), OrderedSum.Of(hessians.AsSpan(first..end))));

    /// <summary>Moves the gradients on by what a step of a coefficient changes: h·x·step.</summary>
    public void Step(int column, double step, double[] gradients, double[] hessians)
    {
        Column x = _columns[column];
        ForEachChunk(x.Values?.Length ?? x.Rows.Length, (first, end) =>
        {
            for (int i = first; i < end; i++)
            {
                int row = x.Values is null ? x.Rows[i] : i;
                gradients[row] += hessians[row] * (x.Values is null ? 1 : x.Values[i]) * step;
            }
        });
    }

    /// <summary>Moves the gradients on by what a step of the intercept changes: h·step.</summary>
    public void Step(double step, double[] gradients, double[] hessians) => ForEachChunk(gradients.Length, (first, end) =>
    {
        for (int r = first; r < end; r++)
        {
            gradients[r] += hessians[r] * step;
        }
    });

    private static Column OfNumbers(double[] cells, string name)
    {
        bool isConstant = true;
        for (int r = 0; r < cells.Length; r++)
        {
            if (double.IsInfinity(cells[r]))
            {
                throw new ArgumentException(string.Create(
                    CultureInfo.InvariantCulture, $"Column '{name}', row {r}: linear boosting cannot learn from {cells[r]}."));
            }

            cells[r] = double.IsNaN(cells[r]) ? 0 : cells[r];
            isConstant &= cells[r] == cells[0];
        }

        return new Column(cells, [], isConstant);
    }

    private static (double Gradient, double Hessian) SumAt(ReadOnlySpan<int> rows, double[] gradients, double[] hessians)
    {
        double gradient = 0;
        double hessian = 0;
        foreach (int row in rows)
        {
            gradient += gradients[row];
            hessian += hessians[row];
        }

        return (gradient, hessian);
    }

    private static (double Gradient, double Hessian) SumProducts(
        ReadOnlySpan<double> x, ReadOnlySpan<double> gradients, ReadOnlySpan<double> hessians)
    {
        // Eight sums side by side whatever the machine has, and products rounded before they are added.
        Vector512<double> gradient = Vector512<double>.Zero;
        Vector512<double> hessian = Vector512<double>.Zero;
        ReadOnlySpan<Vector512<double>> xs = MemoryMarshal.Cast<double, Vector512<double>>(x);
        ReadOnlySpan<Vector512<double>> gs = MemoryMarshal.Cast<double, Vector512<double>>(gradients);
        ReadOnlySpan<Vector512<double>> hs = MemoryMarshal.Cast<double, Vector512<double>>(hessians);
        for (int i = 0; i < xs.Length; i++)
        {
            gradient += gs[i] * xs[i];
            hessian += hs[i] * xs[i] * xs[i];
        }

        double g = 0;
        double h = 0;
        for (int lane = 0; lane < Vector512<double>.Count; lane++)
        {
            g += gradient[lane];
            h += hessian[lane];
        }

        for (int i = xs.Length * Vector512<double>.Count; i < x.Length; i++)
        {
            g += gradients[i] * x[i];
            h += hessians[i] * x[i] * x[i];
        }

        return (g, h);
    }

    private (double Gradient, double Hessian) Total(int count, Func<int, int, (double Gradient, double Hessian)> sum)
    {
        ForEachChunk(count, (first, end) => _partial[first / RowsPerChunk] = sum(first, end));
        double gradient = 0;
        double hessian = 0;
        for (int chunk = 0; chunk < ChunksOf(count); chunk++)
        {
            gradient += _partial[chunk].Gradient;
            hessian += _partial[chunk].Hessian;
        }

        return (gradient, hessian);
    }

    /// <summary>Either a value for every row, or the rows where the value is 1.</summary>
    private sealed record Column(double[]? Values, int[] Rows, bool IsConstant);
}
