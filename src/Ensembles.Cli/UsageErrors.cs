using System.CommandLine;
using System.CommandLine.Parsing;
using Ensembles.Catalog;

namespace Ensembles.Cli;

/// <summary>Says in a line what is wrong with a command line, and what may have been meant.</summary>
internal static class UsageErrors
{
    /// <summary>The most telling error of a command line that could not be parsed.</summary>
    public static string Describe(ParseResult parsed)
    {
        Command command = parsed.CommandResult.Command;
        if (parsed.UnmatchedTokens.Count == 0)
        {
            // Missing options all at once, so that they are not found out one by one.
            string[] missing = [.. MissingArguments(parsed), .. MissingOptions(parsed)];
            return missing.Length > 0 ? $"'{PathOf(command)}' needs {string.Join(", ", missing)}."
                : command.Subcommands.Count > 0
                    ? $"'{PathOf(command)}' needs a command: {string.Join(", ", command.Subcommands.Select(sub => sub.Name))}."
                    : OfValue(parsed.Errors[0]);
        }

        string token = parsed.UnmatchedTokens.FirstOrDefault(IsOption) ?? parsed.UnmatchedTokens[0];
        if (IsOption(token))
        {
            string name = token.Split('=', ':')[0];
            return $"'{PathOf(command)}' has no option '{name}'. {NearestNames.Suggest(name, OptionsOf(command))}";
        }

        return command.Subcommands.Count > 0
            ? $"'{PathOf(command)}' has no command '{token}'. {NearestNames.Suggest(token, command.Subcommands.Select(sub => sub.Name))}"
            : $"'{token}' is one argument too many for '{PathOf(command)}'.";
    }

    /// <summary>The words that lead to a command.</summary>
    public static string PathOf(Command command) =>
        command.Parents.OfType<Command>().FirstOrDefault() is { } parent ? $"{PathOf(parent)} {command.Name}" : command.Name;

    private static bool IsOption(string token) => token.Length > 1 && token[0] == '-';

    private static IEnumerable<string> OptionsOf(Command command) =>
        command.Options.Where(option => !option.Hidden).Select(option => option.Name);

    /// <summary>What is wrong with the value of an option, without the names of types.</summary>
    private static string OfValue(ParseError error)
    {
        if (error.SymbolResult is not OptionResult { Tokens.Count: > 0 } result)
        {
            return error.Message;
        }

        Type type = Nullable.GetUnderlyingType(result.Option.ValueType) ?? result.Option.ValueType;
        string? kind = type == typeof(double) ? "a number"
            : type == typeof(int) ? "a whole number"
            : type == typeof(ulong) ? "a whole number from 0 on"
            : null;
        return kind is null ? error.Message : $"{result.Option.Name} takes {kind}, not '{result.Tokens[^1].Value}'.";
    }

    private static IEnumerable<string> MissingArguments(ParseResult parsed) =>
        parsed.CommandResult.Command.Arguments
            .Where(argument => argument.Arity.MinimumNumberOfValues > 0 && parsed.GetResult(argument) is not { Tokens.Count: > 0 })
            .Select(argument => $"<{argument.Name}>");

    private static IEnumerable<string> MissingOptions(ParseResult parsed) =>
        parsed.CommandResult.Command.Options
            .Where(option => option.Required && parsed.GetResult(option) is not OptionResult { Implicit: false })
            .Select(option => option.Name);
}
