using System.Diagnostics;
using Ensembles.Data;
using Ensembles.Plots;
using Ensembles.Tests.Docs;
using Ensembles.Trees;

namespace Ensembles.Tests.Plots;

/// <summary>
/// Opens pages in a browser, with scripts from a local folder of npm: the one named by ENSEMBLES_NODE_MODULES, or that of docs/charts after
/// <c>npm install --ignore-scripts</c> there.
/// </summary>
public class BrowserTests
{
    private const string Hostile = "</script><img src=x onerror=\"document.title='broken'\">";

    [BrowserFact]
    public void Pages_draw_their_marks_and_hostile_names_stay_text()
    {
        DecisionTreeClassificationModel model = new DecisionTreeClassifier().Fit(ClassificationDataset.Create(
            new FeatureTableBuilder().Numeric(Hostile, [1.0, 2, 3, 4]).Build(), ["no", "no", "yes", Hostile]));
        ChartScripts scripts = ChartScripts.At(new Uri(BrowserFactAttribute.Modules + "/").AbsoluteUri);
        FigurePage page = new FigurePage { Title = "whole", Scripts = scripts }
            .Add(Plot.Importances([Hostile, "b", "c"], [3, 2, 1]))
            .Add(Plot.History("loss", [3, 2, 1.5, 1.6], bestRound: 3))
            .Add(Plot.Tree(model));

        string document = Open(page.ToHtml());

        document.Should().Contain("<title>whole</title>").And.NotContain("<img").And.NotContain(">This picture cannot be drawn");
        Count(document, "aria-roledescription=\"bar\"").Should().Be(3);
        Count(document, "aria-roledescription=\"line mark\"").Should().Be(1);
        Count(document, "class=\"node\"").Should().Be(model.Tree.NodeCount);
        document.Should().Contain("best round 3: 1.5");
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;

    /// <summary>The document after its scripts have run.</summary>
    private static string Open(string html)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("ensembles-browser-");
        try
        {
            string path = Path.Combine(folder.FullName, "page.html");
            File.WriteAllText(path, html);
            var start = new ProcessStartInfo(BrowserFactAttribute.Browser!)
            {
                UseShellExecute = false,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            foreach (string argument in new[]
            {
                "--headless", "--no-sandbox", "--disable-gpu", "--allow-file-access-from-files", "--virtual-time-budget=20000",
                $"--user-data-dir={folder.FullName}/profile", "--dump-dom", new Uri(path).AbsoluteUri,
            })
            {
                start.ArgumentList.Add(argument);
            }

            using Process browser = Process.Start(start)!;
            browser.ErrorDataReceived += (_, _) => { };
            browser.BeginErrorReadLine();
            string document = browser.StandardOutput.ReadToEnd();
            browser.WaitForExit();
            return document;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>A test that needs a browser and the scripts, and is skipped with the reason where one of them is not there.</summary>
    [AttributeUsage(AttributeTargets.Method)]
    private sealed class BrowserFactAttribute : FactAttribute
    {
        public BrowserFactAttribute()
        {
            Skip = Browser is null ? "No Chromium is installed."
                : Modules is null ? "No scripts: set ENSEMBLES_NODE_MODULES, or run npm install --ignore-scripts in docs/charts."
                : null;
        }

        /// <summary>The program.</summary>
        public static string? Browser { get; } = (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .SelectMany(folder => new[] { "chromium", "chromium-browser", "google-chrome" }.Select(name => Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists);

        /// <summary>The folder of npm's packages.</summary>
        public static string? Modules { get; } = new[]
        {
            Environment.GetEnvironmentVariable("ENSEMBLES_NODE_MODULES"),
            Path.Combine(Repository.Root, "docs", "charts", "node_modules"),
        }.FirstOrDefault(folder => folder is not null && File.Exists(Path.Combine(folder, "vega", "build", "vega.min.js")));
    }
}
