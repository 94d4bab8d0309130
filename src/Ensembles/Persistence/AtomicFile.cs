using System.Globalization;

namespace Ensembles.Persistence;

/// <summary>
/// Writes a file so that its path always holds either what was there before or all of what is written: aside in the same folder, flushed to
/// the disk, then renamed. What a writer that was killed has left aside is taken away by the next one.
/// </summary>
internal static class AtomicFile
{
    private const int BufferSize = 1 << 16;
    private const int MostTries = 100;
    private const string Extension = ".tmp";

    private static readonly EnumerationOptions AsWritten = new() { MatchType = MatchType.Simple };

    // No name is used twice by a process: what another takes away is never what this one has begun since.
    private static int _count;

    /// <summary>Writes a file.</summary>
    /// <param name="path">The path; a file that is there is replaced.</param>
    /// <param name="write">Writes the content; where it throws, the path stays as it was and nothing is left beside it.</param>
    public static void Write(string path, Action<Stream> write)
    {
        string target = Path.GetFullPath(path);
        RemoveLeft(target);
        string aside = string.Empty;
        bool isMoved = false;
        try
        {
            using (FileStream file = CreateAside(target, out aside))
            {
                write(file);
                file.Flush(flushToDisk: true);
                if (!OperatingSystem.IsWindows())
                {
                    // Still open, and so to others the file of a writer that lives.
                    File.Move(aside, target, overwrite: true);
                    isMoved = true;
                }
            }

            if (!isMoved)
            {
                File.Move(aside, target, overwrite: true);
                isMoved = true;
            }
        }
        finally
        {
            if (!isMoved && aside.Length > 0)
            {
                File.Delete(aside);
            }
        }
    }

    /// <summary>A new file that no other writer has, in this process or another.</summary>
    private static FileStream CreateAside(string target, out string aside)
    {
        for (int tries = 1; ; tries++)
        {
            int number = Interlocked.Increment(ref _count);
            string candidate = string.Create(CultureInfo.InvariantCulture, $"{target}.{Environment.ProcessId}-{number}{Extension}");
            try
            {
                var file = new FileStream(candidate, FileMode.CreateNew, FileAccess.Write, FileShare.None, BufferSize);
                if (File.Exists(candidate) || tries == MostTries)
                {
                    aside = candidate;
                    return file;
                }

                // Somebody took it away between its making and its locking, which are two steps on Unix; once locked it stays.
                file.Dispose();
            }
            catch (IOException e) when (e is not DirectoryNotFoundException && tries < MostTries)
            {
                // A process of this number was killed, or somebody just looks whether the file is left: the next name is free.
            }
        }
    }

    /// <summary>Removes what writers of this file that were killed have left aside: nobody has it open.</summary>
    private static void RemoveLeft(string target)
    {
        string name = Path.GetFileName(target);
        foreach (string file in Directory.EnumerateFiles(Path.GetDirectoryName(target)!, $"{name}.*{Extension}", AsWritten))
        {
            if (!IsAside(Path.GetFileName(file), name))
            {
                continue;
            }

            try
            {
                // Opening fails where a writer has it.
                new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose).Dispose();
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // It is in use, or somebody else's.
            }
        }
    }

    private static bool IsAside(string file, string name)
    {
        string[] numbers = file.Length > name.Length + Extension.Length ? file[(name.Length + 1)..^Extension.Length].Split('-') : [];
        return numbers.Length == 2
            && Array.TrueForAll(numbers, number => int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out _));
    }
}
