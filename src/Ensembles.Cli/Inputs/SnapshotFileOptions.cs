using System.CommandLine;
using Ensembles.Learners;

namespace Ensembles.Cli.Inputs;

/// <summary>The options that say where a fit writes down how far it is.</summary>
internal sealed class SnapshotFileOptions
{
    private readonly Option<string?> _file = new("--snapshots")
    {
        Description = "Write how far the training is to this file; the same command goes on from it. Gone when the model is saved.",
        HelpName = "file",
    };

    private readonly Option<int?> _every = new("--snapshot-every")
    {
        Description = "Write after so many rounds, trees or members; by default every ten seconds.",
        HelpName = "count",
    };

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_file);
        command.Options.Add(_every);
    }

    /// <summary>Where and how often to write; null where nothing is asked for. The file stays until the model is saved.</summary>
    public SnapshotOptions? Of(ParseResult parsed)
    {
        int? every = parsed.GetValue(_every);
        if (every < 1)
        {
            throw new UsageException("--snapshot-every must be at least 1.");
        }

        if (parsed.GetValue(_file) is not string path)
        {
            return every is null ? null : throw new UsageException("--snapshot-every needs --snapshots.");
        }

        OutputFile.Check(path);
        return new SnapshotOptions(path) { Every = every, KeepFinished = true };
    }

    /// <summary>Takes the file away, when the model is saved.</summary>
    public void Remove(ParseResult parsed)
    {
        if (parsed.GetValue(_file) is string path)
        {
            File.Delete(path);
        }
    }
}
