using Ensembles.Data;
using Ensembles.GradientBoosting;
using Ensembles.Trees;

namespace Ensembles.PeerTests.GradientBoosting;

/// <summary>
/// R's gbm boosts by the same residuals, splits and leaf values. Its trees grow best-first by a number of splits.
/// </summary>
public class GbmTests
{
    // Both add up the same doubles in another order.
    private const double Tolerance = 1e-9;

    private const int MinSamplesLeaf = 10;

    public static TheoryData<int, string> WholeCases => Cases(GbmFixtures.All.Whole.Select(peer => peer.Name));

    public static TheoryData<int, string> SampledCases => Cases(GbmFixtures.All.Sampled.Select(peer => peer.Name));

    [Theory]
    [MemberData(nameof(WholeCases))]
    public void With_all_rows_the_rounds_are_the_same(int index, string name)
    {
        GbmCase peer = GbmFixtures.All.Whole[index];

        Boosted ours = Fit(peer.Distribution, peer.Columns, peer.Targets, peer.Weights, peer.Splits, peer.Rounds, peer.Rate, 1, 0);

        ours.Start.Should().BeApproximately(peer.Start, Tolerance, name);
        ours.TrainingLosses.Should().Equal(peer.Losses, Near);
        ours.Staged(peer.Columns).Last().Should().Equal(peer.Scores, Near);
    }

    /// <summary>
    /// The sum of the out-of-bag improvements is that of gbm; of two classes gbm's is that of the log loss, half of the deviance.
    /// </summary>
    [Theory]
    [MemberData(nameof(SampledCases))]
    public void Out_of_bag_improvements_agree_within_the_error_of_the_seeds(int index, string name)
    {
        SampledGbmCase peer = GbmFixtures.All.Sampled[index];
        double scale = string.Equals(peer.Distribution, "bernoulli", StringComparison.Ordinal) ? 0.5 : 1;
        double[][] train = Array.ConvertAll(peer.Columns, column => column[..peer.TrainRows]);
        double[][] test = Array.ConvertAll(peer.Columns, column => column[peer.TrainRows..]);
        double[] testTargets = peer.Targets[peer.TrainRows..];
        var improvements = new List<double[]>();
        var losses = new List<double[]>();
        for (ulong seed = 0; seed < 40; seed++)
        {
            Boosted ours = Fit(peer.Distribution, train, peer.Targets[..peer.TrainRows], null, peer.Splits, peer.Rounds, 0.1, 0.5, seed);
            double sum = 0;
            improvements.Add([.. EveryTenth(ours.Improvements.Select(gained => sum += scale * gained))]);
            losses.Add([.. EveryTenth(ours.Staged(test)).Select(scores => MeanLoss(peer.Distribution, testTargets, scores))]);
        }

        for (int stage = 0; stage < peer.Rounds / 10; stage++)
        {
            SeedMeans.Compare(
                [.. improvements.Select(run => run[stage])], [.. peer.Improvements.Select(run => run[stage])], $"{name}, out of bag");
            SeedMeans.Compare([.. losses.Select(run => run[stage])], [.. peer.TestLosses.Select(run => run[stage])], $"{name}, test loss");
        }
    }

    private static Boosted Fit(
        string distribution,
        double[][] columns,
        double[] targets,
        double[]? weights,
        int splits,
        int rounds,
        double rate,
        double share,
        ulong seed)
    {
        FeatureTable table = FeatureTable.FromColumns(columns);
        if (string.Equals(distribution, "gaussian", StringComparison.Ordinal))
        {
            RegressionDataset data = RegressionDataset.Create(table, targets);
            GradientBoostingRegressionModel model = new GradientBoostingRegressor
            {
                Rounds = rounds,
                LearningRate = rate,
                MaxDepth = null,
                MaxLeaves = splits + 1,
                MinSamplesLeaf = MinSamplesLeaf,
                Subsample = share,
                SplitMethod = SplitMethod.Exact,
                Seed = seed,
            }.Fit(weights is null ? data : data.WithWeights(weights));
            return new Boosted(
                model.BaseScore!.Value, model.TrainingLosses, model.OutOfBagImprovements, rows => model.StagedPredictions(rows));
        }

        ClassificationDataset classes = ClassificationDataset.Create(table, Array.ConvertAll(targets, y => (int)y));
        bool isExponential = string.Equals(distribution, "adaboost", StringComparison.Ordinal);
        GradientBoostingClassificationModel classifier = new GradientBoostingClassifier
        {
            Loss = isExponential ? ClassificationLoss.Exponential : ClassificationLoss.Deviance,
            Rounds = rounds,
            LearningRate = rate,
            MaxDepth = null,
            MaxLeaves = splits + 1,
            MinSamplesLeaf = MinSamplesLeaf,
            Subsample = share,
            SplitMethod = SplitMethod.Exact,
            Seed = seed,
        }.Fit(weights is null ? classes : classes.WithWeights(weights));
        return new Boosted(
            classifier.BaseScores[0],
            classifier.TrainingLosses,
            classifier.OutOfBagImprovements,
            rows => classifier.StagedProbabilities(rows).Select(stage => Scores(stage, isExponential ? 0.5 : 1)));
    }

    private static double[] Scores(double[,] probabilities, double scale) =>
        [.. Enumerable.Range(0, probabilities.GetLength(0)).Select(r => scale * Math.Log(probabilities[r, 1] / probabilities[r, 0]))];

    private static double MeanLoss(string distribution, double[] targets, double[] scores) => targets.Zip(scores, (y, score) => distribution switch
    {
        "gaussian" => (y - score) * (y - score),
        "bernoulli" => 2 * (Math.Log(1 + Math.Exp(score)) - (y * score)),
        _ => Math.Exp(-((2 * y) - 1) * score),
    }).Average();

    private static bool Near(double a, double b) => Math.Abs(a - b) <= Tolerance * Math.Max(1, Math.Abs(b));

    private static IEnumerable<T> EveryTenth<T>(IEnumerable<T> stages) => stages.Where((_, round) => round % 10 == 9);

    private static TheoryData<int, string> Cases(IEnumerable<string> names)
    {
        var cases = new TheoryData<int, string>();
        foreach ((int index, string name) in names.Index())
        {
            cases.Add(index, name);
        }

        return cases;
    }

    /// <summary>What both kinds of models have in common.</summary>
    private sealed record Boosted(
        double Start, IReadOnlyList<double> TrainingLosses, IReadOnlyList<double> Improvements, Func<FeatureTable, IEnumerable<double[]>> StagedScores)
    {
        public IEnumerable<double[]> Staged(double[][] columns) => StagedScores(FeatureTable.FromColumns(columns));
    }
}
