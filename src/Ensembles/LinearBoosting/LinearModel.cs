using Ensembles.Data;

namespace Ensembles.LinearBoosting;

/// <summary>Intercepts and coefficients: one a number, one a category of a categorical feature, for every output.</summary>
internal sealed class LinearModel
{
    /// <param name="schema">The features.</param>
    /// <param name="baseScores">The score of each output before the first round.</param>
    public LinearModel(FeatureSchema schema, double[] baseScores)
    {
        Offsets = OffsetsOf(schema);
        BaseScores = baseScores;
        Intercepts = [.. baseScores];
        Coefficients = [.. baseScores.Select(_ => new double[Offsets[^1]])];
    }

    private LinearModel(LinearModel other)
    {
        Offsets = other.Offsets;
        BaseScores = other.BaseScores;
        RoundCount = other.RoundCount;
        Intercepts = [.. other.Intercepts];
        Coefficients = [.. other.Coefficients.Select(coefficients => (double[])coefficients.Clone())];
    }

    /// <summary>By feature, and once more at the end, its first coefficient.</summary>
    public int[] Offsets { get; }

    public double[] BaseScores { get; }

    /// <summary>One an output; the base score is in them.</summary>
    public double[] Intercepts { get; }

    /// <summary>By output.</summary>
    public double[][] Coefficients { get; }

    /// <summary>The rounds that made it.</summary>
    public int RoundCount { get; set; }

    public static int[] OffsetsOf(FeatureSchema schema)
    {
        var offsets = new int[schema.Count + 1];
        for (int f = 0; f < schema.Count; f++)
        {
            offsets[f + 1] = offsets[f] + (schema[f].IsCategorical ? schema[f].Categories.Count : 1);
        }

        return offsets;
    }

    public LinearModel Copy() => new(this);

    /// <summary>What a cell adds to a score.</summary>
    public double Contribution(int output, int feature, bool isCategorical, double cell)
    {
        double[] coefficients = Coefficients[output];
        int offset = Offsets[feature];
        if (isCategorical)
        {
            return cell >= 0 && cell < Offsets[feature + 1] - offset ? coefficients[offset + (int)cell] : 0;
        }

        // Nothing of a column that has no say, whatever its value.
        return double.IsNaN(cell) || coefficients[offset] == 0 ? 0 : coefficients[offset] * cell;
    }

    /// <summary>The scores of rows.</summary>
    /// <param name="schema">The features.</param>
    /// <param name="rows">Count × features, row after row.</param>
    /// <param name="count">The number of rows.</param>
    /// <param name="scores">Count × outputs.</param>
    public void Score(FeatureSchema schema, ReadOnlySpan<double> rows, int count, Span<double> scores)
    {
        int outputs = Intercepts.Length;
        int features = schema.Count;
        for (int r = 0; r < count; r++)
        {
            Intercepts.CopyTo(scores[(r * outputs)..]);
        }

        for (int f = 0; f < features; f++)
        {
            bool isCategorical = schema[f].IsCategorical;
            for (int r = 0; r < count; r++)
            {
                for (int k = 0; k < outputs; k++)
                {
                    scores[(r * outputs) + k] += Contribution(k, f, isCategorical, rows[(r * features) + f]);
                }
            }
        }
    }
}
