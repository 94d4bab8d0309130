using Markdig.Extensions.Mathematics;
using Markdig.Renderers;
using Markdig.Renderers.Html;

namespace NotebookRunner;

/// <summary>Writes a formula within a line as it was set.</summary>
internal sealed class FormulaInlineRenderer(SetFormulas formulas) : HtmlObjectRenderer<MathInline>
{
    protected override void Write(HtmlRenderer renderer, MathInline obj) => renderer.Write(formulas.Html[(obj.Content.ToString(), false)]);
}

/// <summary>Writes a formula on a line of its own as it was set.</summary>
internal sealed class FormulaBlockRenderer(SetFormulas formulas) : HtmlObjectRenderer<MathBlock>
{
    protected override void Write(HtmlRenderer renderer, MathBlock obj) =>
        renderer.Write(formulas.Html[(SetFormulas.TextOf(obj), true)]).WriteLine();
}
