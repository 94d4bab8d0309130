using Ensembles.Plots.Specs;
using Ensembles.Trees;

namespace Ensembles.Plots;

public static partial class Plot
{
    private const int DrawnDepth = 4;

    /// <summary>The drawing of a tree.</summary>
    /// <param name="model">The model of a single tree.</param>
    /// <param name="options">
    /// How much of it; null for four splits deep, which a page has room for, a count of the leaves below, and colours.
    /// </param>
    public static TreeDiagram Tree(ITreeModel model, TreeExportOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        return new TreeDiagram(model, options ?? new TreeExportOptions { MaxDepth = DrawnDepth, FillColors = Theme.Categories });
    }
}
