using System.Globalization;
using Ensembles.Data;
using Ensembles.Learners;
using Ensembles.Trees;

namespace Ensembles.PeerTests.Trees;

/// <summary>What the library made of a case.</summary>
internal sealed record FittedTree(Tree Tree, TreeStatistics Statistics, double[] Importances);

/// <summary>The library's tree by the hyper-parameters of a peer's case.</summary>
internal static class PeerFit
{
    /// <summary>Fits the tree of a case.</summary>
    public static FittedTree Fit(PeerCase peer, PeerRows rows, SplitMethod method = SplitMethod.Exact) =>
        Fit(peer, rows, peer.Parameters, method);

    /// <summary>Fits a tree by the criterion of a case and other limits.</summary>
    public static FittedTree Fit(PeerCase peer, PeerRows rows, PeerParameters limits, SplitMethod method = SplitMethod.Exact)
    {
        FeatureTable features = FeatureTable.FromColumns(rows.Columns);
        if (rows.Classes == 0)
        {
            var regression = (DecisionTreeRegressionModel)Limit(Regressor(peer, limits), limits, rows, method)
                .Fit(RegressionDataset.Create(features, rows.Targets, rows.Weights));
            return new FittedTree(regression.Tree, regression.Statistics, regression.FeatureImportances());
        }

        int[] labels = [.. rows.Targets.Select(y => (int)y)];
        var names = new ClassLabels(Enumerable.Range(0, rows.Classes).Select(k => k.ToString(CultureInfo.InvariantCulture)));
        var classification = (DecisionTreeClassificationModel)Limit(Classifier(peer, limits, labels), limits, rows, method)
            .Fit(ClassificationDataset.FromIndices(features, names, labels, rows.Weights));
        return new FittedTree(classification.Tree, classification.Statistics, classification.FeatureImportances());
    }

    private static DecisionTreeRegressor Regressor(PeerCase peer, PeerParameters limits) => new()
    {
        PruningAlpha = limits.CcpAlpha,
        Criterion = peer.Criterion switch
        {
            "squared_error" => RegressionCriterion.SquaredError,
            "friedman_mse" => RegressionCriterion.FriedmanImprovement,
            "absolute_error" => RegressionCriterion.AbsoluteError,
            "poisson" => RegressionCriterion.Poisson,
            _ => throw new ArgumentOutOfRangeException(nameof(peer), peer.Criterion, "Unknown criterion."),
        },
    };

    private static DecisionTreeClassifier Classifier(PeerCase peer, PeerParameters limits, int[] labels) => new()
    {
        Criterion = peer.Criterion switch
        {
            "gini" => ClassificationCriterion.Gini,
            "entropy" => ClassificationCriterion.Entropy,
            _ => throw new ArgumentOutOfRangeException(nameof(peer), peer.Criterion, "Unknown criterion."),
        },
        ClassWeights = Weights(peer, limits, labels),
        PruningAlpha = limits.CcpAlpha,
    };

    private static ClassWeights? Weights(PeerCase peer, PeerParameters limits, int[] labels)
    {
        if (limits.Balanced && peer.Weights is null)
        {
            return ClassWeights.Balanced;
        }

        // With row weights scikit-learn balances the rows, n/(K·n_k), and then multiplies; the library balances the weights,
        // so that a row of weight two is two rows. What scikit-learn does is asked for class by class.
        double[]? weights = limits.ClassWeights;
        if (limits.Balanced)
        {
            int[] counts = [.. labels.CountBy(k => k).OrderBy(pair => pair.Key).Select(pair => pair.Value)];
            weights = [.. counts.Select(n => labels.Length / ((double)counts.Length * n))];
        }

        return weights is null
            ? null
            : ClassWeights.Of([.. weights.Select((weight, k) => (k.ToString(CultureInfo.InvariantCulture), weight))]);
    }

    private static TreeLearner<TDataset, TModel> Limit<TDataset, TModel>(
        TreeLearner<TDataset, TModel> learner, PeerParameters limits, PeerRows rows, SplitMethod method)
        where TDataset : Dataset<TDataset>
        where TModel : Model
    {
        return learner with
        {
            SplitMethod = method,
            MaxDepth = limits.MaxDepth,
            MaxLeaves = limits.MaxLeafNodes,
            MinSamplesSplit = Count(limits.MinSamplesSplit, limits.MinSamplesSplitFraction, 2, rows),
            MinSamplesLeaf = Count(limits.MinSamplesLeaf, limits.MinSamplesLeafFraction, 1, rows),
            MinWeightFractionLeaf = limits.MinWeightFractionLeaf ?? 0,
            MinImpurityDecrease = limits.MinImpurityDecrease ?? 0,
        };
    }

    private static SampleCount Count(int? count, double? fraction, int standard, PeerRows rows)
    {
        // Of a fraction, scikit-learn also counts the rows that weigh nothing; for the library they are not there.
        return fraction switch
        {
            null => count ?? standard,
            double f when rows.Weights is not null && rows.Weights.Contains(0) => (int)Math.Ceiling(f * rows.Count),
            double f => SampleCount.Fraction(f),
        };
    }
}
