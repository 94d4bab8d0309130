using System.Text;
using Ensembles.Plots.Html;

namespace Ensembles.Plots;

/// <summary>
/// A picture, as an immutable value that says what is to be drawn: a <see cref="Chart"/> or a <see cref="TreeDiagram"/>. A browser
/// draws it. Its text takes the colour of what is around it, and what it is filled with can be told apart on dark and on light ground, also
/// by those who see few colours.
/// </summary>
public abstract record Figure
{
    private readonly string _title = string.Empty;

    private protected Figure()
    {
    }

    /// <summary>What stands above the picture; empty for nothing.</summary>
    public string Title
    {
        get => _title;
        init
        {
            ArgumentNullException.ThrowIfNull(value);
            _title = value;
        }
    }

    /// <summary>What stands in smaller letters below the title; null for nothing.</summary>
    public string? Subtitle { get; init; }

    /// <summary>The libraries that draw it, in the order in which they must be loaded.</summary>
    internal abstract IReadOnlyList<ScriptFile> Libraries { get; }

    /// <summary>What is drawn, as a JavaScript literal.</summary>
    internal abstract string Content { get; }

    /// <summary>The body of a JavaScript function of (element, content) that draws, and returns a promise.</summary>
    internal abstract string DrawScript { get; }

    /// <summary>
    /// The picture as a fragment of HTML that loads from jsDelivr what draws it: notebooks show it. The same picture gives the same text.
    /// </summary>
    public string ToHtml() => ToHtml(ChartScripts.JsDelivr);

    /// <summary>The picture as a fragment of HTML.</summary>
    /// <param name="scripts">Where the fragment loads from what draws it.</param>
    public string ToHtml(ChartScripts scripts)
    {
        ArgumentNullException.ThrowIfNull(scripts);
        return HtmlFragment.Write(this, scripts);
    }

    /// <summary>The picture as an HTML page of its own.</summary>
    /// <param name="scripts">Where the page loads from what draws it; null for <see cref="ChartScripts.JsDelivr"/>.</param>
    public string ToPage(ChartScripts? scripts = null) =>
        new FigurePage { Title = Title, Scripts = scripts ?? ChartScripts.JsDelivr }.Add(this).ToHtml();

    /// <summary>Writes the picture to a file, as UTF-8.</summary>
    /// <param name="path">A name that ends with the kind of the file: <c>.html</c>, or one that the kind of picture has of its own.</param>
    /// <exception cref="ArgumentException">The name ends otherwise.</exception>
    public void Save(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string text = IsHtml(path)
            ? ToPage()
            : ToText(path) ?? throw new ArgumentException($"'{path}' must end with .html or {OwnExtensions}.", nameof(path));
        File.WriteAllText(path, text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
    }

    /// <summary>The endings of file names that the kind of picture has beside that of HTML, for messages.</summary>
    private protected abstract string OwnExtensions { get; }

    /// <summary>The picture in the language that the ending of a file name stands for; null where it stands for none.</summary>
    private protected abstract string? ToText(string path);

    private protected static bool EndsWith(string path, string extension) => path.EndsWith(extension, StringComparison.OrdinalIgnoreCase);

    internal static bool IsHtml(string path) => EndsWith(path, ".html") || EndsWith(path, ".htm");
}
