namespace Ensembles.CodeGeneration;

/// <summary>How trees are written as code. Both forms give the same bits.</summary>
public enum TreeForm
{
    /// <summary>Conditions up to 1,024 leaves in all, where they are faster and can be read, and tables beyond.</summary>
    Automatic,

    /// <summary>Every tree as a method of nested conditions.</summary>
    Conditions,

    /// <summary>All trees as one table of nodes, through which eight trees are walked at a time.</summary>
    Tables,
}
