using System.Buffers;
using Ensembles.Data;
using Ensembles.Losses;
using Ensembles.Prediction;
using Ensembles.Trees;

namespace Ensembles.GradientBoosting;

/// <summary>What gradient boosting gives: the scores before the first round, and trees dealt to the outputs in turn.</summary>
/// <param name="Start">The scores before the first tree.</param>
/// <param name="Link">How scores become predictions.</param>
/// <param name="Trees">Round after round, and within a round output after output.</param>
/// <param name="Statistics">One a tree.</param>
/// <param name="TrainingLosses">By round the mean loss of the rows that it drew, after it.</param>
/// <param name="OutOfBagImprovements">
/// By round what it took off the mean loss of the rows that it did not draw; empty where all were drawn.
/// </param>
internal sealed record BoostedRounds(
    StartingScores Start,
    Link Link,
    Tree[] Trees,
    TreeStatistics[] Statistics,
    double[] TrainingLosses,
    double[] OutOfBagImprovements)
{
    private const int RowsPerChunk = 1024;
    private const int StackScores = 256;

    /// <summary>The number of scores of a row.</summary>
    public int OutputCount => Start.OutputCount;

    /// <summary>The number of rounds.</summary>
    public int RoundCount => Trees.Length / OutputCount;

    /// <summary>The trees and what they add to which score.</summary>
    public TreeEnsemble Ensemble { get; } = TreeEnsemble.OfRounds(Trees, Start.OutputCount);

    /// <summary>Writes the scores of rows.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="scores">Rows × outputs.</param>
    public void Score(in RowSet rows, Span<double> scores)
    {
        Start.Write(rows, scores);
        Ensemble.Add(rows, scores);
    }

    /// <summary>Predicts rows.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="output">Rows × what the link gives for a row.</param>
    public void Predict(in RowSet rows, Span<double> output)
    {
        int count = rows.Count * OutputCount;
        double[]? rented = count <= StackScores ? null : ArrayPool<double>.Shared.Rent(count);
        Span<double> scores = (rented is null ? stackalloc double[StackScores] : rented)[..count];
        Score(rows, scores);
        Apply(scores, output);
        if (rented is not null)
        {
            ArrayPool<double>.Shared.Return(rented);
        }
    }

    /// <summary>Turns the scores of rows into predictions.</summary>
    public void Apply(ReadOnlySpan<double> scores, Span<double> output)
    {
        int rows = scores.Length / OutputCount;
        int width = rows == 0 ? 0 : output.Length / rows;
        for (int r = 0; r < rows; r++)
        {
            Link.Apply(scores.Slice(r * OutputCount, OutputCount), output.Slice(r * width, width));
        }
    }

    /// <summary>The scores of the rows of a table after each round: one array, changed from round to round.</summary>
    /// <param name="table">The rows, under the schema of the model.</param>
    /// <returns>Rows × outputs, as often as there are rounds.</returns>
    public IEnumerable<double[]> StagedScores(FeatureTable table)
    {
        var scores = new double[table.RowCount * OutputCount];
        for (int first = 0; first < table.RowCount; first += RowsPerChunk)
        {
            int count = Math.Min(RowsPerChunk, table.RowCount - first);
            Start.Write(new RowSet(table, first, count), scores.AsSpan(first * OutputCount, count * OutputCount));
        }

        return TreeScores.ByRound(Trees, OutputCount, table, scores);
    }

    /// <summary>By feature, its share of what all splits took off the squared errors of the residuals.</summary>
    public double[] Importances(int featureCount)
    {
        var gains = new double[featureCount];
        for (int t = 0; t < Trees.Length; t++)
        {
            for (int node = 0; node < Trees[t].InnerCount; node++)
            {
                gains[Trees[t].Feature(node)] += Statistics[t].Gain(node);
            }
        }

        ImpurityImportances.Normalize(gains);
        return gains;
    }
}
