using System.Runtime.InteropServices;

namespace Ensembles.Peers.Measuring;

/// <summary>A problem in a temporary folder, as the scripts of the other libraries read it.</summary>
internal sealed class ProblemFiles : IDisposable
{
    private const int RowsAtOnce = 4096;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ensembles-speed-");

    public ProblemFiles(Problem problem)
    {
        Write("train", problem.Train);
        Write("test", problem.Test);
        Load =
        [
            ("folder", _folder.FullName),
            ("columns", ResultStore.Text(problem.Train.Cells.Length)),
            ("classes", ResultStore.Text(problem.Train.Classes)),
        ];
    }

    /// <summary>What a script is told to load it.</summary>
    public (string Name, string Value)[] Load { get; }

    public string OutputPath => Path.Combine(_folder.FullName, "output");

    /// <summary>The predictions that a script has written.</summary>
    public double[] ReadOutput() => MemoryMarshal.Cast<byte, double>(File.ReadAllBytes(OutputPath)).ToArray();

    public void Dispose() => _folder.Delete(recursive: true);

    private void Write(string part, Rows rows)
    {
        int columns = rows.Cells.Length;
        var block = new float[RowsAtOnce * columns];
        using (FileStream file = File.Create(Path.Combine(_folder.FullName, part + ".cells")))
        {
            for (int start = 0; start < rows.Count; start += RowsAtOnce)
            {
                int count = Math.Min(RowsAtOnce, rows.Count - start);
                for (int c = 0; c < columns; c++)
                {
                    float[] column = rows.Cells[c];
                    for (int r = 0; r < count; r++)
                    {
                        block[(r * columns) + c] = column[start + r];
                    }
                }

                file.Write(MemoryMarshal.AsBytes(block.AsSpan(0, count * columns)));
            }
        }

        File.WriteAllBytes(Path.Combine(_folder.FullName, part + ".target"), MemoryMarshal.AsBytes(rows.Target.AsSpan()));
    }
}
