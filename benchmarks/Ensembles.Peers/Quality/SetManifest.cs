using Ensembles.Catalog;
using Ensembles.Data;

namespace Ensembles.Peers.Quality;

/// <summary>
/// The sets of a folder of CSV files, by a table with tabs between its fields: <c>name</c>, <c>file</c>, <c>task</c> (classification or
/// regression) and <c>target</c>, and where there are such columns <c>ignored</c> (those that leak the target or number the rows) and
/// <c>categorical</c> (those whose numbers are codes), names with semicolons between.
/// </summary>
internal static class SetManifest
{
    /// <summary>The manifest that a folder brings itself.</summary>
    public const string FileName = "quality.tsv";

    /// <summary>The sets of a manifest, in its order.</summary>
    /// <param name="path">The manifest.</param>
    /// <param name="folder">The folder of the files, or null where there is none.</param>
    /// <exception cref="InvalidDataException">The manifest has no such columns, or a task is unknown.</exception>
    public static IEnumerable<ComparedSet> Read(string path, string? folder)
    {
        TabTable table = TabTable.Read(path, "name", "file", "task", "target");
        foreach (string[] row in table.Rows)
        {
            string name = table.Text(row, "name");
            string? file = folder is null ? null : Path.Combine(folder, table.Text(row, "file"));
            LearningTask task = table.Text(row, "task") switch
            {
                "classification" => LearningTask.Classification,
                "regression" => LearningTask.Regression,
                string other => throw new InvalidDataException($"{path}: the task of {name} is '{other}'; it must be classification or regression."),
            };
            string target = table.Text(row, "target");
            var options = new CsvOptions
            {
                IgnoredColumns = Names(table.Text(row, "ignored")),
                CategoricalColumns = Names(table.Text(row, "categorical")),
            };
            yield return new ComparedSet(name, task, "file", !File.Exists(file) ? null : () => task == LearningTask.Classification
                ? ClassificationDataset.FromCsv(file, target, options)
                : RegressionDataset.FromCsv(file, target, options));
        }
    }

    private static string[] Names(string list) => list.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
