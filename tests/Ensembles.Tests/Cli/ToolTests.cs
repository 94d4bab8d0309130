using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Ensembles.Cli.Commands;
using Ensembles.Data;
using Ensembles.Datasets;
using Ensembles.Learners;
using Ensembles.NewtonBoosting;
using Ensembles.Tests.Persistence.Snapshots;

namespace Ensembles.Tests.Cli;

public sealed class ToolTests : IDisposable
{
    private const string Small =
        """
        a,b,kind,y
        1,2.5,x,yes
        2,1.5,y,no
        3,,x,yes
        4,0.5,y,no
        5,3.5,x,yes
        6,4.5,y,no
        7,2,x,yes
        8,1,y,no

        """;

    private readonly CliFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Without_a_command_it_says_what_there_is()
    {
        CliResult result = _folder.Run("--help");
        result.Code.Should().Be(0);
        result.Out.Should().Contain("cross-validate").And.Contain("Examples:");
        CliFolder.Run(CancellationToken.None).Should().Be(result with { Code = 2 });
        _folder.Must("--version").Should().MatchRegex(@"^ensembles \d+\.\d+\.\d+\n$");
    }

    [Theory]
    [InlineData("train")]
    [InlineData("predict")]
    [InlineData("evaluate")]
    [InlineData("cross-validate")]
    [InlineData("search")]
    [InlineData("show")]
    [InlineData("compile")]
    [InlineData("learners")]
    public void Every_command_has_help_with_examples(string command) =>
        _folder.Must(command + " --help").Should().Contain("Usage:").And.Contain("Examples:\n  ensembles " + command);

    [Fact]
    public void Training_goes_on_from_its_snapshot()
    {
        _folder.Must("data export iris --out @iris.csv");
        const string train = "train --data @iris.csv --target species --learner newton-boosting --set Rounds=30 --threads 1";
        _folder.Must(train + " --out @whole.json");
        using (var source = new CancellationTokenSource())
        {
            var options = new FitOptions
            {
                Snapshots = new SnapshotOptions(_folder["fit.snapshot"]),
                Progress = new SnapshotFit.Told(done =>
                {
                    if (done.Completed == 7)
                    {
                        source.Cancel();
                    }
                }),
            };
            ClassificationDataset data = ClassificationDataset.FromCsv(_folder["iris.csv"], "species");
            FluentActions.Invoking(() => new NewtonBoostingClassifier { Rounds = 30 }.Fit(data, options, source.Token))
                .Should().Throw<OperationCanceledException>();
        }

        _folder.Files.Should().Contain("fit.snapshot");
        _folder.Must(train + " --snapshots @fit.snapshot --snapshot-every 2 --out @model.json");

        File.ReadAllBytes(_folder["model.json"]).Should().Equal(File.ReadAllBytes(_folder["whole.json"]));
        _folder.Files.Should().Equal("iris.csv", "model.json", "whole.json");
        _folder.Run(train + " --snapshot-every 2 --out @m.json").Error.Should().Contain("--snapshot-every needs --snapshots");
        _folder.Run("train --data @iris.csv --target species --learner decision-tree --snapshots @s --out @m.json").Error
            .Should().Contain("Boosters, forests and bagging write snapshots");
        _folder.Run(train + " --snapshots @no/fit.snapshot --out @m.json").Error.Should().Contain("there is no folder");
    }

    [Theory]
    [InlineData("decision-tree", "")]
    [InlineData("pruned-tree", " --set Folds=2")]
    [InlineData("bagging", " --base decision-tree --set Count=3 --set Base.MaxDepth=2")]
    [InlineData("random-forest", " --set TreeCount=5")]
    [InlineData("extra-trees", " --set TreeCount=5")]
    [InlineData("adaboost", " --base decision-tree --set Rounds=5 --set Base.MaxDepth=2")]
    [InlineData("gradient-boosting", " --set Rounds=5")]
    [InlineData("newton-boosting", " --set Rounds=5")]
    [InlineData("linear-boosting", " --set Rounds=5")]
    public void Predictions_of_every_learner_are_those_of_the_library(string learner, string settings)
    {
        _folder.Must("data export iris --out @iris.csv");
        _folder.Must($"train --data @iris.csv --target species --learner {learner}{settings} --out @model.json")
            .Should().Contain(" 3: setosa");
        string[] lines = _folder.Must("predict --model @model.json --data @iris.csv --probabilities").TrimEnd('\n').Split('\n');

        ClassificationModel model = ClassificationModel.Load(_folder["model.json"]);
        FeatureTable rows = SampleData.Iris().Features;
        double[,] expected = model.PredictProbabilities(rows);
        string[] labels = model.PredictLabels(rows);
        lines[0].Should().Be("prediction," + string.Join(',', model.Classes.Select(label => "probability_" + label)));
        lines.Should().HaveCount(151);
        for (int row = 0; row < labels.Length; row++)
        {
            string[] cells = lines[row + 1].Split(',');
            cells[0].Should().Be(labels[row]);
            for (int k = 0; k < model.ClassCount; k++)
            {
                double.Parse(cells[k + 1], CultureInfo.InvariantCulture).Should().Be(expected[row, k]);
            }
        }
    }

    [Fact]
    public void An_isolation_forest_needs_no_target()
    {
        _folder.Write("small.csv", Small);
        _folder.Must("train --data @small.csv --learner isolation-forest --set TreeCount=5 --ignore y --out @iso.json");
        string[] lines = _folder.Must("predict --model @iso.json --data @small.csv").TrimEnd('\n').Split('\n');
        lines.Should().HaveCount(9);
        lines[0].Should().Be("prediction,score");
        lines[1].Should().MatchRegex("^(inlier|outlier),0");
        _folder.Run("evaluate --model @iso.json --data @small.csv").Code.Should().Be(2);
    }

    [Fact]
    public void Early_stopping_keeps_the_best_round()
    {
        _folder.Must("data export credit-data --out @credit.csv");
        string report = _folder.Must(
            "train --data @credit.csv --target Status --learner newton-boosting --set MaxDepth=3 --set Rounds=300 --set LearningRate=0.3"
            + " --validation-fraction 0.3 --early-stopping 5 --out @model.json.gz");
        report.Should().Contain("for training, ").And.Contain("validation ROC AUC");
        report.Should().MatchRegex("best round +[1-9][0-9]? of [1-9][0-9]?,");
        _folder.Must("evaluate --model @model.json.gz --data @credit.csv").Should().StartWith("rows ").And.Contain("true class");
    }

    [Fact]
    public void Metrics_as_json_are_one_object()
    {
        _folder.Must("data export diabetes --out @d.csv");
        _folder.Must("train --data @d.csv --target progression --learner decision-tree --set MaxDepth=3 --out @m.json");
        using JsonDocument numbers = JsonDocument.Parse(_folder.Must("evaluate --model @m.json --data @d.csv --json"));
        numbers.RootElement.GetProperty("r2").GetDouble().Should().BeInRange(0.3, 0.9);
        using JsonDocument folds = JsonDocument.Parse(
            _folder.Must("cross-validate --data @d.csv --target progression --learner decision-tree --set MaxDepth=3 --folds 4 --json"));
        folds.RootElement.GetProperty("rmse").GetProperty("values").GetArrayLength().Should().Be(4);
        using JsonDocument search = JsonDocument.Parse(_folder.Must(
            "search --data @d.csv --target progression --learner decision-tree"
            + " --grid MaxDepth=1,3 --range MinSamplesLeaf=1:9 --trials 4 --json"));
        search.RootElement.GetProperty("trials").GetArrayLength().Should().Be(4);
    }

    [Fact]
    public void A_search_saves_the_best_model()
    {
        _folder.Must("data export iris --out @iris.csv");
        string report = _folder.Must(
            "search --data @iris.csv --target species --learner random-forest --set TreeCount=5"
            + " --grid MaxDepth=1,4 --folds 3 --seed 1 --out @best.json");
        report.Should().Contain("best   --set MaxDepth=4");
        _folder.Must("show @best.json").Should().Contain("MaxDepth = 4");
    }

    [Fact]
    public void Trees_are_shown_as_text_dot_and_mermaid()
    {
        _folder.Write("small.csv", Small);
        _folder.Must("train --data @small.csv --target y --learner random-forest --set TreeCount=3 --out @m.json");
        _folder.Must("show @m.json --tree 2").Should().StartWith("all: ").And.Contain("gini");
        _folder.Must("show @m.json --tree 2 --dot").Should().StartWith("digraph");
        _folder.Must("show @m.json --tree 2 --mermaid").Should().Contain("flowchart");
        _folder.Run("show @m.json --tree 3").Should().Be(new CliResult(2, string.Empty, "ensembles: --tree must be from 0 to 2.\n"));
        _folder.Must("compile --model @m.json --namespace Shop --out @Small.cs").Should().Contain("Shop.Small");
        File.ReadAllText(_folder["Small.cs"]).Should().Contain("namespace Shop;").And.Contain("class Small");
    }

    [Theory]
    [InlineData("trian", "Is it train?")]
    [InlineData("train --dat x", "has no option '--dat'. Is it --data")]
    [InlineData("train --data @small.csv", "needs --learner, --out")]
    [InlineData("train --data @small.csv --target y --learner newton-bosting --out @m.json", "Is it newton-boosting")]
    [InlineData("train --data @small.csv --target y --learner newton-boosting --set Round=3 --out @m.json", "Rounds?")]
    [InlineData("train --data @small.csv --target y --learner newton-boosting --set LearningRate=7 --out @m.json", "at most 1.")]
    [InlineData("train --data @small.csv --target y --learner newton-boosting --set Rounds=many --out @m.json", "Rounds")]
    [InlineData("train --data @small.csv --target y --learner newton-boosting --early-stopping 3 --out @m.json", "needs validation rows")]
    [InlineData("train --data @small.csv --target y --learner decision-tree --base bagging --out @m.json", "takes no base learner")]
    [InlineData("train --data @small.csv --learner decision-tree --out @m.json", "--target")]
    [InlineData("train --data @small.csv --learner decision-tree --out @m.json --seed x", "--seed takes a whole number from 0 on, not 'x'.")]
    [InlineData("show", "'ensembles show' needs <")]
    [InlineData("data", "'ensembles data' needs a command: list, export.")]
    [InlineData("data export credit-dat", "Is it credit-data")]
    [InlineData("predict --model @m.json --data @small.csv --raw --leaves", "exclude each other")]
    [InlineData("search --data @small.csv --target y --learner decision-tree --grid MaxDept=1,2", "MaxDepth")]
    public void Wrong_usage_is_said_in_a_line_and_returns_2(string commandLine, string message)
    {
        _folder.Write("small.csv", Small);
        CliResult result = _folder.Run(commandLine);
        result.Error.Should().Contain(message).And.NotContain("   at ").And.NotContain("Parameter '");
        result.Code.Should().Be(2);
        result.Out.Should().BeEmpty();
        _folder.Files.Should().Equal("small.csv");
    }

    [Theory]
    [InlineData("train --data @none.csv --target y --learner decision-tree --out @m.json", "none.csv: there is no such file.")]
    [InlineData("train --data @small.csv --target z --learner decision-tree --out @m.json", "small.csv, line 1, column 'z': there is no")]
    [InlineData("train --data @ragged.csv --target y --learner decision-tree --out @m.json", "ragged.csv, line 3")]
    [InlineData("train --data @small.csv --target y --learner decision-tree --task regression --out @m.json", "csv, line 2, column 'y'")]
    [InlineData("train --data @small.csv --target y --learner decision-tree --out @no/m.json", "no folder")]
    [InlineData("show @small.csv", "small.csv")]
    [InlineData("predict --model @tree.json --data @other.csv", "the columns 'b', 'kind'")]
    public void Bad_data_are_said_in_a_line_and_return_1(string commandLine, string message)
    {
        _folder.Write("small.csv", Small);
        _folder.Write("ragged.csv", "a,y\n1,2\n3\n");
        _folder.Write("other.csv", "a,y\n1,2\n");
        _folder.Must("train --data @small.csv --target y --learner decision-tree --out @tree.json");
        CliResult result = _folder.Run(commandLine);
        result.Error.Should().Contain(message).And.NotContain("   at ");
        result.Error.Count(c => c == '\n').Should().Be(1);
        result.Code.Should().Be(1);
        File.Exists(_folder["m.json"]).Should().BeFalse();
    }

    [Fact]
    public void Whole_numbers_of_few_kinds_are_classes_and_others_are_numbers()
    {
        string Of(int kinds) =>
            "a,y\n" + string.Concat(Enumerable.Range(0, 40).Select(i => FormattableString.Invariant($"{i},{i % kinds}\n")));
        _folder.Write("classes.csv", Of(kinds: 3));
        _folder.Write("numbers.csv", Of(kinds: 13));
        _folder.Must("train --data @classes.csv --target y --learner decision-tree --out @m.json").Should().Contain(", classification");
        _folder.Must("train --data @numbers.csv --target y --learner decision-tree --out @m.json").Should().Contain(", regression");
        _folder.Must("train --data @classes.csv --target y --task regression --learner decision-tree --out @m.json")
            .Should().Contain(", regression");
    }

    [Fact]
    public void Kept_columns_are_written_as_they_are()
    {
        _folder.Write("small.csv", "id,a,y\n\"x, 1\",1,2\n007,2,3.5\n");
        _folder.Must("train --data @small.csv --target y --ignore id --learner decision-tree --out @m.json");
        _folder.Must("predict --model @m.json --data @small.csv --keep id --out @p.csv").Should().BeEmpty();
        File.ReadAllText(_folder["p.csv"]).Should().Be("id,prediction\n\"x, 1\",2\n007,3.5\n");
        _folder.Must("predict --model @m.json --data @small.csv --leaves").Should().StartWith("prediction,leaf_0\n");
        _folder.Must("predict --model @m.json --data @small.csv --contributions").Should().StartWith("prediction,base,contribution_a\n");
    }

    [Fact]
    public void What_is_interrupted_writes_nothing()
    {
        _folder.Write("small.csv", Small);
        CliResult result = CliFolder.Run(
            new CancellationToken(canceled: true),
            _folder.Split("train --data @small.csv --target y --learner random-forest --out @m.json"));
        result.Code.Should().Be(130);
        _folder.Files.Should().Equal("small.csv");
    }

    [Fact]
    public void Every_data_set_can_be_exported()
    {
        foreach (DatasetInfo info in SampleData.All)
        {
            DataCommand.Load(info).RowCount.Should().Be(info.Rows);
        }

        _folder.Must("data export wine --out @wine.csv");
        ClassificationDataset wine = SampleData.Wine();
        ClassificationDataset read = ClassificationDataset.FromCsv(_folder["wine.csv"], "cultivar");
        read.Labels.ToArray().Should().Equal(wine.Labels.ToArray());
        for (int c = 0; c < wine.Schema.Count; c++)
        {
            read.Features.Column(c).Should().Equal(wine.Features.Column(c));
        }
    }

    [Fact]
    public void As_a_process_it_returns_its_code_and_writes_to_its_streams()
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Ensembles.Cli.dll"), "show", "none.json"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        using Process process = Process.Start(start)!;
        string error = process.StandardError.ReadToEnd();
        process.StandardOutput.ReadToEnd().Should().BeEmpty();
        process.WaitForExit();
        process.ExitCode.Should().Be(1);
        error.Should().StartWith("ensembles: ").And.Contain("none.json").And.NotContain("   at ");
    }
}
