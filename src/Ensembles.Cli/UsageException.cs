namespace Ensembles.Cli;

/// <summary>The command line asks for what there is not, or for what contradicts itself.</summary>
internal sealed class UsageException : Exception
{
    public UsageException()
        : this("The command line is wrong.")
    {
    }

    public UsageException(string message)
        : base(message)
    {
    }

    public UsageException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
