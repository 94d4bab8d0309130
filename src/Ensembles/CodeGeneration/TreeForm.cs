namespace Ensembles.CodeGeneration;

/// <summary>How trees are written as code. Both forms give the same bits.</summary>
public enum TreeForm
{
    /// <summary>Conditions where trees are few and small, so that they can be read, and tables where they are not.</summary>
    Automatic,

    /// <summary>Every tree as a method of nested conditions.</summary>
    Conditions,

    /// <summary>All trees as one table of nodes, through which eight trees are walked at a time.</summary>
    Tables,
}
