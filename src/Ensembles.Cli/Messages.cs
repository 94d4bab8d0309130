using System.Text.RegularExpressions;

namespace Ensembles.Cli;

/// <summary>What exceptions say, as people at a command line read it.</summary>
internal static partial class Messages
{
    // For the analyzer: no pattern here runs long.
    private const int Timeout = 1000;

    /// <summary>The message on one line, without what is meant for programmers.</summary>
    public static string OneLine(Exception exception)
    {
        if (exception is FileNotFoundException { FileName: { } path })
        {
            return $"{path}: there is no such file.";
        }

        string message = ParameterName().Replace(exception.Message, string.Empty);
        message = ActualValue().Replace(message, string.Empty);
        return LineBreaks().Replace(message.Trim(), " ");
    }

    [GeneratedRegex(@" \(Parameter '[^']*'\)", RegexOptions.None, Timeout)]
    private static partial Regex ParameterName();

    [GeneratedRegex(@"\s*Actual value was .*$", RegexOptions.Singleline, Timeout)]
    private static partial Regex ActualValue();

    [GeneratedRegex(@"\s*[\r\n]+\s*", RegexOptions.None, Timeout)]
    private static partial Regex LineBreaks();
}
