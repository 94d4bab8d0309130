using Ensembles.AdaBoost;
using Ensembles.Data;
using Ensembles.Explanation;
using Ensembles.GradientBoosting;
using Ensembles.IsolationForests;
using Ensembles.Learners;
using Ensembles.LinearBoosting;
using Ensembles.MetaEnsembles;
using Ensembles.NewtonBoosting;
using Ensembles.RandomForests;
using Ensembles.Tests.Contracts;
using Ensembles.Trees;
using FluentAssertions;

namespace Ensembles.Tests.Explanation;

/// <summary>Every learner of the contract: its model is explained exactly, or says why it cannot be.</summary>
public class ExplainedModelTests
{
    private static readonly string[] NoSums =
    [
        "AdaBoostRegressor",
        "AdaBoostRegressor, by weights",
        "AdaBoostClassifier of forests",
        "VotingClassifier, majority",
        "CalibratedClassifier",
        "StackingClassifier",
        "StackingRegressor",
        "LinearBoostingClassifier",
        "LinearBoostingRegressor, greedy",
        "CalibratedClassifier",
        "CalibratedClassifier, isotonic, one model",
        "CalibratedClassifier, temperature",
    ];

    public static TheoryData<string> Sums => LearnerCase.Names(learner => !IsNoSum(learner.Name));

    public static TheoryData<string> Others => LearnerCase.Names(learner => IsNoSum(learner.Name));

    [Theory]
    [MemberData(nameof(Sums))]
    public void Values_add_up_to_what_the_model_says(string name)
    {
        Fitted fitted = LearnerCase.Named(name).Fit(ContractData.Mixed());
        FeatureTable grid = ShapleyTests.ToTable(fitted.Model.Schema, ContractData.Grid(fitted.Model.Schema));
        double[,] said = fitted.Model.RawScores(grid);
        foreach (FeatureTable? background in (FeatureTable?[])[null, grid.SelectRows([3, 50, 77, 100, 101])])
        {
            var explainer = TreeExplainer.Of(fitted.Model, background);
            ShapValues values = explainer.Explain(grid);
            values.OutputCount.Should().Be(said.GetLength(1));
            for (int r = 0; r < grid.RowCount; r++)
            {
                for (int k = 0; k < values.OutputCount; k++)
                {
                    values.Sum(r, k).Should().BeApproximately(said[r, k], 1e-10);
                }
            }

            // A column without two values is in no split.
            values.MeanAbsolute()[grid.Schema.IndexOf("constant")].Should().Be(0);
        }

        ShapValues path = fitted.Model.Explain(grid.SelectRows([0, 1, 2, 3]));
        ShapInteractions interactions = fitted.Model.ExplainInteractions(grid.SelectRows([0, 1, 2, 3]));
        for (int r = 0; r < 4; r++)
        {
            for (int f = 0; f < grid.ColumnCount; f++)
            {
                Enumerable.Range(0, grid.ColumnCount).Sum(other => interactions[r, f, other]).Should().BeApproximately(path[r, f], 1e-10);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Others))]
    public void A_model_that_is_no_sum_of_trees_says_so(string name)
    {
        Model model = LearnerCase.Named(name).Fit(ContractData.Mixed()).Model;
        Action explain = () => model.Explain(ContractData.Mixed().Table);
        explain.Should().Throw<InvalidOperationException>().WithMessage("The model cannot be explained by its trees: *");
    }

    [Fact]
    public void A_boosted_classifier_that_starts_from_another_model_has_no_sum()
    {
        ContractData data = ContractData.Mixed();
        GradientBoostingClassificationModel model =
            new GradientBoostingClassifier { Rounds = 2, InitialLearner = new DecisionTreeClassifier { MaxDepth = 1 } }.Fit(data.Classification);
        Action explain = () => model.Explain(data.Table);
        explain.Should().Throw<InvalidOperationException>().WithMessage("*come from the probabilities of another model*");
    }

    [Fact]
    public void Names_scales_and_text_say_what_is_explained()
    {
        ContractData data = ContractData.Mixed();
        ShapValues forest = new RandomForestClassifier { TreeCount = 3 }.Fit(data.Classification).Explain(data.Table);
        forest.Scale.Should().Be(ExplainedScale.Prediction);
        forest.OutputNames.Should().Equal(data.Classification.Classes);
        ShapValues boosted = new NewtonBoostingRegressor { Rounds = 3 }.Fit(data.Regression).Explain(data.Table);
        boosted.OutputNames.Should().Equal("value");
        boosted.Scale.Should().Be(ExplainedScale.Prediction);
        var counts = new NewtonBoostingRegressor { Rounds = 3, Loss = NewtonLoss.Poisson };
        counts.Fit(data.Regression).Explain(data.Table).Scale.Should().Be(ExplainedScale.Score);
        Action mean = () => new VotingRegressor(counts).Fit(data.Regression).Explain(data.Table);
        mean.Should().Throw<InvalidOperationException>().WithMessage("*only its scores are*");
        boosted.FeatureNames.Should().Equal("age", "size", "colour", "constant");
        boosted.Importances().Select(pair => pair.Feature).Should().BeEquivalentTo(boosted.FeatureNames);
        boosted.Importances().Select(pair => pair.Importance).Should().BeInDescendingOrder();
        boosted.ToString().Should().StartWith("SHAP values of 96 rows × 4 features; base value ").And.Contain("\nage ");
        boosted.ToMatrix()[3, 1].Should().Be(boosted[3, 1]);
        new IsolationForest { TreeCount = 3 }.Fit(data.Table).Explain(data.Table).OutputNames.Should().Equal("path length");
    }

    [Fact]
    public void Wrong_arguments_are_named()
    {
        ContractData data = ContractData.Mixed();
        DecisionTreeRegressionModel model = new DecisionTreeRegressor().Fit(data.Regression);
        var explainer = TreeExplainer.Of(model);
        ((Action)(() => explainer.Explain(new double[5], new double[4]))).Should().Throw<ArgumentException>().WithMessage("*5 cells do not make*");
        ((Action)(() => explainer.Explain(new double[8], new double[4]))).Should().Throw<ArgumentException>().WithParameterName("destination");
        ((Action)(() => model.Explain(data.Table, data.Table.SelectColumns([0, 1])))).Should().Throw<ArgumentException>().WithParameterName("table");
        ((Action)(() => _ = model.Explain(data.Table)[0, 4])).Should().Throw<ArgumentOutOfRangeException>();
        ((Action)(() => model.Explain(data.Table, options: null, new CancellationToken(canceled: true)))).Should().Throw<OperationCanceledException>();
    }

    private static bool IsNoSum(string name) => NoSums.Any(start => name.StartsWith(start, StringComparison.Ordinal));
}
