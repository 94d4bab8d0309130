using Ensembles.Data;

namespace Ensembles.Trees;

/// <summary>
/// A model that is one tree, or one tree out of an ensemble: what is needed to draw it, to say its rules and to follow a row
/// through it (<see cref="TreeModelExtensions"/>).
/// </summary>
public interface ITreeModel
{
    /// <summary>The features that the tree reads.</summary>
    FeatureSchema Schema { get; }

    /// <summary>The tree.</summary>
    Tree Tree { get; }

    /// <summary>What training knew of its nodes.</summary>
    TreeStatistics Statistics { get; }

    /// <summary>The names of the classes whose shares the leaves hold; empty where a leaf holds one number.</summary>
    IReadOnlyList<string> ClassNames { get; }

    /// <summary>What the impurity of the nodes is called; empty where they have none, as in trees on gradients.</summary>
    string ImpurityName { get; }
}
