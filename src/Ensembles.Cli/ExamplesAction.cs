using System.CommandLine;
using System.CommandLine.Invocation;

namespace Ensembles.Cli;

/// <summary>Shows the help of a command, and its examples below.</summary>
/// <param name="help">Shows the help.</param>
internal sealed class ExamplesAction(SynchronousCommandLineAction help) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        int code = help.Invoke(parseResult);
        if (parseResult.CommandResult.Command is ToolCommand command)
        {
            TextWriter writer = parseResult.InvocationConfiguration.Output;
            writer.WriteLine("Examples:");
            foreach (string line in command.Examples.Split('\n'))
            {
                writer.WriteLine($"  {line.TrimEnd('\r')}");
            }
        }

        return code;
    }
}
