using System.Globalization;
using Ensembles.Cli;
using Ensembles.Cli.Terminals;

namespace Ensembles.Tests.Cli;

/// <summary>What the tool answered.</summary>
internal sealed record CliResult(int Code, string Out, string Error);

/// <summary>A folder of its own, and the tool run on files in it, within this process.</summary>
internal sealed class CliFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ensembles-cli-");

    public string this[string name] => Path.Combine(_folder.FullName, name);

    public string[] Files => [.. _folder.GetFiles().Select(file => file.Name).Order(StringComparer.Ordinal)];

    public static CliResult Run(CancellationToken cancellationToken, params string[] arguments)
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        using var error = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        int code = Tool.Run(arguments, new Terminal(output, error), cancellationToken);
        return new CliResult(code, output.ToString(), error.ToString());
    }

    /// <summary>Runs a command line; <c>@name</c> is a file of the folder.</summary>
    public CliResult Run(string commandLine) => Run(CancellationToken.None, Split(commandLine));

    /// <summary>Runs a command line that must succeed.</summary>
    public string Must(string commandLine)
    {
        CliResult result = Run(commandLine);
        result.Error.Should().BeEmpty();
        result.Code.Should().Be(0);
        return result.Out;
    }

    public string[] Split(string commandLine) =>
        [.. commandLine.Split(' ').Select(word => word.StartsWith('@') ? this[word[1..]] : word)];

    /// <summary>Writes a file.</summary>
    public string Write(string name, string text)
    {
        File.WriteAllText(this[name], text);
        return this[name];
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
