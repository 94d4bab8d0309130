namespace Ensembles.Peers.Performance;

/// <summary>Has the charts of the documents drawn by docs/charts/render.mjs, where Node.js and its packages are there.</summary>
internal static class ChartRendering
{
    public static void Run(Repository repository)
    {
        string folder = repository.Document("charts");
        if (Directory.Exists(Path.Combine(folder, "node_modules"))
            && PeerProgram.Ask("node", Path.Combine(folder, "render.mjs")) is not null)
        {
            return;
        }

        Console.WriteLine(
            $"The charts were not drawn. With Node.js: cd {folder}; npm install --ignore-scripts --no-package-lock; node render.mjs");
    }
}
