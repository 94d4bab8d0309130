using System.Buffers;
using Ensembles.Data;
using Ensembles.Learners;
using Ensembles.Losses;
using Ensembles.Prediction;
using Ensembles.Trees;

namespace Ensembles.Boosting;

/// <summary>A sum of trees: the scores before the first round, and trees dealt to the outputs in turn.</summary>
/// <param name="Start">The scores before the first tree.</param>
/// <param name="Link">How scores become predictions.</param>
/// <param name="Trees">Round after round, and within a round output after output.</param>
/// <param name="Statistics">One a tree.</param>
internal sealed record BoostedTrees(StartingScores Start, Link Link, Tree[] Trees, TreeStatistics[] Statistics)
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
    public void Apply(ReadOnlySpan<double> scores, Span<double> output) => Link.ApplyRows(scores, OutputCount, output);

    /// <summary>The value predicted for every row of a table after each round.</summary>
    /// <param name="table">The rows, under the schema of the model.</param>
    /// <returns>As often as there are rounds an array of its own.</returns>
    public IEnumerable<double[]> StagedPredictions(FeatureTable table) => StagedScores(table).Select(scores =>
    {
        var predictions = new double[table.RowCount];
        Apply(scores, predictions);
        return predictions;
    });

    /// <summary>The probability of every class for every row of a table after each round.</summary>
    /// <param name="table">The rows, under the schema of the model.</param>
    /// <param name="classCount">The number of classes.</param>
    /// <returns>As often as there are rounds an array of its own, rows × classes.</returns>
    public IEnumerable<double[,]> StagedProbabilities(FeatureTable table, int classCount) => StagedScores(table).Select(scores =>
    {
        var probabilities = new double[table.RowCount, classCount];
        Apply(scores, Model.Cells(probabilities));
        return probabilities;
    });

    /// <summary>Predicts rows after each round; allocates nothing.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="destination">Rounds × rows × what the link gives for a row.</param>
    public void PredictStages(in RowSet rows, Span<double> destination)
    {
        if (RoundCount == 0)
        {
            return;
        }

        int perRound = rows.Count * OutputCount;
        int width = destination.Length / RoundCount;
        double[] rented = ArrayPool<double>.Shared.Rent(RoundCount * perRound);
        Span<double> stages = rented.AsSpan(0, RoundCount * perRound);
        Start.Write(rows, stages[..perRound]);
        StagedSums.Write(Ensemble, OutputCount, rows, stages);
        for (int round = 0; round < RoundCount; round++)
        {
            Apply(stages.Slice(round * perRound, perRound), destination.Slice(round * width, width));
        }

        ArrayPool<double>.Shared.Return(rented);
    }

    /// <summary>By feature, its share of the gain of all splits.</summary>
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

    /// <summary>The scores of the rows of a table after each round: one array, changed from round to round.</summary>
    private IEnumerable<double[]> StagedScores(FeatureTable table)
    {
        var scores = new double[table.RowCount * OutputCount];
        for (int first = 0; first < table.RowCount; first += RowsPerChunk)
        {
            int count = Math.Min(RowsPerChunk, table.RowCount - first);
            Start.Write(new RowSet(table, first, count), scores.AsSpan(first * OutputCount, count * OutputCount));
        }

        return StagedSums.ByRound(Ensemble, OutputCount, table, scores);
    }
}
