using Ensembles.Data;
using Ensembles.Learners;
using Ensembles.NewtonBoosting;
using Ensembles.Numerics;
using Ensembles.RandomForests;
using Ensembles.Tests.Contracts;

namespace Ensembles.Tests.Persistence.Snapshots;

public sealed class ResumedFitTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ensembles");

    public static TheoryData<string> All => [.. SnapshotFit.All.Select(fit => fit.Name)];

    private string Path => System.IO.Path.Combine(_folder.FullName, "fit.snapshot");

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>Stopped at any unit and finished in one go, at other numbers of threads.</summary>
    [Theory]
    [MemberData(nameof(All))]
    public void A_fit_that_was_stopped_gives_the_bytes_of_one_that_was_not(string name)
    {
        SnapshotFit fit = SnapshotFit.Named(name);
        byte[] expected = fit.Uninterrupted();
        int stopped = 0;
        for (int until = 1; until < 60; until = (2 * until) + 1)
        {
            bool isFirst = fit.RunUntil(new SnapshotOptions(Path) { Every = 3 }, threads: 1 + (until % 3), until, byException: until % 2 == 0) is null;
            stopped += isFirst ? 1 : 0;
            File.Exists(Path).Should().Be(isFirst);

            byte[]? file = fit.RunUntil(new SnapshotOptions(Path) { Every = 1 }, threads: 2, int.MaxValue, byException: false);

            file.Should().Equal(expected, "it was stopped at unit {0}", until);
        }

        stopped.Should().BePositive();
    }

    [Fact]
    public void The_fits_that_should_stop_early_do()
    {
        foreach (SnapshotFit fit in SnapshotFit.All.Where(fit => fit.Name.Contains("early stopping", StringComparison.Ordinal)))
        {
            int total = 0;
            int done = 0;
            fit.Run(new FitOptions { Progress = new SnapshotFit.Told(progress => (done, total) = progress) }, CancellationToken.None);
            done.Should().BeLessThan(total, "{0} tests what becomes of the rounds after the best", fit.Name);
        }
    }

    /// <summary>What a kill in the middle of a write leaves: the file up to some byte.</summary>
    [Theory]
    [InlineData("DART, early stopping")]
    [InlineData("AdaBoost, noise, restarted")]
    [InlineData("Linear boosting, early stopping")]
    [InlineData("Forest, samples of leaves, weights")]
    [InlineData("Bagging, features, weights")]
    public void A_snapshot_that_ends_anywhere_gives_the_same_bytes(string name)
    {
        SnapshotFit fit = SnapshotFit.Named(name);
        byte[] expected = fit.Uninterrupted();
        fit.RunUntil(new SnapshotOptions(Path) { KeepFinished = true }, threads: 2, int.MaxValue, byException: false).Should().Equal(expected);
        byte[] whole = File.ReadAllBytes(Path);
        int header = Array.IndexOf(whole, (byte)'\n') + 1;
        var random = new RandomStream(5);
        for (int i = 0; i < 12; i++)
        {
            int length = i == 0 ? header : header + random.NextInt(whole.Length - header);
            File.WriteAllBytes(Path, whole[..length]);

            byte[]? file = fit.RunUntil(new SnapshotOptions(Path) { KeepFinished = true }, threads: 1, int.MaxValue, byException: false);

            file.Should().Equal(expected, "the snapshot ended at byte {0} of {1}", length, whole.Length);
        }
    }

    [Fact]
    public void Progress_goes_on_where_it_was()
    {
        SnapshotFit fit = SnapshotFit.Named("Newton, Poisson, validation");
        fit.RunUntil(new SnapshotOptions(Path), threads: 1, until: 4, byException: false).Should().BeNull();
        var seen = new List<int>();

        fit.Run(
            new FitOptions { Snapshots = new SnapshotOptions(Path), Progress = new SnapshotFit.Told(progress => seen.Add(progress.Completed)) },
            CancellationToken.None);

        seen.Should().Equal(5, 6, 7, 8, 9, 10);
    }

    /// <summary>With both, whichever comes first; a killed run has what was written.</summary>
    [Theory]
    [InlineData(4, null, 2)]
    [InlineData(null, 0.0, 9)]
    [InlineData(100, null, 0)]
    [InlineData(null, 1e6, 0)]
    [InlineData(4, 1e6, 2)]
    public void A_snapshot_is_written_as_often_as_it_should_be(int? every, double? seconds, int expected)
    {
        var options = new SnapshotOptions(Path) { Every = every, Interval = seconds is double s ? TimeSpan.FromSeconds(s) : null };
        var lengths = new HashSet<long>();
        var fit = new NewtonBoostingRegressor { Rounds = 9 };

        fit.Fit(
            ContractData.Mixed().Regression,
            new FitOptions { Snapshots = options, Progress = new SnapshotFit.Told(_ => lengths.Add(new FileInfo(Path).Length)) });

        bool hasHeaderOnly = every is not null || seconds > 0;
        lengths.Count.Should().Be(expected + (hasHeaderOnly ? 1 : 0));
    }

    [Fact]
    public void A_fit_that_fails_before_its_first_unit_leaves_no_snapshot()
    {
        var options = new FitOptions { Snapshots = new SnapshotOptions(Path) };
        var recipe = new NewtonBoostingRegressor { Loss = NewtonLoss.Poisson };
        RegressionDataset negative = RegressionDataset.Create(ContractData.Mixed().Table, [.. Enumerable.Repeat(-1.0, 96)]);

        FluentActions.Invoking(() => recipe.Fit(negative, options)).Should().Throw<ArgumentException>();

        _folder.GetFiles().Should().BeEmpty();
    }

    [Fact]
    public void A_folder_that_is_not_there_is_noticed_before_the_work()
    {
        var seen = new List<FitProgress>();
        var options = new FitOptions
        {
            Snapshots = new SnapshotOptions(System.IO.Path.Combine(_folder.FullName, "no", "fit.snapshot")),
            Progress = new SnapshotFit.Told(seen.Add),
        };

        FluentActions.Invoking(() => new RandomForestClassifier { TreeCount = 2 }.Fit(ContractData.Mixed().Classification, options))
            .Should().Throw<DirectoryNotFoundException>();
        seen.Should().BeEmpty();
    }

    [Fact]
    public void Two_fits_cannot_write_one_snapshot()
    {
        FitOptions second = new() { Snapshots = new SnapshotOptions(Path) };
        ClassificationDataset data = ContractData.Mixed().Classification;
        var recipe = new RandomForestClassifier { TreeCount = 2 };
        int refused = 0;

        recipe.Fit(data, second with
        {
            Threads = 1,
            Progress = new SnapshotFit.Told(_ =>
            {
                FluentActions.Invoking(() => recipe.Fit(data, second)).Should().Throw<IOException>();
                refused++;
            }),
        });

        refused.Should().Be(2);
    }

    [Fact]
    public void Options_out_of_range_name_themselves()
    {
        FluentActions.Invoking(() => new SnapshotOptions("a") { Every = 0 }).Should().Throw<ArgumentOutOfRangeException>().WithMessage("Every must be at least 1*");
        FluentActions.Invoking(() => new SnapshotOptions("a") { Interval = TimeSpan.FromSeconds(-1) })
            .Should().Throw<ArgumentOutOfRangeException>().WithMessage("Interval must be at least 0*");
        FluentActions.Invoking(() => new SnapshotOptions("")).Should().Throw<ArgumentException>();
        var never = new FitOptions { Snapshots = new SnapshotOptions(Path) { Interval = null } };
        FluentActions.Invoking(() => new RandomForestClassifier().Fit(ContractData.Mixed().Classification, never))
            .Should().Throw<ArgumentException>().WithMessage("*(Every)*(Interval)*");
    }
}
