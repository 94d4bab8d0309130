using System.Globalization;
using Ensembles.Learners;
using Ensembles.Trees;

namespace Ensembles.Explanation;

/// <summary>A single tree that imitates a model, and how well it does.</summary>
/// <typeparam name="TTree">The kind of tree.</typeparam>
/// <param name="Tree">The tree, trained on what the model predicts.</param>
/// <param name="Fidelity">
/// How far it agrees with the model on other rows than it was trained on: of classes the share of rows of the same class, of values R².
/// </param>
public sealed record Surrogate<TTree>(TTree Tree, double Fidelity)
    where TTree : Model, ITreeModel
{
    /// <summary>The fidelity and the tree as text.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"fidelity {Fidelity:F3}\n{Tree.ToText()}");
}
