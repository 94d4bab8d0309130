using Ensembles.Learners;
using Ensembles.Metrics;
using Ensembles.NewtonBoosting;
using Ensembles.RandomForests;
using Ensembles.Tests.Contracts;
using Ensembles.Trees;

namespace Ensembles.Tests.Persistence;

public sealed class SavingTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ensembles");
    private readonly ContractData _data = ContractData.Mixed();

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void A_path_that_ends_in_gz_is_packed_and_either_is_recognised()
    {
        DecisionTreeClassificationModel model = new DecisionTreeClassifier().Fit(_data.Classification);
        model.Save(PathOf("model.json"));
        model.Save(PathOf("model.json.gz"));
        File.Move(PathOf("model.json.gz"), PathOf("packed"));

        File.ReadAllBytes(PathOf("packed")).Should().StartWith([0x1F, 0x8B]);
        new FileInfo(PathOf("packed")).Length.Should().BeLessThan(new FileInfo(PathOf("model.json")).Length / 2);
        ClassificationModel.Load(PathOf("packed")).PredictLabels(_data.Table).Should().Equal(model.PredictLabels(_data.Table));
        ClassificationModel.Load(PathOf("model.json")).PredictLabels(_data.Table).Should().Equal(model.PredictLabels(_data.Table));
    }

    [Fact]
    public void A_save_replaces_the_file_and_leaves_nothing_beside_it()
    {
        new DecisionTreeClassifier().Fit(_data.Classification).Save(PathOf("model.json"));
        new DecisionTreeRegressor().Fit(_data.Regression).Save(PathOf("model.json"));

        RegressionModel.Load(PathOf("model.json")).Should().BeOfType<DecisionTreeRegressionModel>();
        Files().Should().Equal("model.json");
    }

    [Fact]
    public void A_save_that_fails_leaves_the_old_file_and_no_litter()
    {
        File.WriteAllText(PathOf("model.json"), "old");

        Action write = () => Ensembles.Persistence.AtomicFile.Write(PathOf("model.json"), stream =>
        {
            stream.Write(new byte[1 << 20]);
            throw new IOException("The disk is full.");
        });

        write.Should().Throw<IOException>().WithMessage("The disk is full.");
        File.ReadAllText(PathOf("model.json")).Should().Be("old");
        Files().Should().Equal("model.json");
    }

    [Fact]
    public void A_folder_that_is_not_there_is_an_error_of_the_file_system()
    {
        Action save = () => new DecisionTreeClassifier().Fit(_data.Classification).Save(PathOf("no/model.json"));

        save.Should().Throw<DirectoryNotFoundException>();
    }

    [Fact]
    public void Two_threads_may_save_to_one_path()
    {
        Model[] models =
        [
            new DecisionTreeClassifier().Fit(_data.Classification),
            new RandomForestClassifier { TreeCount = 5 }.Fit(_data.Classification),
        ];

        Parallel.For(0, 40, i => models[i % 2].Save(PathOf("model.json")));

        Model.Load(PathOf("model.json")).Should().Match<Model>(model => models.Any(saved => saved.GetType() == model.GetType()));
        Files().Should().Equal("model.json");
    }

    [Fact]
    public void The_error_of_a_file_names_the_file()
    {
        File.WriteAllText(PathOf("bad.json"), "{");

        FluentActions.Invoking(() => Model.Load(PathOf("bad.json"))).Should().Throw<InvalidDataException>().WithMessage("*bad.json: $*");
    }

    /// <summary>What is measured by a function of one's own is kept by its name: the history can be read, the recipe cannot be run.</summary>
    [Fact]
    public void A_metric_of_ones_own_keeps_its_name()
    {
        ClassificationMetric own = ClassificationMetric.Of("mine", (_, _, _, _) => 0.5, higherIsBetter: true);
        NewtonBoostingClassificationModel model = new NewtonBoostingClassifier { Rounds = 3, EvaluationMetrics = [own] }
            .Fit(_data.Classification, validation: _data.Classification);
        model.Save(PathOf("model.json"));

        var loaded = Model.Load<NewtonBoostingClassificationModel>(PathOf("model.json"));

        loaded.History.Metrics.Should().ContainSingle().Which.Name.Should().Be("mine");
        loaded.History.Validation().Should().Equal(0.5, 0.5, 0.5);
        FluentActions.Invoking(() => loaded.Continue(_data.Classification, _data.Classification, 1))
            .Should().Throw<ArgumentException>().WithMessage("*'mine' is a metric of one's own*");
    }

    [Fact]
    public void Quantiles_and_out_of_bag_estimates_are_kept()
    {
        ForestRegressionModel model = new RandomForestRegressor { TreeCount = 5, KeepLeafSamples = true }.Fit(_data.Regression);
        model.Save(PathOf("forest.json"));

        var loaded = Model.Load<ForestRegressionModel>(PathOf("forest.json"));

        loaded.Recipe.Should().Be(model.Recipe);
        loaded.PredictQuantiles(_data.Table, 0.1, 0.5).Cast<double>()
            .Should().Equal(model.PredictQuantiles(_data.Table, 0.1, 0.5).Cast<double>());
        loaded.OutOfBag!.MeanSquaredError.Should().Be(model.OutOfBag!.MeanSquaredError);
        loaded.OutOfBag.ErrorCurve.ToArray().Should().Equal(model.OutOfBag.ErrorCurve.ToArray());
        loaded.OutOfBag.Predictions().Should().Equal(model.OutOfBag.Predictions());
        loaded.PermutationImportances(_data.Regression).Should().Equal(model.PermutationImportances(_data.Regression));
    }

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);

    private IEnumerable<string> Files() => _folder.GetFiles().Select(file => file.Name);
}
