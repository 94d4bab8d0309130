using Ensembles.Data;
using Ensembles.Learners;
using Ensembles.Metrics;
using Ensembles.Numerics;

namespace Ensembles.AdaBoost;

/// <summary>The share of the weight of validation rows that the members so far put in a wrong class.</summary>
internal sealed class ClassErrors : StagedLoss<ClassificationModel>
{
    private readonly ClassScore _score;
    private readonly ClassificationDataset _validation;
    private readonly RowChunks _rows;
    private readonly double[] _scores;
    private readonly int[] _predicted;
    private readonly int _threads;

    /// <param name="score">How members count.</param>
    /// <param name="schema">The features of the members.</param>
    /// <param name="validation">The rows to measure by.</param>
    /// <param name="threads">The most threads to use.</param>
    /// <exception cref="ArgumentException">A column of the schema is missing.</exception>
    public ClassErrors(ClassScore score, FeatureSchema schema, ClassificationDataset validation, int threads)
    {
        _score = score;
        _validation = validation;
        _rows = new RowChunks(SchemaMapping.Map(validation.Features, schema));
        _scores = new double[validation.RowCount * score.ClassCount];
        _predicted = new int[validation.RowCount];
        _threads = threads;
    }

    public override double Add(ClassificationModel member, double weight)
    {
        int classes = _score.ClassCount;
        var added = new ClassMember(member, weight, _score);
        ParallelWork.For(_rows.Count, _threads, CancellationToken.None, () => new double[classes], (chunk, probabilities) =>
        {
            int first = RowChunks.FirstRow(chunk);
            int count = _rows.RowsOf(chunk);
            added.Add(_rows.Rows(chunk), _scores.AsSpan(first * classes, count * classes));
            for (int r = first; r < first + count; r++)
            {
                _scores.AsSpan(r * classes, classes).CopyTo(probabilities);
                _score.ToProbabilities(probabilities);
                _predicted[r] = ClassificationModel.IndexOfMax(probabilities);
            }
        });
        return 1 - Accuracy.Compute(_validation.Labels, _predicted, _validation.Weights);
    }
}
