using System.Globalization;
using System.Reflection;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Ensembles.Tests.Docs;

/// <summary>The C# blocks of a page as one program, in their order, so that later ones go on with what earlier ones declared.</summary>
internal static class PageProgram
{
    private const string ImplicitUsings =
        """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Threading;
        """;

    // Written after each block, to tell what each has written.
    private const char BlockEnd = '\u001e';

    private static readonly CSharpParseOptions ParseOptions = new(LanguageVersion.Latest);

    private static readonly MetadataReference[] References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    /// <summary>Compiles the blocks and runs them.</summary>
    /// <param name="page">The name of the page, for messages.</param>
    /// <param name="blocks">Its C# blocks.</param>
    /// <returns>What each block wrote.</returns>
    public static string[] Run(string page, IEnumerable<FencedBlock> blocks)
    {
        MethodInfo main = Compile(page, Source(page, blocks)).EntryPoint!;
        TextWriter console = Console.Out;
        using var output = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        Console.SetOut(output);
        try
        {
            object?[]? arguments = main.GetParameters().Length == 0 ? null : [Array.Empty<string>()];
            main.Invoke(null, BindingFlags.DoNotWrapExceptions, null, arguments, null);
        }
        finally
        {
            Console.SetOut(console);
        }

        return output.ToString().Split(BlockEnd)[..^1];
    }

    /// <summary>Usings first, then the statements of all blocks, then the types: the order that the language asks for.</summary>
    private static string Source(string page, IEnumerable<FencedBlock> blocks)
    {
        var usings = new StringBuilder();
        var statements = new StringBuilder();
        var types = new StringBuilder();
        foreach (FencedBlock block in blocks)
        {
            CompilationUnitSyntax unit = SyntaxFactory.ParseCompilationUnit(block.Text, options: ParseOptions);
            foreach (UsingDirectiveSyntax directive in unit.Usings)
            {
                Append(usings, directive, page, block);
            }

            foreach (MemberDeclarationSyntax member in unit.Members)
            {
                Append(member is GlobalStatementSyntax ? statements : types, member, page, block);
            }

            statements.Append(CultureInfo.InvariantCulture, $"Console.Write('\\u{(int)BlockEnd:x4}');\n");
        }

        return $"{usings}{statements}{types}";
    }

    // The directive gives errors, and the lines of stack traces, the place in the page.
    private static void Append(StringBuilder source, SyntaxNode node, string page, FencedBlock block)
    {
        int line = block.Line + node.SyntaxTree.GetLineSpan(node.FullSpan).StartLinePosition.Line;
        source.Append(CultureInfo.InvariantCulture, $"#line {line} \"{page}\"\n").Append(node.ToFullString()).Append('\n');
    }

    private static Assembly Compile(string page, string source)
    {
        var compilation = CSharpCompilation.Create(
            "page" + page.GetHashCode(StringComparison.Ordinal).ToString(CultureInfo.InvariantCulture),
            [CSharpSyntaxTree.ParseText(source, ParseOptions), CSharpSyntaxTree.ParseText(ImplicitUsings, ParseOptions)],
            References,
            new CSharpCompilationOptions(OutputKind.ConsoleApplication, nullableContextOptions: NullableContextOptions.Enable)
                .WithOptimizationLevel(OptimizationLevel.Release));
        using var image = new MemoryStream();
        string[] errors =
        [
            .. compilation.Emit(image).Diagnostics
                .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)
                .Select(diagnostic => diagnostic.ToString()),
        ];
        errors.Should().BeEmpty();
        return Assembly.Load(image.ToArray());
    }
}
