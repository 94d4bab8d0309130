using System.Reflection;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Ensembles.Tests.CodeGeneration;

/// <summary>Models that were written as code, compiled by Roslyn into one assembly and called.</summary>
internal sealed class CompiledModel
{
    private static readonly MetadataReference[] References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!)
            .Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is "System.Runtime.dll" or "System.Private.CoreLib.dll" or "System.Memory.dll"
                or "System.Runtime.InteropServices.dll" or "System.Collections.dll")
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    private readonly Type _type;

    private CompiledModel(Type type)
    {
        _type = type;
    }

    private delegate void OfDoubles(ReadOnlySpan<double> row, Span<double> output);

    private delegate void OfFloats(ReadOnlySpan<float> row, Span<double> output);

    private delegate double ValueOfDoubles(ReadOnlySpan<double> row);

    private delegate double ValueOfFloats(ReadOnlySpan<float> row);

    /// <summary>Compiles texts of classes without any reference but to the base library.</summary>
    /// <param name="sources">For each full name of a class its text.</param>
    public static IReadOnlyDictionary<string, CompiledModel> Compile(IReadOnlyDictionary<string, string> sources)
    {
        var options = new CSharpCompilationOptions(
            OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, generalDiagnosticOption: ReportDiagnostic.Error);
        var parse = new CSharpParseOptions(LanguageVersion.CSharp13, DocumentationMode.Diagnose);
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Written", sources.Values.Select(source => CSharpSyntaxTree.ParseText(source, parse)), References, options);
        using var image = new MemoryStream();
        Microsoft.CodeAnalysis.Emit.EmitResult result = compilation.Emit(image);
        result.Diagnostics.Where(diagnostic => diagnostic.Severity is DiagnosticSeverity.Error or DiagnosticSeverity.Warning)
            .Should().BeEmpty();
        image.Position = 0;
        Assembly assembly = new AssemblyLoadContext("written", isCollectible: true).LoadFromStream(image);
        return sources.Keys.ToDictionary(
            name => name, name => new CompiledModel(assembly.GetType(name, throwOnError: true)!), StringComparer.Ordinal);
    }

    /// <summary>What the class has under a name.</summary>
    public T Member<T>(string name) => (T)_type.InvokeMember(
        name,
        BindingFlags.Public | BindingFlags.Static | BindingFlags.GetProperty | BindingFlags.GetField,
        binder: null,
        target: null,
        args: null,
        System.Globalization.CultureInfo.InvariantCulture)!;

    /// <summary>Calls a method of the class.</summary>
    public T Call<T>(string name, params object?[] arguments) => (T)_type.GetMethod(name, [.. arguments.Select(a => a!.GetType())])!.Invoke(null, arguments)!;

    public TDelegate Method<TDelegate>(string name)
        where TDelegate : Delegate
    {
        Type[] parameters = [.. typeof(TDelegate).GetMethod("Invoke")!.GetParameters().Select(parameter => parameter.ParameterType)];
        return _type.GetMethod(name, parameters)!.CreateDelegate<TDelegate>();
    }

    /// <summary>What the class gives for rows of doubles.</summary>
    public double[] Predict(double[] rows, int features, int outputs)
    {
        var found = new double[rows.Length / features * outputs];
        OfDoubles? probabilities = outputs > 1 ? Method<OfDoubles>("PredictProbabilities") : null;
        ValueOfDoubles? value = outputs > 1 ? null : Method<ValueOfDoubles>(ValueName);
        for (int r = 0; r < found.Length / outputs; r++)
        {
            ReadOnlySpan<double> row = rows.AsSpan(r * features, features);
            probabilities?.Invoke(row, found.AsSpan(r * outputs, outputs));
            found[r * outputs] = value?.Invoke(row) ?? found[r * outputs];
        }

        return found;
    }

    /// <summary>What the class gives for rows of floats.</summary>
    public double[] Predict(float[] rows, int features, int outputs)
    {
        var found = new double[rows.Length / features * outputs];
        OfFloats? probabilities = outputs > 1 ? Method<OfFloats>("PredictProbabilities") : null;
        ValueOfFloats? value = outputs > 1 ? null : Method<ValueOfFloats>(ValueName);
        for (int r = 0; r < found.Length / outputs; r++)
        {
            ReadOnlySpan<float> row = rows.AsSpan(r * features, features);
            probabilities?.Invoke(row, found.AsSpan(r * outputs, outputs));
            found[r * outputs] = value?.Invoke(row) ?? found[r * outputs];
        }

        return found;
    }

    private string ValueName => _type.GetMethod("Score", [typeof(ReadOnlySpan<double>)]) is null ? "Predict" : "Score";
}
