using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Ensembles.Plots.Html;

/// <summary>A picture as a piece of HTML that can stand anywhere, any number of times.</summary>
internal static class HtmlFragment
{
    // A script within a notebook does not know its own place, so the element is found by a mark that is made of what is drawn. Scripts are
    // loaded one after another and once a page. RequireJS, which some notebooks have, would take the libraries for modules of its own: they
    // do not find it while they load.
    private const string Script =
        """
        (async () => {
          const elements = [...document.querySelectorAll("[data-figure='MARK']:not([data-drawn])")];
          elements.forEach(element => element.dataset.drawn = "");
          const load = (url, integrity) => (window.figureScripts ??= {})[url] ??= new Promise((done, failed) => {
            const script = document.createElement("script");
            script.src = url;
            if (integrity) { script.integrity = integrity; script.crossOrigin = "anonymous"; }
            script.onload = done;
            script.onerror = () => { delete window.figureScripts[url]; failed(new Error("could not load " + url)); };
            document.head.append(script);
          });
          const draw = (element, content) => { DRAW };
          const content = CONTENT;
          try {
            const amd = typeof define === "function" && define.amd;
            if (amd) { define.amd = undefined; }
            try {
              for (const [url, integrity] of SCRIPTS) { await load(url, integrity); }
            } finally {
              if (amd) { define.amd = amd; }
            }
            for (const element of elements) { await draw(element, content); }
          } catch (error) {
            elements.forEach(element => element.textContent = "This picture cannot be drawn: " + error.message);
          }
        })();
        """;

    public static string Write(Figure figure, ChartScripts scripts)
    {
        string content = figure.Content;
        string mark = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)).AsSpan(0, 8));
        var addresses = new JsonArray(
            [.. scripts.Of(figure.Libraries).Select(script => new JsonArray(script.Address, script.Integrity))]);
        string code = Script
            .Replace("MARK", mark, StringComparison.Ordinal)
            .Replace("SCRIPTS", addresses.ToJsonString(), StringComparison.Ordinal)
            .Replace("DRAW", figure.DrawScript, StringComparison.Ordinal)
            .Replace("CONTENT", content, StringComparison.Ordinal)
            .ReplaceLineEndings("\n");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"<div class=\"ensembles-figure\" data-figure=\"{mark}\" style=\"max-width:100%;overflow-x:auto\"></div>\n"
            + $"<script>\n{code}\n</script>\n");
    }
}
