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

    /// <summary>Left by a writer that was killed; what is open, or only looks like it, stays.</summary>
    [Fact]
    public void A_save_takes_away_what_killed_writers_have_left()
    {
        File.WriteAllText(PathOf("model.json.123-0.tmp"), "half");
        File.WriteAllText(PathOf("model.json.4-56.tmp"), "half");
        string[] others = ["model.json.12.tmp", "model.json.a-1.tmp", "model.json.backup.tmp", "my-model.json.1-1.tmp", "model.json.1-1.tmp.old"];
        foreach (string other in others)
        {
            File.WriteAllText(PathOf(other), "mine");
        }

        using (new FileStream(PathOf("model.json.7-8.tmp"), FileMode.CreateNew, FileAccess.Write, FileShare.None))
        {
            new DecisionTreeClassifier().Fit(_data.Classification).Save(PathOf("model.json"));
        }

        Files().Should().BeEquivalentTo([.. others, "model.json", "model.json.7-8.tmp"]);
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

        FluentActions.Invoking(() => Model.Load(PathOf("bad.json"))).Should().Throw<InvalidDataException>().WithMessage("*bad.json: $*")
            .Which.Message.Should().NotContain("LineNumber", "the place is said once, and in bytes from the beginning of the file");
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

    /// <summary>So does a loss: predictions need its link only, and whoever has the loss goes on by it.</summary>
    [Fact]
    public void A_loss_of_ones_own_keeps_its_name_and_link()
    {
        NewtonLoss own = NewtonLoss.Of("mine", (y, score) => (Math.Exp(score) - y, Math.Exp(score)), ScoreLink.Log);
        var recipe = new NewtonBoostingRegressor { Loss = own, Rounds = 3 };
        NewtonBoostingRegressionModel model = recipe.Fit(_data.Regression);
        model.Save(PathOf("model.json"));

        var loaded = Model.Load<NewtonBoostingRegressionModel>(PathOf("model.json"));

        loaded.Predict(_data.Table).Should().Equal(model.Predict(_data.Table)).And.OnlyContain(value => value > 0);
        loaded.Recipe.Loss.Name.Should().Be("mine");
        loaded.Recipe.Loss.Link.Should().Be(ScoreLink.Log);
        recipe.Continue(loaded, _data.Regression).Predict(_data.Table)
            .Should().Equal((recipe with { Rounds = 6 }).Fit(_data.Regression).Predict(_data.Table));
        NewtonLoss[] others = [NewtonLoss.Poisson, NewtonLoss.Of("mine", (y, score) => (score - y, 1))];
        foreach (NewtonLoss other in others)
        {
            FluentActions.Invoking(() => (recipe with { Loss = other }).Continue(loaded, _data.Regression))
                .Should().Throw<ArgumentException>().WithMessage("The scores of the model are those of mine*");
        }

        Action[] withoutLoss = [() => loaded.Continue(_data.Regression, 1), () => loaded.Recipe.Fit(_data.Regression)];
        foreach (Action fit in withoutLoss)
        {
            fit.Should().Throw<ArgumentException>().WithMessage("'mine' is a loss of one's own*");
        }
    }

    [Theory]
    [InlineData("\"Loss\": \"Poisson\"", "\"Loss\": \"Poison\"", "there is no loss 'Poison'. Is it Poisson?")]
    [InlineData("\"Loss\": \"Poisson\"", "\"Loss\": \"Tweedie(2)\"", "The variance power must be above 1 and below 2.")]
    [InlineData("\"Loss\": \"Poisson\"", "\"Loss\": \"Gamma(2)\"", "there is no loss 'Gamma(2)'.")]
    [InlineData("\"Loss\": \"Poisson\"", "\"Loss\": {\"custom\": \"\", \"link\": \"Log\"}", "a loss needs a name")]
    [InlineData("\"Loss\": \"Poisson\"", "\"Loss\": {\"custom\": \"x\", \"link\": \"Logit\"}", "log does not make predictions")]
    [InlineData("\"Loss\": \"Poisson\"", "\"Loss\": \"SquaredError\"", "log does not make predictions")]
    [InlineData("\"link\": \"log\"", "\"link\": \"logistic\"", "logistic does not make predictions")]
    public void A_loss_that_does_not_fit_is_refused(string text, string other, string problem)
    {
        new NewtonBoostingRegressor { Loss = NewtonLoss.Poisson, Rounds = 1 }.Fit(_data.Regression).Save(PathOf("model.json"));
        string file = File.ReadAllText(PathOf("model.json"));
        file.Should().Contain(text);
        File.WriteAllText(PathOf("model.json"), file.Replace(text, other, StringComparison.Ordinal));

        Action load = () => Model.Load(PathOf("model.json"));

        load.Should().Throw<InvalidDataException>().WithMessage($"*(byte *): *{problem}*");
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
