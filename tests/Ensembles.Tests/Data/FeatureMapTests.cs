using Ensembles.Data;
using Ensembles.Learners;
using Ensembles.Trees;

namespace Ensembles.Tests.Data;

public class FeatureMapTests
{
    private static readonly FeatureMap<Person> Map = new FeatureMap<Person>()
        .Numeric("age", p => p.Age)
        .Numeric("income", p => p.Income)
        .Category("city", p => p.City)
        .Category("status", p => p.Status)
        .Category("former", p => p.Former)
        .Numeric("member", p => p.IsMember);

    private static readonly Person[] People =
    [
        new(31, 50000.5, "Genf", Status.Single, null, true, "good"),
        new(45, null, null, Status.Married, Status.Single, false, "bad"),
        new(27, 61000, "Bern", Status.Single, Status.Widowed, true, "good"),
    ];

    private enum Status
    {
        Married = 5,
        Single = 1,
        Widowed = 9,
    }

    [Fact]
    public void Objects_become_typed_columns()
    {
        FeatureTable table = Map.ToTable(People);
        table.Schema.Select(f => f.Name).Should().Equal("age", "income", "city", "status", "former", "member");
        table.Schema.Select(f => f.IsCategorical).Should().Equal(false, false, true, true, true, false);
        table.Schema[2].Categories.Should().Equal("Bern", "Genf");
        table.Schema[3].Categories.Should().Equal("Single", "Married", "Widowed");
        table.Row(0).Should().Equal(31, 50000.5, 1, 0, double.NaN, 1);
        table.Row(1).Should().Equal(45, double.NaN, double.NaN, 1, 0, 0);
        table.Row(2).Should().Equal(27, 61000, 0, 0, 2, 1);
    }

    [Fact]
    public void Objects_become_datasets()
    {
        ClassificationDataset classes = Map.ToClassification(People, p => p.Outcome, p => p.Age);
        classes.Classes.Should().Equal("bad", "good");
        classes.Labels.ToArray().Should().Equal(1, 0, 1);
        classes.Weights.ToArray().Should().Equal(31, 45, 27);
        Map.ToClassification(People, p => p.Status).Classes.As<Status>(1).Should().Be(Status.Married);
        RegressionDataset numbers = Map.ToRegression(People, p => p.Age * 2);
        numbers.Targets.ToArray().Should().Equal(62, 90, 54);
        numbers.IsWeighted.Should().BeFalse();
    }

    [Fact]
    public void A_test_set_takes_schema_and_classes_of_the_training_set()
    {
        ClassificationDataset train = Map.ToClassification(People, p => p.Outcome);
        Person[] others = [new(50, 1, "Genf", Status.Widowed, null, null, "good"), new(51, 2, "Chur", Status.Single, null, null, "good")];
        ClassificationDataset test = Map.ToClassification(others, p => p.Outcome, train.Schema, train.Classes);
        test.Labels.ToArray().Should().Equal(1, 1);
        test.Features.Schema.Should().Equal(train.Schema);
        test.Features.Column(2).Should().Equal(1, double.NaN);
    }

    [Fact]
    public void A_row_has_the_order_and_the_codes_of_the_schema()
    {
        FeatureSchema schema = new([Feature.Categorical("city", ["Chur", "Genf"]), Feature.Numeric("age")]);
        Map.Row(People[0], schema).Should().Equal(1, 31);
        Map.Row(People[2], schema).Should().Equal(double.NaN, 27);
        BoundFeatureMap<Person> bound = Map.Bind(schema);
        var destination = new double[2];
        bound.CopyRow(People[0], destination);
        destination.Should().Equal(1, 31);
        bound.Invoking(b => b.CopyRow(People[0], new double[3])).Should().Throw<ArgumentException>().WithMessage("*2 features*3 places*");
    }

    [Fact]
    public void A_model_predicts_an_object_as_it_predicts_the_table()
    {
        Person[] people = [.. Enumerable.Range(0, 60).Select(i => new Person(
            20 + (i * 7 % 40), i % 5 == 0 ? null : 1000 * (i % 11), i % 3 == 0 ? "Bern" : i % 3 == 1 ? "Genf" : null,
            i % 2 == 0 ? Status.Single : Status.Married, null, i % 4 == 0, i % 3 == 1 ? "bad" : "good"))];
        ClassificationModel classifier = new DecisionTreeClassifier { MaxDepth = 3 }.Fit(Map.ToClassification(people, p => p.Outcome));
        RegressionModel regressor = new DecisionTreeRegressor { MaxDepth = 3 }.Fit(Map.ToRegression(people, p => p.Age));
        FeatureTable table = Map.ToTable(people);
        string[] labels = classifier.PredictLabels(table);
        double[,] probabilities = classifier.PredictProbabilities(table);
        double[] values = regressor.Predict(table);

        // The map of the application may list the features in another order, and more of them.
        FeatureMap<Person> map = new FeatureMap<Person>()
            .Category("former", p => p.Former)
            .Category("unused", p => p.Outcome)
            .Numeric("member", p => p.IsMember)
            .Category("status", p => p.Status)
            .Category("city", p => p.City)
            .Numeric("income", p => p.Income)
            .Numeric("age", p => p.Age);
        for (int r = 0; r < people.Length; r++)
        {
            classifier.PredictLabel(map, people[r]).Should().Be(labels[r]);
            classifier.Classes[classifier.PredictClass(map, people[r])].Should().Be(labels[r]);
            classifier.PredictProbabilities(map, people[r]).Should().Equal(probabilities[r, 0], probabilities[r, 1]);
            regressor.Predict(map, people[r]).Should().Be(values[r]);
        }

        FeatureMap<Person> less = new FeatureMap<Person>().Numeric("age", p => p.Age);
        Action predict = () => classifier.PredictLabel(less, people[0]);
        predict.Should().Throw<ArgumentException>().WithMessage("The map has no feature 'income', which the schema has.*");
    }

    [Fact]
    public void Bad_maps_and_objects_are_refused()
    {
        Action twice = () => Map.Numeric("age", p => p.Age);
        twice.Should().Throw<ArgumentException>().WithMessage("*'age' already*");
        Action kind = () => Map.Row(People[0], new FeatureSchema([Feature.Numeric("city")]));
        kind.Should().Throw<ArgumentException>().WithMessage("Feature 'city' is Categorical in the map, but Numeric in the schema.*");
        Action none = () => Map.ToTable([]);
        none.Should().Throw<ArgumentException>().WithMessage("*no rows*");
        Action featureless = () => new FeatureMap<Person>().ToTable(People);
        featureless.Should().Throw<ArgumentException>().WithMessage("*at least one feature*");
        Action absent = () => Map.ToTable([People[0], null!]);
        absent.Should().Throw<ArgumentException>().WithMessage("Row 1: the object is null.*");
        Action member = () => Map.ToTable([People[0], People[1] with { Status = (Status)77 }]);
        member.Should().Throw<ArgumentException>().WithMessage("Row 1, feature 'status': 77 is no member of the enum.*");
        Action target = () => Map.ToRegression(People, p => p.Income ?? double.NaN);
        target.Should().Throw<ArgumentException>().WithMessage("Row 1: the target is NaN*");
        Action label = () => Map.ToClassification(People, p => p.City!);
        label.Should().Throw<ArgumentException>().WithMessage("Row 1: the label is null*");
    }

    [Fact]
    public void A_map_does_not_change_when_features_are_added()
    {
        FeatureMap<Person> one = new FeatureMap<Person>().Numeric("age", p => p.Age);
        FeatureMap<Person> two = one.Category("city", p => p.City);
        one.Names.Should().Equal("age");
        two.Names.Should().Equal("age", "city");
    }

    private sealed record Person(int Age, double? Income, string? City, Status Status, Status? Former, bool? IsMember, string Outcome);
}
