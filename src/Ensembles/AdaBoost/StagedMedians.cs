using Ensembles.Data;
using Ensembles.Learners;

namespace Ensembles.AdaBoost;

/// <summary>The weighted medians of what the members so far predict for rows.</summary>
/// <param name="table">The rows, under the schema of the members.</param>
/// <param name="threads">The most threads to use.</param>
internal sealed class StagedMedians(FeatureTable table, int threads) : StagedPrediction<RegressionModel>
{
    private readonly RunningMedians _medians = new(new RowChunks(table), threads);
    private readonly double[] _current = new double[table.RowCount];

    public override void Add(RegressionModel member, double weight) => _medians.Add(member, weight, _current);

    public override void Predict(double[] predictions) => _current.CopyTo(predictions, 0);
}
