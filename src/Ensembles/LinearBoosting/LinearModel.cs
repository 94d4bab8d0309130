using Ensembles.Data;

namespace Ensembles.LinearBoosting;

/// <summary>Intercepts and coefficients: one a number, one a category of a categorical feature, for every output.</summary>
internal sealed class LinearModel
{
    // Rows that pass one feature after the other together.
    private const int BlockRows = 256;

    /// <param name="schema">The features.</param>
    /// <param name="baseScores">The score of each output before the first round.</param>
    public LinearModel(FeatureSchema schema, double[] baseScores)
    {
        Offsets = OffsetsOf(schema);
        BaseScores = baseScores;
        Intercepts = [.. baseScores];
        Coefficients = [.. baseScores.Select(_ => new double[Offsets[^1]])];
    }

    /// <summary>A model as it was.</summary>
    /// <param name="schema">The features.</param>
    /// <param name="baseScores">The score of each output before the first round.</param>
    /// <param name="intercepts">One an output.</param>
    /// <param name="coefficients">By output.</param>
    /// <param name="roundCount">The rounds that made it.</param>
    public LinearModel(FeatureSchema schema, double[] baseScores, double[] intercepts, double[][] coefficients, int roundCount)
    {
        Offsets = OffsetsOf(schema);
        BaseScores = baseScores;
        Intercepts = intercepts;
        Coefficients = coefficients;
        RoundCount = roundCount;
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

    /// <summary>Becomes what a round made of it.</summary>
    /// <exception cref="InvalidDataException">The round is of a model with other outputs.</exception>
    public void Take(LinearRound round)
    {
        if (round.Intercepts.Length != Intercepts.Length)
        {
            throw new InvalidDataException("A round of the snapshot has not as many outputs as it should.");
        }

        round.Intercepts.CopyTo(Intercepts, 0);
        for (int k = 0; k < Coefficients.Length; k++)
        {
            round.Coefficients[k].CopyTo(Coefficients[k], 0);
        }

        RoundCount++;
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
    /// <param name="rows">The rows.</param>
    /// <param name="scores">Rows × outputs.</param>
    public void Score(FeatureSchema schema, in RowSet rows, Span<double> scores)
    {
        int outputs = Intercepts.Length;
        Span<double> cells = stackalloc double[BlockRows];
        for (int first = 0; first < rows.Count; first += BlockRows)
        {
            RowSet block = rows.Slice(first, Math.Min(BlockRows, rows.Count - first));
            Span<double> sums = scores.Slice(first * outputs, block.Count * outputs);
            for (int r = 0; r < block.Count; r++)
            {
                Intercepts.CopyTo(sums[(r * outputs)..]);
            }

            for (int f = 0; f < schema.Count; f++)
            {
                bool isCategorical = schema[f].IsCategorical;
                block.CopyDoubles(f, cells);
                for (int r = 0; r < block.Count; r++)
                {
                    for (int k = 0; k < outputs; k++)
                    {
                        sums[(r * outputs) + k] += Contribution(k, f, isCategorical, cells[r]);
                    }
                }
            }
        }
    }
}
