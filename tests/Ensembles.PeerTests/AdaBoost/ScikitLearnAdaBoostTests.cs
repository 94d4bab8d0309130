using Ensembles.AdaBoost;
using Ensembles.Data;
using Ensembles.Datasets;
using Ensembles.PeerTests.Trees;
using Ensembles.Trees;

namespace Ensembles.PeerTests.AdaBoost;

/// <summary>
/// Member weights, errors and staged predictions are scikit-learn's to 1e-10: sums of some hundred terms in another order, carried through
/// the weights of up to 400 rounds.
/// </summary>
public class ScikitLearnAdaBoostTests
{
    private const double Tolerance = 1e-10;

    // The smaller the leaves of a deep tree, the more features part them alike.
    private const int LeastLeafOfDeepTrees = 30;

    public static TheoryData<int, string> Generated => Cases(AdaBoostFixtures.All.Generated.Select(peer => peer.Name));

    // Iris has two columns that part the first kind from the others: scikit-learn's choice is random from the first round.
    private static readonly BundledCase[] Stable = [.. AdaBoostFixtures.All.Bundled.Where(peer => peer.Rounds > 0)];

    public static TheoryData<int, string> Bundled =>
        Cases(Stable.Select(peer => $"{peer.Data}, depth {peer.Depth}{(peer.Weighted ? ", weighted" : string.Empty)}"));

    [Theory]
    [MemberData(nameof(Generated))]
    public void Generated_data_without_ties_give_the_same_members(int index, string name)
    {
        GeneratedCase peer = AdaBoostFixtures.All.Generated[index];
        FeatureTable all = FeatureTable.FromColumns(peer.Columns);
        ClassificationDataset data = ClassificationDataset.Create(all, peer.Labels)
            .SelectRows([.. Enumerable.Range(0, peer.TrainRows)]);
        data = peer.RowWeights is null ? data : data.WithWeights(peer.RowWeights);

        AdaBoostClassifier recipe = Recipe(peer.Depth) with
        {
            Rounds = peer.Requested,
            LearningRate = peer.Rate,
            Algorithm = peer.Algorithm.EndsWith('R') ? AdaBoostAlgorithm.SammeR : AdaBoostAlgorithm.Samme,
        };
        AdaBoostClassificationModel model = recipe.Fit(data);

        model.Members.Should().HaveCount(peer.Weights.Length, name);
        Compare(model, peer.Weights, peer.Errors, peer.Staged, all);
        Same(model.DecisionFunction(all).Cast<double>(), peer.Decision);
        Same(model.StagedDecisionFunction(all).Last().Cast<double>(), peer.Decision);
        Same(model.FeatureImportances(), peer.Importances);
        model.PredictClasses(all).Should().Equal(model.StagedClasses(all).Last());
    }

    [Theory]
    [MemberData(nameof(Bundled))]
    public void Bundled_sets_give_the_same_members_until_scikit_learn_wavers(int index, string name)
    {
        BundledCase peer = Stable[index];
        PeerRows rows = BundledRows.Load(peer.Data);
        double[] weights = peer.Weighted ? [.. rows.Targets.Select((_, i) => 1.0 + (i % 3))] : [];
        FeatureTable table = FeatureTable.FromColumns(rows.Columns);
        ClassificationDataset data = ClassificationDataset.Create(table, Array.ConvertAll(rows.Targets, y => (int)y), weights);

        AdaBoostClassificationModel model = (Recipe(peer.Depth) with { Rounds = peer.Rounds }).Fit(data);

        model.Members.Should().HaveCount(peer.Rounds, name);
        Compare(model, peer.Weights, peer.Errors, peer.Staged, table);
    }

    private static AdaBoostClassifier Recipe(int depth) =>
        new(new DecisionTreeClassifier { MaxDepth = depth, MinSamplesLeaf = depth == 1 ? 1 : LeastLeafOfDeepTrees });

    private static void Compare(AdaBoostClassificationModel model, double[] weights, double[] errors, string[] staged, FeatureTable table)
    {
        Same(model.MemberWeights, weights);
        Same(model.MemberErrors, errors);
        model.StagedClasses(table)
            .Select(stage => string.Concat(stage.Select(k => "0123456789abcdefghijklmnopqrstuvwxyz"[k])))
            .Should().Equal(staged);
    }

    private static void Same(IEnumerable<double> ours, double[] peers) =>
        ours.Should().Equal(peers, (a, b) => Math.Abs(a - b) <= Tolerance);

    private static TheoryData<int, string> Cases(IEnumerable<string> names)
    {
        var cases = new TheoryData<int, string>();
        foreach (string name in names)
        {
            cases.Add(cases.Count, name);
        }

        return cases;
    }
}
