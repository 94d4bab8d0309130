namespace Ensembles.Peers.Measuring;

/// <summary>The processes of the other libraries, one for each library and number of threads, started when first needed.</summary>
/// <param name="kinds">By name of the library: its interpreter ("python3" or "Rscript") and its script with arguments.</param>
internal sealed class PeerPool(
    Repository repository, MeasureOptions options, ResultStore store, IReadOnlyDictionary<string, PeerKind> kinds) : IDisposable
{
    private readonly Dictionary<(string Name, int Threads), PeerProcess?> _started = [];
    private readonly Dictionary<PeerProcess, ProblemFiles> _loaded = [];

    public IEnumerable<string> Names => kinds.Keys.Where(options.HasPeer);

    /// <summary>Trains once, after loading the problem if it is another than before.</summary>
    /// <returns>The seconds of the parts and the predictions of the test rows, or null where the library does not run.</returns>
    public PeerFit? Fit(string name, int threads, ProblemFiles files, IEnumerable<(string Name, string Value)> parameters)
    {
        if (!_started.TryGetValue((name, threads), out PeerProcess? peer))
        {
            peer = Start(name, threads);
            _started.Add((name, threads), peer);
        }

        if (peer is null)
        {
            return null;
        }

        try
        {
            if (!_loaded.TryGetValue(peer, out ProblemFiles? loaded) || loaded != files)
            {
                peer.Do("load", files.Load);
                _loaded[peer] = files;
            }

            IReadOnlyDictionary<string, string> answer = peer.Do("fit", parameters.Append(("output", files.OutputPath)));
            return new PeerFit(PeerProcess.Seconds(answer, "bin"), PeerProcess.Seconds(answer, "train"), files.ReadOutput());
        }
        catch (Exception failure) when (failure is InvalidOperationException or IOException)
        {
            // The rest of the table is worth having all the same.
            Console.Error.WriteLine($"{name}: {failure.Message}");
            store.Note(name, $"not run: {name} (it ended with an error)");
            _started[(name, threads)] = null;
            return null;
        }
    }

    public void Dispose()
    {
        foreach (PeerProcess? peer in _started.Values)
        {
            peer?.Dispose();
        }
    }

    private PeerProcess? Start(string name, int threads)
    {
        PeerKind kind = kinds[name];
        string script = repository.PeerScript(kind.Folder, kind.Script);
        string[] programs = kind.Program == PeerKind.Python && options.Python is { } python ? [python] : kind.Programs;
        foreach (string program in programs)
        {
            if (PeerProcess.Start(program, threads, [script, .. kind.Arguments, ResultStore.Text(threads)]) is { } peer)
            {
                store.Note(name, peer.Version);
                return peer;
            }
        }

        store.Note(name, $"not run: {name} (not installed)");
        Console.WriteLine($"not run: {name} (not installed)");
        return null;
    }
}
