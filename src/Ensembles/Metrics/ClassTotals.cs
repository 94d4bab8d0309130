namespace Ensembles.Metrics;

/// <summary>
/// The margins and the diagonal of a confusion matrix without its cells, for classes of which only those that occur need a place.
/// </summary>
internal sealed class ClassTotals
{
    private readonly Dictionary<int, int> _places = [];

    private ClassTotals()
    {
    }

    /// <summary>The weight of each true class, in order of first appearance; so are the other lists.</summary>
    public List<double> Actual { get; } = [];

    /// <summary>The weight that was given each class.</summary>
    public List<double> Predicted { get; } = [];

    /// <summary>The weight of each class that was given the right one.</summary>
    public List<double> Correct { get; } = [];

    /// <summary>Checks the arguments of a metric of predicted classes and counts.</summary>
    public static ClassTotals Compute(ReadOnlySpan<int> labels, ReadOnlySpan<int> predictions, ReadOnlySpan<double> weights)
    {
        MetricArguments.RequirePredictedClasses(labels, predictions, weights);
        var totals = new ClassTotals();
        for (int row = 0; row < labels.Length; row++)
        {
            double weight = WeightedMean.WeightOf(weights, row);
            int actual = totals.PlaceOf(labels[row]);
            int predicted = totals.PlaceOf(predictions[row]);
            totals.Actual[actual] += weight;
            totals.Predicted[predicted] += weight;
            totals.Correct[actual] += actual == predicted ? weight : 0;
        }

        return totals;
    }

    private int PlaceOf(int label)
    {
        if (!_places.TryGetValue(label, out int place))
        {
            place = Actual.Count;
            _places.Add(label, place);
            Actual.Add(0);
            Predicted.Add(0);
            Correct.Add(0);
        }

        return place;
    }
}
