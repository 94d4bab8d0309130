using System.Text;
using Ensembles.Data;
using Ensembles.Learners;
using Ensembles.NewtonBoosting;
using Ensembles.Numerics;
using Ensembles.RandomForests;
using Ensembles.Tests.Contracts;

namespace Ensembles.Tests.Persistence.Snapshots;

/// <summary>A snapshot of another fit, and one that is damaged.</summary>
public sealed class RefusedSnapshotTests : IDisposable
{
    private static readonly ContractData Data = ContractData.Mixed();

    private static readonly ContractData Validation = ContractData.Mixed(50, seed: 3);

    private static readonly NewtonBoostingRegressor Recipe = new() { Rounds = 6 };

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ensembles");

    private string Path => System.IO.Path.Combine(_folder.FullName, "fit.snapshot");

    private FitOptions Options => new() { Snapshots = new SnapshotOptions(Path) { Every = 1, KeepFinished = true } };

    public static TheoryData<string, string> Others => new()
    {
        { "rate", "LearningRate is 0.1 there and 0.2 here" },
        { "seed", "Seed is 0 there and 1 here" },
        { "rounds", "Rounds is 6 there and 7 here" },
        { "dropout", "Dropout is null there and * here" },
        { "learner", "the learner is \"NewtonBoostingRegressor\" there and \"RandomForestRegressor\" here" },
        { "cell", "column 'size' of the training set has other cells" },
        { "missing cell", "column 'age' of the training set has other cells" },
        { "category", "column 'colour' of the training set has other cells" },
        { "target", "the training set has other targets" },
        { "weights", "the training set has other weights" },
        { "rows", "the training set has 96 rows there and 95 here" },
        { "columns", "the training set has other columns" },
        { "validation cell", "column 'age' of the validation set has other cells" },
        { "no validation", "it has a validation set there and none here" },
        { "start", "it goes on from another model" },
    };

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [MemberData(nameof(Others))]
    public void A_snapshot_of_another_fit_is_refused_and_stays_as_it_is(string what, string difference)
    {
        Recipe.Fit(Data.Regression, Validation.Regression, Options);
        byte[] before = File.ReadAllBytes(Path);
        Action other = what switch
        {
            "rate" => () => (Recipe with { LearningRate = 0.2 }).Fit(Data.Regression, Validation.Regression, Options),
            "seed" => () => (Recipe with { Seed = 1 }).Fit(Data.Regression, Validation.Regression, Options),
            "rounds" => () => (Recipe with { Rounds = 7 }).Fit(Data.Regression, Validation.Regression, Options),
            "dropout" => () => (Recipe with { Dropout = new Dropout() }).Fit(Data.Regression, Validation.Regression, Options),
            "learner" => () => new RandomForestRegressor().Fit(Data.Regression, Options),
            "cell" => () => Fit(Data with { Table = Changed(Data.Table, 50, 1, 2.25) }),
            "missing cell" => () => Fit(Data with { Table = Changed(Data.Table, 95, 0, double.NaN) }),
            "category" => () => Fit(Data with { Table = Changed(Data.Table, 0, 2, Data.Table[0, 2] == 0 ? 1 : 0) }),
            "target" => () => Fit(Data with { Targets = [.. Data.Targets[..95], Data.Targets[95] + 1e-9] }),
            "weights" => () => Fit(Data with { Weights = [.. Enumerable.Repeat(1.0, 96)] }),
            "rows" => () => Fit(Data.SelectRows([.. Enumerable.Range(0, 95)])),
            "columns" => () => Fit(Data with { Table = Data.Table.SelectColumns([1, 0, 2, 3]) }),
            "validation cell" => () => Recipe.Fit(
                Data.Regression, (Validation with { Table = Changed(Validation.Table, 7, 0, 3) }).Regression, Options),
            "no validation" => () => Recipe.Fit(Data.Regression, Options),
            "start" => () => Recipe.Continue(Recipe.Fit(Data.Regression), Data.Regression, Validation.Regression, Options),
            _ => throw new ArgumentOutOfRangeException(nameof(what)),
        };

        other.Should().Throw<ArgumentException>().WithMessage($"The snapshot {Path} is of another fit: {difference}.*");
        File.ReadAllBytes(Path).Should().Equal(before);
    }

    [Fact]
    public void The_same_cells_in_other_storage_are_the_same_data()
    {
        var recipe = new RandomForestRegressor { TreeCount = 2 };
        byte[] expected = SnapshotFit.Save(recipe.Fit(Data.Regression, Options));
        FeatureTable copy = Changed(Data.Table, 0, 0, Data.Table[0, 0]);

        byte[] again = SnapshotFit.Save(recipe.Fit((Data with { Table = copy }).Regression, Options));

        again.Should().Equal(expected);
    }

    [Fact]
    public void A_snapshot_of_another_version_of_the_library_is_refused()
    {
        Recipe.Fit(Data.Regression, Options);
        ReplaceInFirstLine("\"library\":\"", "\"library\":\"9");

        FluentActions.Invoking(() => Recipe.Fit(Data.Regression, Options))
            .Should().Throw<ArgumentException>().WithMessage("*the version of the library is \"9*");
    }

    [Fact]
    public void A_newer_format_is_refused()
    {
        Recipe.Fit(Data.Regression, Options);
        ReplaceInFirstLine("\"version\":1", "\"version\":2");

        FluentActions.Invoking(() => Recipe.Fit(Data.Regression, Options))
            .Should().Throw<InvalidDataException>().WithMessage("*line 1 (byte 0)*version 2*");
    }

    /// <summary>A run that was killed before its first unit stands in nobody's way.</summary>
    [Fact]
    public void A_snapshot_without_units_gives_way_to_another_fit()
    {
        Recipe.Fit(Data.Regression, Options);
        byte[] whole = File.ReadAllBytes(Path);
        File.WriteAllBytes(Path, whole[..(Array.IndexOf(whole, (byte)'\n') + 1)]);
        NewtonBoostingRegressor other = Recipe with { LearningRate = 0.2 };

        byte[] file = SnapshotFit.Save(other.Fit(Data.Regression, Options));

        file.Should().Equal(SnapshotFit.Save(other.Fit(Data.Regression)));
        FluentActions.Invoking(() => Recipe.Fit(Data.Regression, Options)).Should().Throw<ArgumentException>();
    }

    /// <summary>Whatever was damaged, the worst that comes of it is an exception that says where.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_damaged_snapshot_says_where_or_does_no_harm(bool isForest)
    {
        Func<Model> fit = isForest
            ? () => new RandomForestClassifier { TreeCount = 3, MaxDepth = 3 }.Fit(Data.Classification, Options)
            : () => Recipe.Fit(Data.Regression, Validation.Regression, Options);
        byte[] expected = SnapshotFit.Save(fit());
        byte[] whole = File.ReadAllBytes(Path);
        var random = new RandomStream(11);
        int refused = 0;
        const int count = 300;
        for (int i = 0; i < count; i++)
        {
            byte[] damaged = Damage(whole, random, i % 4);
            File.WriteAllBytes(Path, damaged);
            try
            {
                SnapshotFit.Save(fit()).Should().Equal(expected, "a snapshot with damage {0} was taken", i);
            }
            catch (InvalidDataException e)
            {
                refused++;
                e.Message.Should().StartWith(Path).And.MatchRegex("line [0-9]+ \\(byte [0-9]+\\)|is no snapshot");
            }
        }

        refused.Should().BeGreaterThan(count / 2);
    }

    [Fact]
    public void Another_file_is_no_snapshot()
    {
        foreach (string text in new[] { "", "no line", "{\"format\":\"ensembles-model\"}\n", "\n\n" })
        {
            File.WriteAllText(Path, text);

            FluentActions.Invoking(() => Recipe.Fit(Data.Regression, Options)).Should().Throw<InvalidDataException>().WithMessage($"{Path}*");
            File.ReadAllText(Path).Should().Be(text, "what is no snapshot is not written to");
        }
    }

    private void Fit(ContractData data) => Recipe.Fit(data.Regression, Validation.Regression, Options);

    /// <summary>A changed byte, a byte gone, a line gone, or a line twice.</summary>
    private static byte[] Damage(byte[] whole, RandomStream random, int kind)
    {
        if (kind == 0)
        {
            byte[] copy = [.. whole];
            copy[random.NextInt(copy.Length)] ^= (byte)(1 << random.NextInt(8));
            return copy;
        }

        if (kind == 1)
        {
            int at = random.NextInt(whole.Length);
            return [.. whole[..at], .. whole[(at + 1)..]];
        }

        List<string> lines = [.. Encoding.UTF8.GetString(whole).TrimEnd('\n').Split('\n')];
        int line = random.NextInt(lines.Count);
        if (kind == 2)
        {
            lines.RemoveAt(line);
        }
        else
        {
            lines.Insert(line, lines[line]);
        }

        return Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n");
    }

    /// <summary>The same table but for a cell, its numbers stored as doubles.</summary>
    private static FeatureTable Changed(FeatureTable table, int row, int column, double value)
    {
        var builder = new FeatureTableBuilder();
        for (int c = 0; c < table.ColumnCount; c++)
        {
            double[] cells = table.Column(c);
            cells[row] = c == column ? value : cells[row];
            Feature feature = table.Schema[c];
            builder = feature.IsCategorical
                ? builder.Categorical(feature.Name, feature.Categories, Array.ConvertAll(cells, cell => double.IsNaN(cell) ? -1 : (int)cell))
                : builder.Numeric(feature.Name, cells);
        }

        return builder.Build();
    }

    /// <summary>Changes the first line, with its hash.</summary>
    private void ReplaceInFirstLine(string old, string now)
    {
        string[] lines = File.ReadAllText(Path).Split('\n');
        string text = lines[0][..^17].Replace(old, now, StringComparison.Ordinal);
        var hash = new ContentHash();
        hash.Add(Encoding.UTF8.GetBytes(text));
        lines[0] = $"{text} {hash}";
        File.WriteAllText(Path, string.Join('\n', lines));
    }
}
