using Ensembles.Data;
using Ensembles.Numerics;

namespace Ensembles.Datasets;

/// <summary>
/// Generated data with a known truth, after the designs that the literature compares methods on. The numbers are the same on
/// every machine, and row i is a function of the seed and i alone: a larger set starts with the rows of a smaller one.
/// </summary>
/// <remarks>Features are floats, four bytes a cell; targets are computed, as doubles, from the features as they are stored.</remarks>
public static partial class SyntheticData
{
    // Each design draws from keys of its own, so that two of them never share their numbers under one seed.
    private enum Design : ulong
    {
        Friedman1 = 1,
        Friedman2And3,
        TwoMoons,
        Hastie,
        Hypercube,
        SparseRegression,
        HiggsLike,
    }

    /// <summary>The random numbers of one row, in the order in which the design uses them.</summary>
    private static RandomStream RowStream(Design design, ulong seed, int row) =>
        new(KeyedRandom.Mix(seed, (ulong)design, (ulong)row));

    /// <summary>The random numbers of what all rows have in common.</summary>
    private static RandomStream SharedStream(Design design, ulong seed) => new(KeyedRandom.Mix(seed, (ulong)design, ulong.MaxValue));

    /// <summary>A float strictly between 0 and 1: an odd multiple of 2⁻²⁴.</summary>
    private static float NextFloat(ref RandomStream random) => ((2 * (random.NextUInt64() >> 41)) + 1) * (1f / (1 << 24));

    private static float[][] NewColumns(int rows, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        var cells = new float[columns][];
        for (int c = 0; c < columns; c++)
        {
            cells[c] = new float[rows];
        }

        return cells;
    }

    private static void CheckNoise(double noise)
    {
        if (!(noise >= 0 && double.IsFinite(noise)))
        {
            throw new ArgumentOutOfRangeException(nameof(noise), noise, "The noise is a standard deviation: finite and not negative.");
        }
    }

    /// <summary>A table that keeps the given arrays.</summary>
    private static FeatureTable Table(float[][] columns, IReadOnlyList<string>? names = null)
    {
        FeatureSchema schema = FeatureSchema.Numeric(columns.Length, names);
        var builder = new FeatureTableBuilder();
        for (int c = 0; c < columns.Length; c++)
        {
            builder.Add(schema[c], new FloatColumn(columns[c]));
        }

        return builder.Build();
    }
}
