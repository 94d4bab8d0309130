using Ensembles.Data;
using Ensembles.Learners;
using Ensembles.Metrics;

namespace QuickStart;

/// <summary>What a model is worth on the test rows.</summary>
/// <param name="Name">What the model is called.</param>
/// <param name="Accuracy">The share of rows put in the right class.</param>
/// <param name="LogLoss">The mean of −ln p of the right class.</param>
/// <param name="AreaUnderRoc">
/// Of two classes that of the positive one, of more the mean of each against the rest; null where a class is absent.
/// </param>
/// <param name="OutOfBagError">
/// The share of training rows that the members which did not see them get wrong; null where there is no such estimate.
/// </param>
/// <param name="Time">How long the training took.</param>
internal sealed record Scores(
    string Name, double Accuracy, double LogLoss, double? AreaUnderRoc, double? OutOfBagError = null, TimeSpan? Time = null)
{
    public static Scores Of<TModel>(
        Trained<TModel> trained, ClassificationDataset test, int positive, OutOfBagClassification? outOfBag = null)
        where TModel : ClassificationModel
    {
        var probabilities = new double[test.RowCount * test.ClassCount];
        trained.Model.PredictProbabilities(test.Features, probabilities);
        return new Scores(
            trained.Name,
            Ensembles.Metrics.Accuracy.Compute(test.Labels, trained.Model.PredictClasses(test.Features)),
            Ensembles.Metrics.LogLoss.Compute(test.Labels, probabilities, test.ClassCount),
            AreaUnderRocOf(test, probabilities, positive),
            1 - outOfBag?.Accuracy,
            trained.Time);
    }

    /// <summary>The baseline that a model must beat: always the class shares of the training rows.</summary>
    public static Scores OfMajority(ClassificationDataset train, ClassificationDataset test)
    {
        double[] shares = Shares(train);
        int majority = Array.IndexOf(shares, shares.Max());
        int[] predictions = Enumerable.Repeat(majority, test.RowCount).ToArray();
        double[] probabilities = Enumerable.Repeat(shares, test.RowCount).SelectMany(row => row).ToArray();
        return new Scores(
            $"always {train.Classes[majority]}",
            Ensembles.Metrics.Accuracy.Compute(test.Labels, predictions),
            Ensembles.Metrics.LogLoss.Compute(test.Labels, probabilities, test.ClassCount),
            AreaUnderRocOf(test, probabilities, majority));
    }

    /// <summary>The share of each class.</summary>
    public static double[] Shares(ClassificationDataset data)
    {
        var shares = new double[data.ClassCount];
        foreach (int label in data.Labels)
        {
            shares[label] += 1.0 / data.RowCount;
        }

        return shares;
    }

    /// <summary>Of two classes the one that is looked for: rare, as a rule.</summary>
    public static int RarestClass(ClassificationDataset data)
    {
        double[] shares = Shares(data);
        return Array.IndexOf(shares, shares.Min());
    }

    private static double? AreaUnderRocOf(ClassificationDataset test, double[] probabilities, int positive)
    {
        if (Shares(test).Contains(0))
        {
            return null;
        }

        if (test.ClassCount > 2)
        {
            return Ensembles.Metrics.AreaUnderRoc.OneVsRest(test.Labels, probabilities, test.ClassCount);
        }

        int[] isPositive = [.. test.Labels.ToArray().Select(label => label == positive ? 1 : 0)];
        double[] scores = [.. Enumerable.Range(0, test.RowCount).Select(row => probabilities[(row * 2) + positive])];
        return Ensembles.Metrics.AreaUnderRoc.Compute(isPositive, scores);
    }
}
