using Ensembles.AdaBoost;
using Ensembles.Bagging;
using Ensembles.Calibration;
using Ensembles.Data;
using Ensembles.GradientBoosting;
using Ensembles.IsolationForests;
using Ensembles.Learners;
using Ensembles.LinearBoosting;
using Ensembles.MetaEnsembles;
using Ensembles.NewtonBoosting;
using Ensembles.RandomForests;
using Ensembles.Trees;

namespace Ensembles.Tests.Contracts;

/// <summary>A model of any kind, seen through what all kinds have in common.</summary>
internal abstract class Fitted(Model model)
{
    public Model Model { get; } = model;

    public abstract int OutputCount { get; }

    public abstract double[] Predict(FeatureTable table);

    public abstract void Predict(FeatureTable table, Span<double> destination);

    public abstract void Predict(ReadOnlySpan<double> rows, Span<double> destination);

    public abstract void Predict(ReadOnlySpan<float> rows, Span<double> destination);

    public double[] Predict(double[] rows)
    {
        var output = new double[rows.Length / Model.Schema.Count * OutputCount];
        Predict(rows, output);
        return output;
    }

    public double[] PredictGrid() => Predict(ContractData.Grid(Model.Schema));

    public IEnumerable<Tree> Trees => TreesOf(Model);

    /// <summary>All that is in the trees of the model, in bits.</summary>
    public long[] TreeBits() => [.. TreesOf(Model).SelectMany(BitsOf), .. CoefficientsOf(Model).Select(BitConverter.DoubleToInt64Bits)];

    public static Fitted Of(Model model) => model switch
    {
        ClassificationModel classifier => new Classifier(classifier),
        RegressionModel regressor => new Regressor(regressor),
        IsolationForestModel forest => new Isolation(forest),
        _ => throw new ArgumentException("A kind of model that the contract does not know.", nameof(model)),
    };

    private static IEnumerable<Tree> TreesOf(Model model) => model switch
    {
        DecisionTreeClassificationModel tree => [tree.Tree],
        DecisionTreeRegressionModel tree => [tree.Tree],
        ForestClassificationModel forest => forest.Trees,
        ForestRegressionModel forest => forest.Trees,
        IsolationForestModel forest => forest.Trees,
        LinearBoostingClassificationModel or LinearBoostingRegressionModel => [],
        GradientBoostingClassificationModel boosted => boosted.Trees,
        GradientBoostingRegressionModel boosted => boosted.Trees,
        NewtonBoostingClassificationModel boosted => boosted.Trees,
        NewtonBoostingRegressionModel boosted => boosted.Trees,
        BaggingClassificationModel bag => bag.Members.SelectMany(member => TreesOf(member.Model)),
        BaggingRegressionModel bag => bag.Members.SelectMany(member => TreesOf(member.Model)),
        AdaBoostClassificationModel boosted => boosted.Members.SelectMany(TreesOf),
        VotingClassificationModel voting => voting.Members.SelectMany(TreesOf),
        VotingRegressionModel voting => voting.Members.SelectMany(TreesOf),
        StackingClassificationModel stack => stack.Members.Append(stack.Final).SelectMany(TreesOf),
        StackingRegressionModel stack => stack.Members.Append(stack.Final).SelectMany(TreesOf),
        CalibratedClassificationModel calibrated => calibrated.Members.SelectMany(TreesOf),
        AdaBoostRegressionModel boosted => boosted.Members.SelectMany(TreesOf),
        _ => throw new ArgumentException("A kind of model that the contract does not know.", nameof(model)),
    };

    private static IEnumerable<double> CoefficientsOf(Model model) => model switch
    {
        LinearBoostingClassificationModel linear => linear.Linear.Coefficients.Append(linear.Linear.Intercepts).SelectMany(values => values),
        LinearBoostingRegressionModel linear => linear.Linear.Coefficients.Append(linear.Linear.Intercepts).SelectMany(values => values),
        _ => [],
    };

    private static IEnumerable<long> BitsOf(Tree tree)
    {
        for (int node = 0; node < tree.InnerCount; node++)
        {
            yield return tree.Feature(node);
            yield return BitConverter.DoubleToInt64Bits(tree.Threshold(node));
            yield return tree.Left(node);
            yield return tree.Right(node);
            yield return tree.DefaultLeft(node) ? 1 : 0;
            foreach (int code in tree.Categories(node) ?? Enumerable.Empty<int>())
            {
                yield return code;
            }
        }

        for (int leaf = 0; leaf < tree.LeafCount; leaf++)
        {
            foreach (double value in tree.LeafValue(leaf).ToArray())
            {
                yield return BitConverter.DoubleToInt64Bits(value);
            }
        }
    }

    private sealed class Classifier(ClassificationModel model) : Fitted(model)
    {
        public override int OutputCount => model.ClassCount;

        public override double[] Predict(FeatureTable table) => [.. model.PredictProbabilities(table).Cast<double>()];

        public override void Predict(FeatureTable table, Span<double> destination) => model.PredictProbabilities(table, destination);

        public override void Predict(ReadOnlySpan<double> rows, Span<double> destination) => model.PredictProbabilities(rows, destination);

        public override void Predict(ReadOnlySpan<float> rows, Span<double> destination) => model.PredictProbabilities(rows, destination);
    }

    private sealed class Regressor(RegressionModel model) : Fitted(model)
    {
        public override int OutputCount => 1;

        public override double[] Predict(FeatureTable table) => model.Predict(table);

        public override void Predict(FeatureTable table, Span<double> destination) => model.Predict(table, destination);

        public override void Predict(ReadOnlySpan<double> rows, Span<double> destination) => model.Predict(rows, destination);

        public override void Predict(ReadOnlySpan<float> rows, Span<double> destination) => model.Predict(rows, destination);
    }

    private sealed class Isolation(IsolationForestModel model) : Fitted(model)
    {
        public override int OutputCount => 1;

        public override double[] Predict(FeatureTable table) => model.Scores(table);

        public override void Predict(FeatureTable table, Span<double> destination) => model.Scores(table, destination);

        public override void Predict(ReadOnlySpan<double> rows, Span<double> destination) => model.Scores(rows, destination);

        public override void Predict(ReadOnlySpan<float> rows, Span<double> destination) => model.Scores(rows, destination);
    }
}
