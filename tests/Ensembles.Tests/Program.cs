using System.Globalization;
using Ensembles.Tests.NewtonBoosting;
using Ensembles.Tests.Persistence;
using Ensembles.Tests.Persistence.Snapshots;
using Ensembles.Tests.Prediction;
using Ensembles.Tests.RandomForests;

namespace Ensembles.Tests;

/// <summary>What tests run in a process of its own: the models of this machine with some of its instructions turned off.</summary>
internal static class Program
{
    public static int Main(string[] arguments)
    {
        switch (arguments)
        {
            case ["fingerprint"]:
                Console.WriteLine(NewtonFits.Fingerprint());
                return 0;
            case ["forest-fingerprint"]:
                Console.WriteLine(ForestFits.Fingerprint());
                return 0;
            case ["predictions"]:
                Console.WriteLine(CompiledPathTests.Fingerprint());
                return 0;
            case ["model-files", string count]:
                return DamageModelFiles(int.Parse(count, CultureInfo.InvariantCulture));
            case ["kill-fits", string count]:
                return KillFits(int.Parse(count, CultureInfo.InvariantCulture));
            case ["kill-saves", string count]:
                return Report(KilledRun.KillSaves(int.Parse(count, CultureInfo.InvariantCulture), seed: 2, Console.WriteLine));
            case ["train-in-folder", string name, string folder, string threads]:
                KilledRun.Train(name, folder, int.Parse(threads, CultureInfo.InvariantCulture));
                return 0;
            case ["save-in-folder", string folder]:
                KilledRun.Save(folder);
                return 0;
            case ["model-fixtures"]:
                FixtureTests.Write();
                return 0;
            default:
                Console.Error.WriteLine("The arguments known are: model-files COUNT, kill-fits COUNT, kill-saves COUNT, model-fixtures, fingerprint, forest-fingerprint, predictions");
                return 2;
        }
    }

    /// <summary>Kills each of some fits so often, at other moments than the tests.</summary>
    private static int KillFits(int count) => KilledRun.Fits
        .Select(fit => KilledRun.KillFits(fit.Name, count, seed: 2, Console.WriteLine))
        .Max(Report);

    private static int Report(string? fault)
    {
        Console.WriteLine(fault ?? "no fault");
        return fault is null ? 0 : 1;
    }

    /// <summary>Loads so many damaged model files; the numbers of mutations go on where the tests end.</summary>
    private static int DamageModelFiles(int count)
    {
        const int firstNumber = 1_000_000;
        const int step = 10_000;
        IReadOnlyList<(string Name, byte[] File)> files = ModelFileMutations.Files();
        int loaded = 0;
        int failed = 0;
        for (int done = 0; done < count; done += step)
        {
            (int loadedNow, List<string> failures) = ModelFileMutations.Run(files, firstNumber + done, Math.Min(step, count - done));
            loaded += loadedNow;
            failed += failures.Count;
            failures.ForEach(Console.WriteLine);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{Math.Min(count, done + step)} mutated files, {loaded} loaded and predicted, {failed} failures"));
        }

        return failed == 0 ? 0 : 1;
    }
}
