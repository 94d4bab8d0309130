namespace Ensembles.CodeGeneration;

/// <summary>How a model is written as a class.</summary>
public sealed record CSharpOptions
{
    private readonly string _namespace = string.Empty;
    private readonly string _className = "TreeModel";
    private readonly TreeForm _trees;

    /// <summary>A public class <c>TreeModel</c> in no namespace.</summary>
    public static CSharpOptions Default { get; } = new();

    /// <summary>The namespace of the class; empty (default) for none.</summary>
    /// <exception cref="ArgumentException">It is no name of a namespace.</exception>
    public string Namespace
    {
        get => _namespace;
        init => _namespace = value is { Length: 0 }
            ? value
            : string.Join('.', (value ?? throw new ArgumentNullException(nameof(Namespace))).Split('.')
                .Select(part => Identifier.Check(part, nameof(Namespace))));
    }

    /// <summary>The name of the class (default TreeModel); a keyword gets its @.</summary>
    /// <exception cref="ArgumentException">It is no identifier.</exception>
    public string ClassName
    {
        get => _className;
        init => _className = Identifier.Check(value, nameof(ClassName));
    }

    /// <summary>Whether the class is public (default) or internal.</summary>
    public bool IsPublic { get; init; } = true;

    /// <summary>How trees are written (default <see cref="TreeForm.Automatic"/>).</summary>
    public TreeForm Trees
    {
        get => _trees;
        init => _trees = Enum.IsDefined(value)
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(Trees), value, $"Trees must be one of {string.Join(", ", Enum.GetNames<TreeForm>())}.");
    }
}
