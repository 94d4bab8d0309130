using Ensembles.Data;
using Ensembles.Learners;
using Ensembles.Metrics;

namespace Ensembles.AdaBoost;

/// <summary>The root mean squared error of the members so far on validation rows.</summary>
/// <param name="schema">The features of the members.</param>
/// <param name="validation">The rows to measure by.</param>
/// <param name="threads">The most threads to use.</param>
internal sealed class MedianErrors(FeatureSchema schema, RegressionDataset validation, int threads) : StagedLoss<RegressionModel>
{
    private readonly RunningMedians _medians = new(new RowChunks(SchemaMapping.Map(validation.Features, schema)), threads);
    private readonly double[] _predicted = new double[validation.RowCount];

    public override double Add(RegressionModel member, double weight)
    {
        _medians.Add(member, weight, _predicted);
        return RootMeanSquaredError.Compute(validation.Targets, _predicted, validation.Weights);
    }
}
