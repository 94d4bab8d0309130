namespace Ensembles.CodeGeneration;

/// <summary>
/// The source of classes of this library that written models take with them. It lies in the assembly as it was compiled, so that there is
/// no second copy that could come to differ.
/// </summary>
internal static class NumericsSource
{
    /// <summary>Writes a class as a private one.</summary>
    /// <param name="code">Where to.</param>
    /// <param name="name">The name of a static class of which the source is a resource.</param>
    public static void Write(CodeWriter code, string name)
    {
        using Stream stream = typeof(NumericsSource).Assembly.GetManifestResourceStream(name + ".cs")
            ?? throw new InvalidOperationException($"The source of {name} is not in the assembly.");
        using var reader = new StreamReader(stream);
        string source = reader.ReadToEnd().ReplaceLineEndings("\n");
        string head = $"internal static class {name}";
        source = source[source.IndexOf(head, StringComparison.Ordinal)..].TrimEnd();
        code.Lines();
        code.Lines("private" + source["internal".Length..]);
    }
}
