using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace NotebookRunner;

/// <summary>
/// A notebook as a file-based app: one C# file that <c>dotnet run</c> runs. The text between the cells becomes comments, usings come first and
/// types last, and what a cell ends with is shown: printed, and its pictures gathered on a page.
/// </summary>
internal static class FileApp
{
    private const int LineLength = 120;

    private static readonly CSharpParseOptions Script = new(LanguageVersion.Latest, kind: SourceCodeKind.Script);

    public static void Save(Notebook notebook, string path) =>
        File.WriteAllText(path, Write(notebook), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));

    /// <summary>The text of the app: the same notebook gives the same text.</summary>
    public static string Write(Notebook notebook)
    {
        var usings = new SortedSet<string>(StringComparer.Ordinal) { "using Ensembles.Plots;" };
        var body = new StringBuilder();
        var types = new StringBuilder();
        foreach (NotebookCell cell in notebook.Cells)
        {
            body.Append('\n');
            if (cell.IsCode)
            {
                Append(cell, usings, body, types);
            }
            else
            {
                AppendComment(cell.Source, body);
            }
        }

        return string.Create(
            CultureInfo.InvariantCulture,
            $$"""
            // {{notebook.Title}}: ../{{notebook.Name}}.ipynb as a program, written by samples/NotebookRunner. Run it: dotnet run {{notebook.Name}}.cs
            // Outside of this repository, put '#:package Ensembles.Datasets@*' and '#:package Ensembles.Plots@*' in place of the projects.
            #:project ../../../src/Ensembles/Ensembles.csproj
            #:project ../../../src/Ensembles.Datasets/Ensembles.Datasets.csproj
            #:project ../../../src/Ensembles.Plots/Ensembles.Plots.csproj
            #:property PublishAot=false

            {{string.Join('\n', usings)}}

            var page = new FigurePage { Title = {{SymbolDisplay.FormatLiteral(notebook.Title, quote: true)}} };
            {{body.ToString().Trim()}}

            string pictures = Path.Combine(Path.GetTempPath(), "{{notebook.Name}}.html");
            page.Save(pictures);
            Console.WriteLine($"the pictures are in {pictures}");

            void Show(object value)
            {
                if (value is Figure figure)
                {
                    page = page.Add(figure);
                }

                Console.WriteLine(value);
            }
            {{(types.Length == 0 ? string.Empty : "\n" + types.ToString().Trim() + "\n")}}
            """).ReplaceLineEndings("\n").TrimEnd() + "\n";
    }

    private static void Append(NotebookCell cell, SortedSet<string> usings, StringBuilder body, StringBuilder types)
    {
        CompilationUnitSyntax unit = CSharpSyntaxTree
            .ParseText(NotebookRun.PackageLine().Replace(cell.Source, string.Empty), Script)
            .GetCompilationUnitRoot();
        foreach (UsingDirectiveSyntax directive in unit.Usings)
        {
            usings.Add(directive.ToString());
        }

        var statements = new StringBuilder();
        foreach (MemberDeclarationSyntax member in unit.Members)
        {
            if (member is BaseTypeDeclarationSyntax)
            {
                types.Append(member.ToFullString().Trim('\n')).Append("\n\n");
            }
            else if (member is GlobalStatementSyntax { Statement: ExpressionStatementSyntax { SemicolonToken.IsMissing: true } shown })
            {
                statements.Append(shown.GetLeadingTrivia().ToFullString())
                    .Append(CultureInfo.InvariantCulture, $"Show({shown.Expression.ToString()});{shown.GetTrailingTrivia().ToFullString()}\n");
            }
            else
            {
                statements.Append(member.ToFullString());
            }
        }

        body.Append(statements.ToString().Trim('\n')).Append('\n');
    }

    private static void AppendComment(string markdown, StringBuilder body)
    {
        foreach (string line in markdown.Split('\n'))
        {
            foreach (string part in Wrap(line))
            {
                body.Append(part.Length == 0 ? "//" : "// " + part).Append('\n');
            }
        }
    }

    private static IEnumerable<string> Wrap(string line)
    {
        while (line.Length > LineLength && line.LastIndexOf(' ', LineLength) is > 0 and int space)
        {
            yield return line[..space];
            line = line[(space + 1)..];
        }

        yield return line;
    }
}
