using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Ensembles.Peers.Measuring;

/// <summary>
/// Another library in a process that lives through the measurement, so that its fits and ours are timed in turn. It is told what to do by
/// lines of tab-separated name=value pairs and answers each with one.
/// </summary>
internal sealed class PeerProcess : IDisposable
{
    private readonly Process _process;

    private PeerProcess(Process process)
    {
        _process = process;
    }

    /// <summary>The library and its version.</summary>
    public string Version { get; private set; } = string.Empty;

    /// <summary>Starts a script; null where the program or its library is not installed.</summary>
    /// <param name="program">The interpreter.</param>
    /// <param name="threads">The threads that the library may use, told to its runtime too.</param>
    /// <param name="arguments">The script and its arguments.</param>
    public static PeerProcess? Start(string program, int threads, params string[] arguments)
    {
        string count = ResultStore.Text(threads);
        var info = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (string name in (string[])["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"])
        {
            info.Environment[name] = count;
        }

        try
        {
            var peer = new PeerProcess(Process.Start(info)!);
            peer._process.ErrorDataReceived += (_, line) => peer.Complaint = line.Data is { Length: > 0 } text ? text : peer.Complaint;
            peer._process.BeginErrorReadLine();
            if (peer.Read() is { } ready)
            {
                peer.Version = ready["version"];
                return peer;
            }

            peer.Dispose();
            return null;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    /// <summary>The last line that the process wrote to its error stream.</summary>
    public string Complaint { get; private set; } = string.Empty;

    /// <exception cref="InvalidOperationException">The process has ended.</exception>
    public IReadOnlyDictionary<string, string> Do(string what, IEnumerable<(string Name, string Value)> arguments)
    {
        _process.StandardInput.WriteLine(string.Join('\t', arguments.Select(pair => $"{pair.Name}={pair.Value}").Prepend("do=" + what)));
        _process.StandardInput.Flush();
        return Read() ?? throw new InvalidOperationException($"{Version} ended: {Complaint}");
    }

    /// <summary>The seconds of an answer, 0 where the library does not tell this part.</summary>
    public static double Seconds(IReadOnlyDictionary<string, string> answer, string part) =>
        answer.TryGetValue(part, out string? text) ? double.Parse(text, CultureInfo.InvariantCulture) : 0;

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    // Other lines than answers are what a library prints for itself.
    private Dictionary<string, string>? Read()
    {
        while (_process.StandardOutput.ReadLine() is { } line)
        {
            if (line.StartsWith("ok=1", StringComparison.Ordinal))
            {
                return line.Split('\t').Select(part => part.Split('=', 2))
                    .ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
            }
        }

        return null;
    }
}
