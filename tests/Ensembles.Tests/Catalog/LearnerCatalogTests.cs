using System.Globalization;
using System.Reflection;
using Ensembles.AdaBoost;
using Ensembles.Bagging;
using Ensembles.Catalog;
using Ensembles.Catalog.Values;
using Ensembles.Learners;
using Ensembles.MetaEnsembles;
using Ensembles.Metrics;
using Ensembles.NewtonBoosting;
using Ensembles.RandomForests;
using Ensembles.Tests.Contracts;
using Ensembles.Trees;

namespace Ensembles.Tests.Catalog;

public class LearnerCatalogTests
{
    public static TheoryData<string> TypeNames => [.. LearnerCatalog.Learners.Select(entry => entry.TypeName)];

    public static TheoryData<string> Cases => LearnerCase.Names();

    [Fact]
    public void Every_recipe_of_the_library_is_in_the_catalogue()
    {
        IEnumerable<Type> recipes = typeof(Learner).Assembly.GetTypes()
            .Where(type => type is { IsPublic: true, IsAbstract: false } && type.IsSubclassOf(typeof(Learner)));

        LearnerCatalog.Learners.Select(entry => entry.Default.GetType()).Should().BeEquivalentTo(recipes);
        LearnerCatalog.Learners.Select(entry => (entry.Name, entry.Task)).Should().OnlyHaveUniqueItems();
    }

    [Theory]
    [MemberData(nameof(TypeNames))]
    public void Every_property_of_a_recipe_is_a_hyper_parameter(string typeName)
    {
        LearnerEntry entry = Entry(typeName);

        IEnumerable<string> properties = entry.Default.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.SetMethod is { IsPublic: true })
            .Select(property => property.Name);

        entry.HyperParameters.Select(parameter => parameter.Name).Should().BeEquivalentTo(properties).And.OnlyHaveUniqueItems();
    }

    [Theory]
    [MemberData(nameof(TypeNames))]
    public void A_value_that_is_shown_is_taken_back(string typeName)
    {
        LearnerEntry entry = Entry(typeName);
        foreach (HyperParameter parameter in entry.HyperParameters)
        {
            Learner again = parameter.With(entry.Default, parameter.Show(entry.Default));

            parameter.Show(again).Should().Be(parameter.Show(entry.Default));
            parameter.Accepts.Should().NotBeEmpty();
            bool holdsLearners = parameter.Get(entry.Default) is Learner or IEnumerable<Learner>;
            if (!holdsLearners)
            {
                again.Should().Be(entry.Default, "nothing was changed by {0}", parameter);
            }
        }
    }

    /// <summary>The value that is read by name is the value of the property: none is under the name of another.</summary>
    [Theory]
    [MemberData(nameof(TypeNames))]
    public void A_hyper_parameter_reads_the_property_of_its_name(string typeName)
    {
        LearnerEntry entry = Entry(typeName);
        foreach (HyperParameter parameter in entry.HyperParameters)
        {
            object? value = entry.Default.GetType().GetProperty(parameter.Name)!.GetValue(entry.Default);
            parameter.Get(entry.Default).Should().Be(value);
        }
    }

    [Fact]
    public void Values_are_set_by_text_in_every_culture()
    {
        CultureInfo culture = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo(string.Empty)
        {
            NumberFormat = new NumberFormatInfo { NumberDecimalSeparator = ",", NumberGroupSeparator = "." },
        };
        try
        {
            Set(new NewtonBoostingClassifier(), "LearningRate", "0.25").Should().Be(new NewtonBoostingClassifier { LearningRate = 0.25 });
            Set(new NewtonBoostingClassifier(), "maxdepth", "none").Should().Be(new NewtonBoostingClassifier { MaxDepth = null });
            Set(new NewtonBoostingClassifier(), "GrowthPolicy", "leafwise")
                .Should().Be(new NewtonBoostingClassifier { GrowthPolicy = GrowthPolicy.LeafWise });
            Set(new NewtonBoostingClassifier(), "Dropout.Rate", "0.2")
                .Should().Be(new NewtonBoostingClassifier { Dropout = new Dropout { Rate = 0.2 } });
            Set(new NewtonBoostingClassifier(), "Dropout", "Rate=0.2,OneDrop=true")
                .Should().Be(new NewtonBoostingClassifier { Dropout = new Dropout { Rate = 0.2, OneDrop = true } });
            Set(new NewtonBoostingClassifier(), "MonotoneConstraints", "age=Increasing,3=decreasing").Should().Be(
                new NewtonBoostingClassifier
                {
                    MonotoneConstraints = MonotoneConstraints.Of(("age", Monotonicity.Increasing), (3, Monotonicity.Decreasing)),
                });
            Set(new NewtonBoostingClassifier(), "InteractionConstraints", "age+'3',x+4").Should().Be(
                new NewtonBoostingClassifier { InteractionConstraints = InteractionConstraints.Of(["age", "3"], ["x", 4]) });
            Set(new NewtonBoostingClassifier(), "EvaluationMetrics", "log loss, ROC AUC, one versus one, accuracy").Should().Be(
                new NewtonBoostingClassifier
                {
                    EvaluationMetrics = [ClassificationMetric.LogLoss, ClassificationMetric.AreaUnderRocOneVsOne, ClassificationMetric.Accuracy],
                });
            Set(new NewtonBoostingRegressor(), "Loss", "poisson").Should().Be(new NewtonBoostingRegressor { Loss = NewtonLoss.Poisson });
            Set(new NewtonBoostingRegressor(), "Loss", "Tweedie(1.25)")
                .Should().Be(new NewtonBoostingRegressor { Loss = NewtonLoss.Tweedie(1.25) });
            Set(new NewtonBoostingRegressor(), "Loss", "tweedie").Should().Be(new NewtonBoostingRegressor { Loss = NewtonLoss.Tweedie() });
            Set(new RandomForestClassifier(), "MaxFeatures", "0.5")
                .Should().Be(new RandomForestClassifier { MaxFeatures = FeatureCount.Fraction(0.5) });
            Set(new RandomForestClassifier(), "MaxFeatures", "1").Should().Be(new RandomForestClassifier { MaxFeatures = FeatureCount.Exactly(1) });
            Set(new RandomForestClassifier(), "MaxFeatures", "1.0")
                .Should().Be(new RandomForestClassifier { MaxFeatures = FeatureCount.Fraction(1) });
            Set(new RandomForestClassifier(), "ClassWeights", "good=1,bad=2.5")
                .Should().Be(new RandomForestClassifier { ClassWeights = ClassWeights.Of(("good", 1), ("bad", 2.5)) });
            Set(new RandomForestClassifier(), "ClassWeights", "balanced")
                .Should().Be(new RandomForestClassifier { ClassWeights = ClassWeights.Balanced });
            Set(new RandomForestClassifier(), "MinSamplesLeaf", "0.01")
                .Should().Be(new RandomForestClassifier { MinSamplesLeaf = SampleCount.Fraction(0.01) });
            Set(new RandomForestClassifier(), "Seed", "18446744073709551615").Should().Be(new RandomForestClassifier { Seed = ulong.MaxValue });
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Fact]
    public void Recipes_within_recipes_are_reached_by_points()
    {
        Set(new AdaBoostClassifier(), "Member.MaxDepth", "2")
            .Should().Be(new AdaBoostClassifier(new DecisionTreeClassifier { MaxDepth = 2, SplitMethod = SplitMethod.Auto }));
        Set(new BaggingClassifier(new DecisionTreeClassifier()), "Member", "extra-trees").Should().Be(new BaggingClassifier(new ExtraTreesClassifier()));
        Set(new VotingClassifier(new DecisionTreeClassifier(), new RandomForestClassifier()), "Members.1.TreeCount", "7")
            .Should().Be(new VotingClassifier(new DecisionTreeClassifier(), new RandomForestClassifier { TreeCount = 7 }));
        Set(new VotingClassifier(new DecisionTreeClassifier()), "Members", "random-forest, adaboost")
            .Should().Be(new VotingClassifier(new RandomForestClassifier(), new AdaBoostClassifier()));
    }

    [Theory]
    [InlineData("Round", "10", "Rounds")]
    [InlineData("max_depth", "10", "MaxDepth")]
    [InlineData("LearningRat", "0.1", "LearningRate")]
    [InlineData("xyz", "0.1", "There are:*ColumnSampleByTree")]
    [InlineData("Dropout.Rat", "0.1", "Rate")]
    [InlineData("EvaluationMetrics", "acuracy", "accuracy")]
    [InlineData("GrowthPolicy", "leaf", "LeafWise")]
    [InlineData("MaxDepth", "six", "a whole number, or none")]
    [InlineData("MaxDepth.x", "1", "no parts")]
    public void What_is_wrong_is_answered_by_what_is_right(string path, string value, string answer)
    {
        Action set = () => LearnerCatalog.Set(new NewtonBoostingClassifier(), path, value);

        set.Should().Throw<Exception>().Where(e => e is ArgumentException || e is FormatException).WithMessage($"*{answer}*");
    }

    [Fact]
    public void A_value_out_of_range_is_refused_as_by_the_property()
    {
        Action set = () => LearnerCatalog.Set(new NewtonBoostingClassifier(), "MaxDepth", "0");

        set.Should().Throw<ArgumentOutOfRangeException>().Which.ParamName.Should().Be("MaxDepth");
    }

    [Fact]
    public void Learners_are_found_by_name_and_task()
    {
        LearnerCatalog.Find("random-forest", LearningTask.Regression).Default.Should().Be(new RandomForestRegressor());
        LearnerCatalog.Find("RandomForestRegressor", LearningTask.Regression).Name.Should().Be("random-forest");
        Action find = () => LearnerCatalog.Find("randomforest", LearningTask.Classification);
        find.Should().Throw<ArgumentException>().WithMessage("*Is it random-forest*");
    }

    [Theory]
    [InlineData("Poison", "Is it Poisson?")]
    [InlineData("Poisson(2)", "SquaredError, Logistic, Poisson")]
    [InlineData("Tweedie(", "SquaredError, Logistic, Poisson")]
    [InlineData("Tweedie(2)", "above 1 and below 2")]
    public void A_loss_that_there_is_not_is_answered_by_those_that_there_are(string text, string answer)
    {
        Action set = () => LearnerCatalog.Set(new NewtonBoostingRegressor(), "Loss", text);

        set.Should().Throw<Exception>().Where(e => e is ArgumentException || e is FormatException).WithMessage($"*{answer}*");
    }

    [Fact]
    public void Every_loss_of_the_library_is_taken_back_from_what_is_shown()
    {
        NewtonLoss[] losses =
        [
            .. typeof(NewtonLoss).GetProperties(BindingFlags.Public | BindingFlags.Static).Select(property => (NewtonLoss)property.GetValue(null)!),
            NewtonLoss.Tweedie(1.1),
            NewtonLoss.PseudoHuber(0.3),
        ];
        losses.Should().HaveCount(6);
        foreach (NewtonLoss loss in losses)
        {
            NewtonLossFormat.Instance.Parse("Loss", NewtonLossFormat.Instance.Show(loss)).Should().Be(loss);
        }
    }

    [Fact]
    public void Every_metric_of_the_library_is_known_by_its_name()
    {
        foreach (ClassificationMetric metric in OwnMetrics<ClassificationMetric>())
        {
            MetricFormats.Classification.Parse("metrics", metric.Name).Should().Equal(metric);
        }

        foreach (RegressionMetric metric in OwnMetrics<RegressionMetric>().Append(RegressionMetric.PinballLoss(0.25)))
        {
            MetricFormats.Regression.Parse("metrics", metric.Name).Should().Equal(metric);
        }
    }

    private static Learner Set(Learner learner, string path, string value) => LearnerCatalog.Set(learner, path, value);

    private static LearnerEntry Entry(string typeName) =>
        LearnerCatalog.Learners.Single(entry => string.Equals(entry.TypeName, typeName, StringComparison.Ordinal));

    private static IEnumerable<TMetric> OwnMetrics<TMetric>() => typeof(TMetric)
        .GetProperties(BindingFlags.Public | BindingFlags.Static)
        .Where(property => property.PropertyType == typeof(TMetric))
        .Select(property => (TMetric)property.GetValue(null)!);
}
