using System.CommandLine;
using System.Text;
using Ensembles.Cli.Inputs;
using Ensembles.Cli.Models;
using Ensembles.CodeGeneration;
using Ensembles.Learners;

namespace Ensembles.Cli.Commands;

/// <summary><c>ensembles compile</c>: writes a model as a C# class.</summary>
internal static class CompileCommand
{
    /// <summary>The command.</summary>
    public static Command Create(ToolContext context)
    {
        Option<string> model = RunOptions.Model();
        Option<string> path = RunOptions.Out("The C# file; its name is that of the class.", "Model.cs");
        path.Required = true;
        var name = new Option<string?>("--class")
        {
            Description = "The name of the class; by default that of the file.",
            HelpName = "Name",
        };
        var space = new Option<string>("--namespace")
        {
            Description = "The namespace of the class; by default none.",
            HelpName = "Name",
            DefaultValueFactory = _ => string.Empty,
        };
        var hidden = new Option<bool>("--internal") { Description = "An internal class rather than a public one." };
        var command = new ToolCommand(
            "compile",
            "Write a model as a C# class that needs nothing but .NET and predicts the same bits.",
            $"""
            {Tool.Name} compile --model model.json --namespace Shop --out CreditModel.cs
            """);
        Option[] options = [model, path, name, space, hidden];
        foreach (Option option in options)
        {
            command.Options.Add(option);
        }

        command.SetAction(parsed =>
        {
            string output = parsed.GetValue(path)!;
            OutputFile.Check(output);
            CSharpOptions how = Describe(parsed.GetValue(name) ?? Path.GetFileNameWithoutExtension(output), parsed.GetValue(space)!) with
            {
                IsPublic = !parsed.GetValue(hidden),
            };
            Model read = Model.Load(parsed.GetValue(model)!);
            OutputFile.Write(output, stream =>
            {
                using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
                read.WriteCSharp(writer, how);
            });
            context.Terminal.Facts(
            [
                ("class", how.Namespace.Length == 0 ? how.ClassName : $"{how.Namespace}.{how.ClassName}"),
                ("trees", ModelFacts.Whole(read.TreeCount)),
                ("bytes", ModelFacts.Whole(new FileInfo(output).Length)),
                ("saved", output),
            ]);
            return ExitCode.Success;
        });
        return command;
    }

    private static CSharpOptions Describe(string className, string space)
    {
        try
        {
            return new CSharpOptions { ClassName = className, Namespace = space };
        }
        catch (ArgumentException e)
        {
            throw new UsageException($"--class and --namespace: {Messages.OneLine(e)}", e);
        }
    }
}
