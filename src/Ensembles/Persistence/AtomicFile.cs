using System.Globalization;

namespace Ensembles.Persistence;

/// <summary>
/// Writes a file so that its path always holds either what was there before or all of what is written: aside in the same folder, flushed to
/// the disk, then renamed.
/// </summary>
internal static class AtomicFile
{
    private const int BufferSize = 1 << 16;

    /// <summary>Writes a file.</summary>
    /// <param name="path">The path; a file that is there is replaced.</param>
    /// <param name="write">Writes the content; where it throws, the path stays as it was and nothing is left beside it.</param>
    public static void Write(string path, Action<Stream> write)
    {
        string target = Path.GetFullPath(path);
        string aside = string.Empty;
        bool isMoved = false;
        try
        {
            using (FileStream file = CreateAside(target, out aside))
            {
                write(file);
                file.Flush(flushToDisk: true);
            }

            File.Move(aside, target, overwrite: true);
            isMoved = true;
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
        for (int number = 0; ; number++)
        {
            string candidate = string.Create(CultureInfo.InvariantCulture, $"{target}.{Environment.ProcessId}-{number}.tmp");
            try
            {
                var file = new FileStream(candidate, FileMode.CreateNew, FileAccess.Write, FileShare.None, BufferSize);
                aside = candidate;
                return file;
            }
            catch (IOException) when (File.Exists(candidate))
            {
                // Another thread writes there, or a process of this number was killed: the next name is free.
            }
        }
    }
}
