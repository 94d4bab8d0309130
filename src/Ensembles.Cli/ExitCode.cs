namespace Ensembles.Cli;

/// <summary>What the process returns.</summary>
internal static class ExitCode
{
    /// <summary>All went well.</summary>
    public const int Success = 0;

    /// <summary>The data or the files are not as they should be.</summary>
    public const int BadData = 1;

    /// <summary>The command line is not as it should be.</summary>
    public const int WrongUsage = 2;

    /// <summary>128 and the number of the signal, as shells say it.</summary>
    public const int Interrupted = 130;

    /// <summary>128 and the number of the signal, as shells say it.</summary>
    public const int Terminated = 143;
}
