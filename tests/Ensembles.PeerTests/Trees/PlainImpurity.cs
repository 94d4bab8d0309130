namespace Ensembles.PeerTests.Trees;

/// <summary>Impurities computed from their definitions, row by row: slow, readable, and independent of the library.</summary>
/// <param name="criterion">scikit-learn's name of the criterion.</param>
/// <param name="data">Targets and weights.</param>
internal sealed class PlainImpurity(string criterion, PeerRows data)
{
    public double WeightOf(IReadOnlyCollection<int> rows) => rows.Sum(data.WeightOf);

    /// <summary>The weight of each class.</summary>
    public double[] ClassWeightsOf(IReadOnlyCollection<int> rows) =>
        [.. Enumerable.Range(0, data.Classes).Select(k => WeightOf([.. rows.Where(r => (int)data.Targets[r] == k)]))];

    /// <summary>The impurity of some rows; for Friedman's criterion it is the squared error.</summary>
    public double Of(IReadOnlyCollection<int> rows) => criterion switch
    {
        "gini" => 1 - Proportions(rows).Sum(p => p * p),
        "entropy" => -Proportions(rows).Sum(p => p == 0 ? 0 : p * Math.Log2(p)),
        "squared_error" or "friedman_mse" => Average(rows, Mean(rows), (y, mean) => (y - mean) * (y - mean)),
        "absolute_error" => Average(rows, Median(rows), (y, median) => Math.Abs(y - median)),
        "poisson" => Average(rows, Mean(rows), (y, mean) => y == 0 ? 0 : y * Math.Log(y / mean)),
        _ => throw new ArgumentOutOfRangeException(nameof(rows), criterion, "Unknown criterion."),
    };

    /// <summary>What a split takes off weight × impurity.</summary>
    public double Gain(IReadOnlyCollection<int> left, IReadOnlyCollection<int> right)
    {
        int[] all = [.. left, .. right];
        if (criterion is "squared_error" or "friedman_mse")
        {
            // The same in exact arithmetic, without the difference of nearly equal numbers where the gain is small.
            double difference = Mean(left) - Mean(right);
            return WeightOf(left) * WeightOf(right) / WeightOf(all) * difference * difference;
        }

        return (WeightOf(all) * Of(all)) - (WeightOf(left) * Of(left)) - (WeightOf(right) * Of(right));
    }

    private IEnumerable<double> Proportions(IReadOnlyCollection<int> rows)
    {
        double weight = WeightOf(rows);
        return ClassWeightsOf(rows).Select(c => c / weight);
    }

    private double Average(IReadOnlyCollection<int> rows, double centre, Func<double, double, double> loss) =>
        rows.Sum(r => data.WeightOf(r) * loss(data.Targets[r], centre)) / WeightOf(rows);

    private double Mean(IReadOnlyCollection<int> rows) => rows.Sum(r => data.WeightOf(r) * data.Targets[r]) / WeightOf(rows);

    private double Median(IReadOnlyCollection<int> rows)
    {
        int[] sorted = [.. rows.OrderBy(r => data.Targets[r])];
        double half = WeightOf(rows) / 2;
        double sum = 0;
        for (int i = 0; ; i++)
        {
            sum += data.WeightOf(sorted[i]);
            if (sum >= half)
            {
                // Any point between two middle targets has the same absolute error.
                return data.Targets[sorted[i]];
            }
        }
    }
}
