using System.ComponentModel;
using System.Diagnostics;

namespace Ensembles.Peers;

/// <summary>Runs the script of another library, where that is installed.</summary>
internal static class PeerProgram
{
    /// <summary>What a short command writes, or null where it cannot run.</summary>
    public static string? Ask(string program, params string[] arguments)
    {
        try
        {
            using Process process = Process.Start(Info(program, arguments, redirect: true))!;
            string answer = process.StandardOutput.ReadToEnd();
            process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? answer.Trim() : null;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    public static void Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(Info(program, arguments, redirect: false))!;
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with code {process.ExitCode}.");
        }
    }

    private static ProcessStartInfo Info(string program, string[] arguments, bool redirect) =>
        new(program, arguments) { RedirectStandardOutput = redirect, RedirectStandardError = redirect, UseShellExecute = false };
}
