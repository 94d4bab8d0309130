using System.Net;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace NotebookRunner;

/// <summary>C# as HTML, its words coloured by kind.</summary>
internal static class HtmlCode
{
    private static readonly CSharpParseOptions Script = new(LanguageVersion.Latest, kind: SourceCodeKind.Script);

    public static string Write(string code)
    {
        var html = new StringBuilder();
        foreach (SyntaxToken token in CSharpSyntaxTree.ParseText(code, Script).GetRoot().DescendantTokens())
        {
            Append(html, token.LeadingTrivia);
            Append(html, token.Text, KindOf(token));
            Append(html, token.TrailingTrivia);
        }

        return html.ToString();
    }

    private static void Append(StringBuilder html, SyntaxTriviaList trivia)
    {
        foreach (SyntaxTrivia part in trivia)
        {
            bool isNote = part.IsDirective || part.Kind() is SyntaxKind.SingleLineCommentTrivia or SyntaxKind.MultiLineCommentTrivia;
            Append(html, part.ToFullString(), isNote ? "note" : null);
        }
    }

    private static void Append(StringBuilder html, string text, string? kind)
    {
        string encoded = WebUtility.HtmlEncode(text);
        html.Append(kind is null || text.Length == 0 ? encoded : $"<span class=\"cs-{kind}\">{encoded}</span>");
    }

    private static string? KindOf(SyntaxToken token) => token.Kind() switch
    {
        SyntaxKind.StringLiteralToken or SyntaxKind.CharacterLiteralToken or SyntaxKind.InterpolatedStringTextToken
            or SyntaxKind.InterpolatedStringStartToken or SyntaxKind.InterpolatedStringEndToken
            or SyntaxKind.MultiLineRawStringLiteralToken or SyntaxKind.SingleLineRawStringLiteralToken => "string",
        SyntaxKind.NumericLiteralToken => "number",
        SyntaxKind.IdentifierToken when token.Text is "var" => "word",
        _ => token.IsKeyword() ? "word" : null,
    };
}
