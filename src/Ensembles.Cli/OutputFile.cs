using Ensembles.Persistence;

namespace Ensembles.Cli;

/// <summary>The files that the tool writes: each is there whole or not at all.</summary>
internal static class OutputFile
{
    private static readonly Lock Writing = new();

    /// <summary>Writes a file.</summary>
    /// <param name="path">Where to; a file that is there is replaced when all is written.</param>
    /// <param name="write">Writes the content.</param>
    public static void Write(string path, Action<Stream> write)
    {
        Check(path);
        lock (Writing)
        {
            AtomicFile.Write(path, write);
        }
    }

    /// <summary>Runs what writes files of its own.</summary>
    public static void Write(string path, Action write)
    {
        Check(path);
        lock (Writing)
        {
            write();
        }
    }

    /// <summary>Throws where a file cannot be written because its folder is not there: before the work and not after it.</summary>
    public static void Check(string path)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path)) ?? string.Empty;
        if (!Directory.Exists(folder))
        {
            throw new DirectoryNotFoundException($"{path}: there is no folder '{folder}'.");
        }

        if (Directory.Exists(path))
        {
            throw new IOException($"{path}: this is a folder.");
        }
    }

    /// <summary>Waits for the file that is being written.</summary>
    public static void WaitUntilNoneIsOpen() => Writing.Enter();
}
