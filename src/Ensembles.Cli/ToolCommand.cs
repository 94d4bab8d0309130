using System.CommandLine;

namespace Ensembles.Cli;

/// <summary>A command with examples, which its help shows at the end.</summary>
/// <param name="name">The word of the command line.</param>
/// <param name="description">What it does, in a line.</param>
/// <param name="examples">Command lines.</param>
internal sealed class ToolCommand(string name, string description, string examples) : Command(name, description)
{
    /// <summary>Command lines.</summary>
    public string Examples { get; } = examples;
}
