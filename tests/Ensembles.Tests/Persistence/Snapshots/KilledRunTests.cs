using System.Diagnostics;

namespace Ensembles.Tests.Persistence.Snapshots;

/// <summary>Kill −9 while a process trains or saves; <c>kill-fits</c> and <c>kill-saves</c> of this program do it more often.</summary>
public sealed class KilledRunTests
{
    [Theory]
    [InlineData("boosting")]
    [InlineData("forest")]
    [InlineData("adaboost")]
    public void A_fit_that_is_killed_goes_on_to_the_same_bytes(string name) =>
        KilledRun.KillFits(name, kills: 3, seed: 1, log: _ => { }).Should().BeNull();

    [Fact]
    public void A_save_that_is_killed_leaves_a_whole_file() => KilledRun.KillSaves(kills: 4, seed: 1, log: _ => { }).Should().BeNull();

    /// <summary>The disk is full for both: no file may grow beyond a limit that the shell sets.</summary>
    [UnixFact]
    public void A_full_disk_leaves_the_old_model_and_a_snapshot_that_is_good()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("ensembles-full");
        string model = Path.Combine(folder.FullName, "model.json");
        try
        {
            // Blocks of 512 or of 1,024 bytes; what is written whole needs a multiple of either.
            string said = RunWithFileLimit(96, "train-in-folder", "forest", folder.FullName, "2");
            said.Should().Contain("Unhandled exception");
            var snapshot = new FileInfo(Path.Combine(folder.FullName, "fit.snapshot"));
            snapshot.Length.Should().BeInRange(10_000, 96 * 1024);
            File.ReadAllBytes(snapshot.FullName)[^1].Should().Be((byte)'\n', "half a line is cut off again");

            KilledRun.Train("forest", folder.FullName, threads: 2);
            File.ReadAllBytes(model).Should().Equal(KilledRun.Named("forest").Uninterrupted());

            File.WriteAllText(model, "old");
            RunWithFileLimit(96, "save-in-folder", folder.FullName).Should().Contain("Unhandled exception");
            File.ReadAllText(model).Should().Be("old");
            folder.GetFiles().Should().ContainSingle();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Runs this program where files end at so many blocks, and gives what it says of its end.</summary>
    private static string RunWithFileLimit(int blocks, params string[] arguments)
    {
        ProcessStartInfo plain = KilledRun.Start(arguments);

        // Ignored, the signal becomes an error of the write. The runtime maps code by a large file of its own, unless it is told not to.
        string[] command = ["-c", $"trap '' XFSZ; ulimit -f {blocks}; exec \"$@\"", "sh", plain.FileName, .. plain.ArgumentList];
        var start = new ProcessStartInfo("/bin/sh", command)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        start.Environment["DOTNET_DbgEnableMiniDump"] = "0";
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        process.ExitCode.Should().NotBe(0);
        return errors.GetAwaiter().GetResult();
    }

    /// <summary>A test of what other systems do not have.</summary>
    private sealed class UnixFactAttribute : FactAttribute
    {
        public UnixFactAttribute()
        {
            if (OperatingSystem.IsWindows())
            {
                Skip = "There is no limit of the length of files here.";
            }
        }
    }
}
