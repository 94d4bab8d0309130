using System.ComponentModel;
using System.Diagnostics;

namespace NotebookRunner;

/// <summary>The scripts of docs/charts, which draw charts and set formulas with packages of npm, where these are installed.</summary>
internal static class NodeScripts
{
    private const string Folder = "docs/charts";

    /// <summary>The path of a script, or null where it cannot run.</summary>
    /// <param name="name">The name of the script.</param>
    /// <param name="package">A package of npm that it needs.</param>
    public static string? Find(string name, string package)
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string script = Path.Combine(folder.FullName, Folder, name);
            if (File.Exists(script))
            {
                return Directory.Exists(Path.Combine(folder.FullName, Folder, "node_modules", package)) && HasNode() ? script : null;
            }
        }

        return null;
    }

    /// <summary>What scripts need that <see cref="Find"/> did not find.</summary>
    public static string Needs => $"node, and 'npm install --ignore-scripts' in {Folder}";

    /// <summary>Runs a script to its end.</summary>
    /// <exception cref="IOException">It failed.</exception>
    public static void Run(string script, params ReadOnlySpan<string> arguments)
    {
        using Process node = Process.Start(new ProcessStartInfo("node", [script, .. arguments])
        {
            UseShellExecute = false,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        })!;
        _ = node.StandardOutput.ReadToEndAsync();
        string errors = node.StandardError.ReadToEnd();
        node.WaitForExit();
        if (node.ExitCode != 0)
        {
            throw new IOException($"{Path.GetFileName(script)}: {errors}");
        }
    }

    private static bool HasNode()
    {
        try
        {
            using Process node = Process.Start(new ProcessStartInfo("node", "--version") { UseShellExecute = false, RedirectStandardOutput = true })!;
            node.WaitForExit();
            return node.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
