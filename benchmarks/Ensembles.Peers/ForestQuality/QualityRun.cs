using Ensembles.Data;
using Ensembles.Learners;

namespace Ensembles.Peers.ForestQuality;

/// <summary>
/// Compares our forests with those of other libraries on the same splits and writes benchmarks/results/forest-quality.csv.
/// </summary>
internal sealed class QualityRun(Repository repository, RunOptions options)
{
    public const string ResultName = "forest-quality.csv";

    private const string PythonVersions =
        "import sklearn, numpy; print('scikit-learn', sklearn.__version__ + ', numpy', numpy.__version__)";

    private readonly List<string> _notes = [Machine.Describe()];
    private readonly List<QualityRow> _rows = [];

    public void Run()
    {
        using var export = new SplitExport();
        foreach (QualitySet set in QualitySet.Compared(
            options, name => _notes.Add($"not run: {name} (no --data folder with {name}.csv.gz)")))
        {
            if (options.Includes(set.Name))
            {
                GrowOurs(set, export);
            }
        }

        string path = repository.Results(ResultName);
        ResultTable? old = ResultTable.ReadIfThere(path);
        if (!options.KeepPeers)
        {
            export.Finish();
            RunPeer(
                export,
                "python3",
                "forest_quality.py",
                PeerProgram.Ask("python3", "-c", PythonVersions));
            RunPeer(
                export,
                "Rscript",
                "forest_quality.R",
                PeerProgram.Ask("Rscript", "-e", "cat('ranger', as.character(packageVersion('ranger')))"));
        }
        else if (old is not null)
        {
            _notes.AddRange(old.Notes.Skip(1).Where(note => !_notes.Contains(note, StringComparer.Ordinal)));
        }

        _rows.AddRange(old?.Rows.Select(row => QualityRow.Of(old, row)).Where(IsKept) ?? []);
        IOrderedEnumerable<QualityRow> sorted = _rows
            .OrderBy(row => row.Set, StringComparer.Ordinal)
            .ThenBy(row => row.Forest, StringComparer.Ordinal)
            .ThenBy(row => row.Parameters, StringComparer.Ordinal)
            .ThenBy(row => row.Library, StringComparer.Ordinal)
            .ThenBy(row => row.Seed);
        new ResultTable(_notes, QualityRow.Columns, [.. sorted.Select(row => row.Fields())]).Write(path);
    }

    // The other sets where only some are run, and the other libraries where only our forests are grown.
    private bool IsKept(QualityRow row) =>
        !options.Includes(row.Set) || (options.KeepPeers && !row.Library.StartsWith(OurForests.LibraryPrefix, StringComparison.Ordinal));

    private void GrowOurs(QualitySet set, SplitExport export)
    {
        var fit = new FitOptions { Threads = options.Threads };
        QualityJob[] jobs = [.. QualityJob.Of(set)];
        for (int seed = 1; seed <= (options.Seeds ?? set.Seeds); seed++)
        {
            if (set.Classification is { } classification)
            {
                (ClassificationDataset train, ClassificationDataset test) = classification.SplitStratified(0.8, (ulong)seed);
                export.Add(set, seed, train, test, jobs);
                _rows.AddRange(
                    from job in jobs
                    from variant in OurForests.Variants(job)
                    select OurForests.Grow(set, job, variant, seed, train, test, fit));
            }
            else
            {
                (RegressionDataset train, RegressionDataset test) = set.Regression!.Split(0.8, (ulong)seed);
                export.Add(set, seed, train, test, jobs);
                _rows.AddRange(
                    from job in jobs
                    from variant in OurForests.Variants(job)
                    select OurForests.Grow(set, job, variant, seed, train, test, fit));
            }

            Console.WriteLine($"Ensembles: {set.Name}, split {seed}");
        }
    }

    private void RunPeer(SplitExport export, string program, string script, string? version)
    {
        if (version is null)
        {
            _notes.Add($"not run: {script} ({program} with its library is not installed)");
            Console.WriteLine(_notes[^1]);
            return;
        }

        _notes.Add(version);
        PeerProgram.Run(program, repository.PeerScript("forest-quality", script), export.JobFile, export.ResultFile);
        ResultTable results = ResultTable.ReadIfThere(export.ResultFile)!;
        _rows.AddRange(results.Rows.Select(row => QualityRow.Of(results, row)));
    }
}
