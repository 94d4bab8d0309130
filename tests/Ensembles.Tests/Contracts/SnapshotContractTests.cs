using Ensembles.Learners;

namespace Ensembles.Tests.Contracts;

/// <summary>A fit that was stopped and goes on gives the model, byte for byte, of one that was not.</summary>
public sealed class SnapshotContractTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ensembles");

    public static TheoryData<string> Writing => LearnerCase.Names(SnapshotCases.WritesSnapshots);

    public static TheoryData<string> Refusing => LearnerCase.Names(learner => !SnapshotCases.WritesSnapshots(learner));

    private string Path => System.IO.Path.Combine(_folder.FullName, "fit.snapshot");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [MemberData(nameof(Writing))]
    public void A_fit_that_was_cancelled_goes_on_to_the_same_bytes(string name)
    {
        LearnerCase learner = LearnerCase.Named(name);
        byte[] expected = Save(learner.Fit(ContractData.Mixed(), new FitOptions { Threads = 1 }).Model);
        foreach ((int before, int after) in ((int, int)[])[(1, 2), (3, 1)])
        {
            // Stopped after every unit but the last, and begun again each time.
            int runs = 0;
            byte[]? file = null;
            while (file is null)
            {
                file = Run(learner, runs % 2 == 0 ? before : after, unitsOfRun: 1);
                runs++;
            }

            file.Should().Equal(expected);
            runs.Should().BeInRange(2, learner.Units + 1);
            File.Exists(Path).Should().BeFalse("a fit that has ended well takes its snapshot away");
        }
    }

    [Theory]
    [MemberData(nameof(Writing))]
    public void A_finished_snapshot_that_is_kept_gives_the_model_without_training(string name)
    {
        LearnerCase learner = LearnerCase.Named(name);
        var options = new FitOptions { Snapshots = new SnapshotOptions(Path) { KeepFinished = true } };
        byte[] expected = Save(learner.Fit(ContractData.Mixed(), options).Model);
        var reports = new List<FitProgress>();

        byte[] again = Save(learner.Fit(ContractData.Mixed(), options with { Progress = new Reports(reports.Add) }).Model);

        again.Should().Equal(expected);
        reports.Should().BeEmpty("nothing was left to be done");
    }

    [Theory]
    [MemberData(nameof(Refusing))]
    public void Whoever_writes_no_snapshots_refuses_them(string name)
    {
        var options = new FitOptions { Snapshots = new SnapshotOptions(Path) };

        FluentActions.Invoking(() => LearnerCase.Named(name).Fit(ContractData.Mixed(), options))
            .Should().Throw<ArgumentException>().WithMessage("Boosters, forests and bagging write snapshots*");
        File.Exists(Path).Should().BeFalse();
    }

    /// <summary>The model, or null where the run was stopped after some units.</summary>
    private byte[]? Run(LearnerCase learner, int threads, int unitsOfRun)
    {
        using var source = new CancellationTokenSource();
        int first = -1;
        var options = new FitOptions
        {
            Threads = threads,
            Snapshots = new SnapshotOptions(Path) { Every = 2, Interval = null },
            Progress = new Reports(progress =>
            {
                first = first < 0 ? progress.Completed : first;
                if (progress.Completed - first + 1 >= unitsOfRun && progress.Completed < progress.Total)
                {
                    source.Cancel();
                }
            }),
        };
        try
        {
            return Save(learner.Fit(ContractData.Mixed(), options, source.Token).Model);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    private static byte[] Save(Model model)
    {
        using var stream = new MemoryStream();
        model.Save(stream);
        return stream.ToArray();
    }

    private sealed class Reports(Action<FitProgress> report) : IProgress<FitProgress>
    {
        public void Report(FitProgress value) => report(value);
    }
}
