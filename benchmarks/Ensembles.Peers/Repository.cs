namespace Ensembles.Peers;

/// <summary>Where things are in the repository that the program runs in.</summary>
internal sealed class Repository
{
    private readonly string _root;

    private Repository(string root)
    {
        _root = root;
    }

    public static Repository Find()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Ensembles.sln")))
            {
                return new Repository(folder.FullName);
            }
        }

        throw new InvalidOperationException("This program must run from a build inside the repository: no Ensembles.sln above it.");
    }

    public string Readme => Path.Combine(_root, "README.md");

    public string Document(string name) => Path.Combine(_root, "docs", name);

    /// <summary>The folder of the committed results.</summary>
    public string ResultFolder => Path.Combine(_root, "benchmarks", "results");

    public string Results(string name) => Path.Combine(ResultFolder, name);

    /// <summary>A file of results in the given folder, or among the committed ones.</summary>
    public string Results(string name, string? folder) => Path.Combine(folder ?? ResultFolder, name);

    public string PeerScript(string folder, string name) => Path.Combine(_root, "benchmarks", "peers", folder, name);
}
