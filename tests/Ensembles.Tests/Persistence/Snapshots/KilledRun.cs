using System.Diagnostics;
using System.Globalization;
using Ensembles.AdaBoost;
using Ensembles.Learners;
using Ensembles.NewtonBoosting;
using Ensembles.Numerics;
using Ensembles.RandomForests;
using Ensembles.Tests.Contracts;
using Ensembles.Trees;

namespace Ensembles.Tests.Persistence.Snapshots;

/// <summary>Processes of their own that train or save, and are killed: they end without a warning, wherever they are.</summary>
internal static class KilledRun
{
    private static readonly ContractData Data = ContractData.Mixed(1500);

    private static readonly ContractData Validation = ContractData.Mixed(300, seed: 2);

    /// <summary>The fits that are killed: some seconds of work.</summary>
    public static IReadOnlyList<SnapshotFit> Fits { get; } =
    [
        new("boosting", (options, token) => new NewtonBoostingClassifier
        {
            Rounds = 60,
            LearningRate = 0.5,
            Subsample = 0.7,
            EarlyStoppingRounds = 50,
            Dropout = new Dropout { Rate = 0.1 },
        }.Fit(Data.Classification, Validation.Classification, options, token)),
        new("forest", (options, token) => new RandomForestClassifier { TreeCount = 80 }.Fit(Data.Classification, options, token)),
        new("adaboost", (options, token) => new AdaBoostClassifier(new DecisionTreeClassifier { MaxDepth = 3 })
        {
            Rounds = 50,
            LearningRate = 0.3,
        }.Fit(Data.Classification, Validation.Classification, options, token)),
    ];

    public static SnapshotFit Named(string name) => Fits.Single(fit => string.Equals(fit.Name, name, StringComparison.Ordinal));

    /// <summary>What the process that trains does: it says how many units are done, and saves the model.</summary>
    public static void Train(string name, string folder, int threads)
    {
        Model model = Named(name).Run(
            new FitOptions
            {
                Threads = threads,
                Snapshots = new SnapshotOptions(Path.Combine(folder, "fit.snapshot")) { Every = 1, KeepFinished = true },
                Progress = new SnapshotFit.Told(Say),
            },
            CancellationToken.None);
        model.Save(Path.Combine(folder, "model.json"));
        File.Delete(Path.Combine(folder, "fit.snapshot"));
    }

    /// <summary>What the process that saves does, for ever: two models in turn, to one path.</summary>
    public static void Save(string folder)
    {
        Model[] models = SavedModels();
        for (int i = 0; ; i++)
        {
            models[i % 2].Save(Path.Combine(folder, "model.json"));
            Say(new FitProgress(i + 1, i + 1));
        }
    }

    /// <summary>The models that are saved in turn.</summary>
    public static Model[] SavedModels() =>
    [
        new RandomForestClassifier { TreeCount = 20 }.Fit(Data.Classification),
        new RandomForestRegressor { TreeCount = 30 }.Fit(Data.Regression),
    ];

    /// <summary>Trains, is killed so many times, and goes on each time.</summary>
    /// <param name="name">The fit.</param>
    /// <param name="kills">How often to kill.</param>
    /// <param name="seed">Where the moments come from.</param>
    /// <param name="log">Told what happened.</param>
    /// <returns>What was wrong, or null.</returns>
    public static string? KillFits(string name, int kills, ulong seed, Action<string> log)
    {
        byte[] expected = Named(name).Uninterrupted();
        var random = new RandomStream(KeyedRandom.Mix(seed, (ulong)name.Length));
        DirectoryInfo folder = Directory.CreateTempSubdirectory("ensembles-kill");
        try
        {
            for (int killed = 0; killed < kills;)
            {
                int finished = 0;
                int resumed = 0;
                for (bool isDone = false; !isDone;)
                {
                    // After some units, and then at no moment in particular: wherever the process is when the kill arrives.
                    int units = killed < kills ? random.NextInt(12) : int.MaxValue;
                    int threads = 1 + random.NextInt(3);
                    (int first, int last, isDone) = RunAndKill(
                        ["train-in-folder", name, folder.FullName, threads.ToString(CultureInfo.InvariantCulture)], units, random.NextInt(4000));
                    killed += isDone ? 0 : 1;
                    resumed += first > 1 ? 1 : 0;
                    if (first > 0 && first <= finished)
                    {
                        return $"{name}: unit {first} was done again, and {finished} had been written.";
                    }

                    // A round is reported when it is written, and the next run does not do it again. Trees are done while another is written.
                    finished = string.Equals(name, "forest", StringComparison.Ordinal) ? 0 : Math.Max(finished, last);
                }

                if (!File.ReadAllBytes(Path.Combine(folder.FullName, "model.json")).AsSpan().SequenceEqual(expected))
                {
                    return $"{name}: the model differs from that of a fit that was not killed.";
                }

                File.Delete(Path.Combine(folder.FullName, "model.json"));
                string[] left = [.. folder.GetFiles().Select(file => file.Name)];
                if (left.Length > 0)
                {
                    return $"{name}: there is left {string.Join(", ", left)}.";
                }

                log(string.Create(CultureInfo.InvariantCulture, $"{name}: {killed} kills, {resumed} runs that went on, the same bytes"));
            }

            return null;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Kills a process that saves to one path again and again: there is always a whole model.</summary>
    /// <returns>What was wrong, or null.</returns>
    public static string? KillSaves(int kills, ulong seed, Action<string> log)
    {
        byte[][] expected = Array.ConvertAll(SavedModels(), SnapshotFit.Save);
        var random = new RandomStream(seed);
        DirectoryInfo folder = Directory.CreateTempSubdirectory("ensembles-kill");
        string path = Path.Combine(folder.FullName, "model.json");
        try
        {
            int litter = 0;
            for (int killed = 1; killed <= kills; killed++)
            {
                RunAndKill(["save-in-folder", folder.FullName], 1 + random.NextInt(6), random.NextInt(40_000));
                byte[] file = File.ReadAllBytes(path);
                if (!Array.Exists(expected, whole => file.AsSpan().SequenceEqual(whole)))
                {
                    return $"after {killed} kills the file is none of those that were saved.";
                }

                int asides = folder.GetFiles().Length - 1;
                litter += asides;
                if (asides > 1)
                {
                    return $"after {killed} kills there are {asides} files aside.";
                }
            }

            // The next save takes away what the last kill has left.
            SavedModels()[0].Save(path);
            log(string.Create(CultureInfo.InvariantCulture, $"saves: {kills} kills, {litter} in the middle of a file, which was always whole"));
            return folder.GetFiles().Length == 1 ? null : "a save leaves files aside.";
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Starts these tests as a process.</summary>
    public static ProcessStartInfo Start(params string[] arguments) => new(
        Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
        [typeof(KilledRun).Assembly.Location, .. arguments])
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        UseShellExecute = false,
    };

    /// <summary>Runs a process, and kills it when it has said so many lines and some time has passed.</summary>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="lines">After how many lines to kill.</param>
    /// <param name="spins">How long then, in turns of a loop.</param>
    /// <returns>The first and the last line, and whether the process ended by itself.</returns>
    private static (int First, int Last, bool IsDone) RunAndKill(string[] arguments, int lines, int spins)
    {
        using Process process = Process.Start(Start(arguments))!;
        int first = 0;
        int last = 0;
        for (int read = 0; read < lines && process.StandardOutput.ReadLine() is string line; read++)
        {
            last = int.Parse(line, CultureInfo.InvariantCulture);
            first = first == 0 ? last : first;
        }

        Thread.SpinWait(spins);
        process.Kill();
        process.WaitForExit();

        // What it had said by then.
        while (process.StandardOutput.ReadLine() is string line)
        {
            last = int.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? Math.Max(last, number) : last;
            first = first == 0 ? last : first;
        }

        string errors = process.StandardError.ReadToEnd();
        return errors.Length == 0 ? (first, last, process.ExitCode == 0) : throw new InvalidOperationException(errors);
    }

    private static void Say(FitProgress progress)
    {
        Console.Out.Write(string.Create(CultureInfo.InvariantCulture, $"{progress.Completed}\n"));
        Console.Out.Flush();
    }
}
