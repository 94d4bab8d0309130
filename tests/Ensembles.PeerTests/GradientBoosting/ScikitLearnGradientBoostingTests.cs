using Ensembles.Data;
using Ensembles.GradientBoosting;
using Ensembles.Trees;

namespace Ensembles.PeerTests.GradientBoosting;

/// <summary>
/// Initial values, stage losses and predictions are scikit-learn's to 1e-8: sums of some hundred terms in another order, carried through
/// up to 30 rounds.
/// </summary>
public class ScikitLearnGradientBoostingTests
{
    private const double Tolerance = 1e-8;

    public static TheoryData<int, string> Regressors => Cases("regressor");

    public static TheoryData<int, string> Classifiers => Cases("classifier");

    public static TheoryData<int, string> SampledCases
    {
        get
        {
            var cases = new TheoryData<int, string>();
            foreach (SampledCase peer in GradientBoostingFixtures.All.Sampled)
            {
                cases.Add(cases.Count, peer.Name);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Regressors))]
    public void Regressors_are_the_same(int index, string name)
    {
        BoostingCase peer = GradientBoostingFixtures.All.Cases[index];
        FeatureTable all = FeatureTable.FromColumns(peer.Columns);
        RegressionDataset data = RegressionDataset.Create(all, peer.Targets).SelectRows([.. Enumerable.Range(0, peer.TrainRows)]);
        data = peer.RowWeights is null ? data : data.WithWeights(peer.RowWeights);

        GradientBoostingRegressionModel model = new GradientBoostingRegressor
        {
            Loss = peer.Loss switch
            {
                "absolute_error" => RegressionLoss.AbsoluteError,
                "huber" => RegressionLoss.Huber,
                "quantile" => RegressionLoss.Quantile,
                _ => RegressionLoss.SquaredError,
            },
            Alpha = peer.Alpha,
            Rounds = peer.Rounds,
            LearningRate = peer.Rate,
            MaxDepth = peer.Depth,
            MaxLeaves = peer.Leaves,
            MinSamplesLeaf = peer.MinLeaf,
            MinSamplesSplit = peer.MinSplit,
            MinWeightFractionLeaf = peer.MinWeight,
            MinImpurityDecrease = peer.MinDecrease,
            SplitMethod = SplitMethod.Exact,
        }.Fit(data);

        model.RoundCount.Should().Be(peer.Rounds, name);
        Same(model.TrainingLosses, peer.Losses);
        Same(model.Predict(all), peer.Output);
        Same(model.FeatureImportances(), peer.Importances);
        double[][] staged = [.. model.StagedPredictions(all).Take(peer.Staged.Length)];
        for (int stage = 0; stage < staged.Length; stage++)
        {
            Same(staged[stage], peer.Staged[stage]);
        }
    }

    [Theory]
    [MemberData(nameof(Classifiers))]
    public void Classifiers_are_the_same(int index, string name)
    {
        BoostingCase peer = GradientBoostingFixtures.All.Cases[index];
        FeatureTable all = FeatureTable.FromColumns(peer.Columns);
        ClassificationDataset data = ClassificationDataset.Create(all, Array.ConvertAll(peer.Targets, y => (int)y))
            .SelectRows([.. Enumerable.Range(0, peer.TrainRows)]);
        data = peer.RowWeights is null ? data : data.WithWeights(peer.RowWeights);

        GradientBoostingClassificationModel model = new GradientBoostingClassifier
        {
            Loss = string.Equals(peer.Loss, "exponential", StringComparison.Ordinal)
                ? ClassificationLoss.Exponential
                : ClassificationLoss.Deviance,
            Rounds = peer.Rounds,
            LearningRate = peer.Rate,
            MaxDepth = peer.Depth,
            MaxLeaves = peer.Leaves,
            MinSamplesLeaf = peer.MinLeaf,
            MinSamplesSplit = peer.MinSplit,
            SplitMethod = SplitMethod.Exact,
        }.Fit(data);

        model.RoundCount.Should().Be(peer.Rounds, name);
        Same(model.TrainingLosses, peer.Losses);
        Same(model.DecisionFunction(all).Cast<double>(), peer.Raw);
        Same(model.PredictProbabilities(all).Cast<double>(), peer.Output);
        Same(model.FeatureImportances(), peer.Importances);
        model.PredictClasses(all).Should().Equal(model.StagedClasses(all).Last());
    }

    /// <summary>Both draw the rows at random: means over the seeds agree within four standard errors of their difference.</summary>
    [Theory]
    [MemberData(nameof(SampledCases))]
    public void Curves_of_sampled_rows_agree_within_the_error_of_the_seeds(int index, string name)
    {
        SampledCase peer = GradientBoostingFixtures.All.Sampled[index];
        RegressionDataset all = RegressionDataset.Create(FeatureTable.FromColumns(peer.Columns), peer.Targets);
        RegressionDataset train = all.SelectRows([.. Enumerable.Range(0, peer.TrainRows)]);
        RegressionDataset test = all.SelectRows([.. Enumerable.Range(peer.TrainRows, all.RowCount - peer.TrainRows)]);
        var errors = new List<double[]>();
        var improvements = new List<double[]>();
        for (ulong seed = 0; seed < 30; seed++)
        {
            GradientBoostingRegressionModel model = new GradientBoostingRegressor
            {
                Subsample = peer.Share,
                Rounds = peer.Rounds,
                MinSamplesLeaf = 5,
                SplitMethod = SplitMethod.Exact,
                Seed = seed,
            }.Fit(train);
            errors.Add([.. EveryTenth(model.StagedPredictions(test.Features).Select(stage => MeanSquaredError(stage, test)))]);
            double sum = 0;
            improvements.Add([.. EveryTenth(model.OutOfBagImprovements.Select(gained => sum += gained))]);
        }

        for (int stage = 0; stage < peer.Rounds / 10; stage++)
        {
            SeedMeans.Compare([.. errors.Select(e => e[stage])], [.. peer.TestErrors.Select(e => e[stage])], $"{name}, test error");
            SeedMeans.Compare([.. improvements.Select(e => e[stage])], [.. peer.Improvements.Select(e => e[stage])], $"{name}, out of bag");
        }
    }

    private static IEnumerable<double> EveryTenth(IEnumerable<double> stages) => stages.Where((_, round) => round % 10 == 9);

    private static double MeanSquaredError(double[] predictions, RegressionDataset data)
    {
        double sum = 0;
        for (int r = 0; r < predictions.Length; r++)
        {
            sum += (predictions[r] - data.Targets[r]) * (predictions[r] - data.Targets[r]);
        }

        return sum / predictions.Length;
    }

    private static void Same(IEnumerable<double> ours, double[] peers) =>
        ours.Should().Equal(peers, (a, b) => Math.Abs(a - b) <= Tolerance * Math.Max(1, Math.Abs(b)));

    private static TheoryData<int, string> Cases(string kind)
    {
        var cases = new TheoryData<int, string>();
        BoostingCase[] all = GradientBoostingFixtures.All.Cases;
        for (int i = 0; i < all.Length; i++)
        {
            if (string.Equals(all[i].Kind, kind, StringComparison.Ordinal))
            {
                cases.Add(i, all[i].Name);
            }
        }

        return cases;
    }
}
