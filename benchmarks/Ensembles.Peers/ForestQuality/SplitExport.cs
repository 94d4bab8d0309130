using System.Globalization;
using System.Runtime.InteropServices;
using Ensembles.Data;

namespace Ensembles.Peers.ForestQuality;

/// <summary>
/// Writes splits for scripts of other languages: the cells as doubles, column after column, the target as doubles (a class as its
/// index), and one line of a CSV table for each forest to grow.
/// </summary>
internal sealed class SplitExport : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("forest-quality-");
    private readonly List<string> _lines =
        ["folder,set,task,columns,train_rows,test_rows,classes,forest,parameters,trees,max_features,features_per_node,bootstrap,seed"];

    public string JobFile => Path.Combine(_folder.FullName, "jobs.csv");

    public string ResultFile => Path.Combine(_folder.FullName, "results.csv");

    public void Add(QualitySet set, int seed, ClassificationDataset train, ClassificationDataset test, IEnumerable<QualityJob> jobs)
    {
        string folder = Write(set, seed, train, Array.ConvertAll(train.Labels.ToArray(), label => (double)label));
        WritePart(folder, "test", test, Array.ConvertAll(test.Labels.ToArray(), label => (double)label));
        AddLines(set, seed, folder, "classification", train, test.RowCount, train.ClassCount, jobs);
    }

    public void Add(QualitySet set, int seed, RegressionDataset train, RegressionDataset test, IEnumerable<QualityJob> jobs)
    {
        string folder = Write(set, seed, train, train.Targets);
        WritePart(folder, "test", test, test.Targets);
        AddLines(set, seed, folder, "regression", train, test.RowCount, 0, jobs);
    }

    public void Finish() => File.WriteAllText(JobFile, string.Join('\n', _lines) + "\n");

    public void Dispose() => _folder.Delete(recursive: true);

    private static void WritePart(string folder, string part, Dataset data, ReadOnlySpan<double> target)
    {
        using (FileStream cells = File.Create(Path.Combine(folder, part + ".features")))
        {
            for (int c = 0; c < data.Features.ColumnCount; c++)
            {
                cells.Write(MemoryMarshal.AsBytes(data.Features.Column(c).AsSpan()));
            }
        }

        File.WriteAllBytes(Path.Combine(folder, part + ".target"), MemoryMarshal.AsBytes(target));
    }

    private string Write(QualitySet set, int seed, Dataset train, ReadOnlySpan<double> target)
    {
        string folder = _folder.CreateSubdirectory(string.Create(CultureInfo.InvariantCulture, $"{set.Name}-{seed}")).FullName;
        WritePart(folder, "train", train, target);
        return folder;
    }

    private void AddLines(
        QualitySet set, int seed, string folder, string task, Dataset train, int testRows, int classes, IEnumerable<QualityJob> jobs)
    {
        int columns = train.Features.ColumnCount;
        foreach (QualityJob job in jobs)
        {
            string about = string.Create(
                CultureInfo.InvariantCulture, $"{folder},{set.Name},{task},{columns},{train.RowCount},{testRows},{classes}");
            string how = string.Create(
                CultureInfo.InvariantCulture,
                $"{job.Forest},{job.Parameters},{job.Trees},{job.PeerMaxFeatures},{job.MaxFeatures.Of(columns)},{(job.Bootstrap ? 1 : 0)},{seed}");
            _lines.Add($"{about},{how}");
        }
    }
}
