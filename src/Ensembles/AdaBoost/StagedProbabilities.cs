using Ensembles.Data;
using Ensembles.Learners;
using Ensembles.Numerics;

namespace Ensembles.AdaBoost;

/// <summary>The probabilities that the members so far give to the classes of rows.</summary>
/// <param name="score">How members count.</param>
/// <param name="table">The rows, under the schema of the members.</param>
/// <param name="threads">The most threads to use.</param>
internal sealed class StagedProbabilities(ClassScore score, FeatureTable table, int threads) : StagedPrediction<ClassificationModel>
{
    private readonly RowChunks _rows = new(table);
    private readonly double[] _scores = new double[table.RowCount * score.ClassCount];

    public override void Add(ClassificationModel member, double weight)
    {
        var added = new ClassMember(member, weight, score);
        ForEachChunk(_scores, (chunk, scores) => added.Add(_rows.Rows(chunk), scores.Span));
    }

    public override void Predict(double[] predictions)
    {
        _scores.CopyTo(predictions, 0);
        ForEachChunk(predictions, (_, scores) =>
        {
            for (int at = 0; at < scores.Length; at += score.ClassCount)
            {
                score.ToProbabilities(scores.Span.Slice(at, score.ClassCount));
            }
        });
    }

    private void ForEachChunk(double[] cells, Action<int, Memory<double>> body) =>
        ParallelWork.For(_rows.Count, threads, CancellationToken.None, chunk =>
            body(chunk, cells.AsMemory(RowChunks.FirstRow(chunk) * score.ClassCount, _rows.RowsOf(chunk) * score.ClassCount)));
}
