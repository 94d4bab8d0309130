using System.Collections;
using System.Globalization;
using Ensembles.Metrics;
using Ensembles.Numerics;

namespace Ensembles.Trees.Pruning;

/// <summary>One of the nested subtrees that cost-complexity pruning gives.</summary>
/// <param name="Alpha">The least alpha at which the tree is pruned to it: the price of a leaf, in units of impurity.</param>
/// <param name="LeafCount">The number of its leaves.</param>
/// <param name="Impurity">The impurity of its leaves, each weighted by its share of the training weight.</param>
public readonly record struct CostComplexityStep(double Alpha, int LeafCount, double Impurity)
{
    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"alpha {Alpha:R}: {Counted.Text(LeafCount, "leaf", "leaves")}, impurity {Impurity:R}");
}

/// <summary>
/// The whole path of cost-complexity pruning (Breiman, Friedman, Olshen and Stone 1984, chapter 3): the tree itself at alpha 0,
/// then, one weakest link cut after another, ever smaller subtrees of it, down to the root alone. For every alpha the subtree of
/// the last step not above it is the smallest one that makes impurity + alpha · leaves least.
/// </summary>
/// <remarks>
/// A step a link, also where two links are equally weak: alphas rise, but not always strictly. A first cut that costs nothing has
/// alpha 0 itself; pruning by alpha 0 leaves the tree as it is all the same.
/// </remarks>
public sealed class CostComplexityPath : IReadOnlyList<CostComplexityStep>
{
    private readonly CostComplexityStep[] _steps;
    private readonly double[] _collapseAlphas;

    internal CostComplexityPath(Tree tree, TreeStatistics statistics)
    {
        var links = new WeakestLinks(tree, statistics);
        int[] order = links.Order();
        _collapseAlphas = links.CollapseAlphas();
        _steps = new CostComplexityStep[order.Length + 1];
        _steps[0] = new CostComplexityStep(0, tree.LeafCount, LeafImpurity(tree, statistics));
        for (int i = 0; i < order.Length; i++)
        {
            CostComplexityStep before = _steps[i];
            _steps[i + 1] = new CostComplexityStep(
                links.Alpha(order[i]), before.LeafCount - links.SplitCount(order[i]), before.Impurity + links.Gain(order[i]));
        }
    }

    /// <summary>The number of steps: at least 1, the tree itself.</summary>
    public int Count => _steps.Length;

    /// <summary>By inner node of the tree the least alpha above 0 at which pruning makes it a leaf or takes it away.</summary>
    internal ReadOnlySpan<double> CollapseAlphas => _collapseAlphas;

    /// <summary>A step, from the whole tree at 0 to the root alone.</summary>
    /// <param name="index">The number of the step.</param>
    public CostComplexityStep this[int index] => _steps[index];

    /// <inheritdoc/>
    public IEnumerator<CostComplexityStep> GetEnumerator() => ((IEnumerable<CostComplexityStep>)_steps).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Counted.Text(Count, "subtree", "subtrees")}, {Leaves}, alpha up to {_steps[^1].Alpha:R}");

    /// <summary>A fragment of HTML, which notebooks show: the same, and the smallest subtrees.</summary>
    public string ToHtml() => PruningTable.Html(
        ToString(),
        _steps,
        ["leaves", "alpha", "impurity"],
        step => [PruningTable.Leaves(step.LeafCount), TextTable.Short(step.Alpha), TextTable.Short(step.Impurity)]);

    private string Leaves => Count == 1
        ? Counted.Text(_steps[0].LeafCount, "leaf", "leaves")
        : string.Create(CultureInfo.InvariantCulture, $"{_steps[0].LeafCount} leaves down to {_steps[^1].LeafCount}");

    private static double LeafImpurity(Tree tree, TreeStatistics statistics)
    {
        double sum = 0;
        for (int node = tree.InnerCount; node < tree.NodeCount; node++)
        {
            sum += statistics.Cover(node) * statistics.Impurity(node);
        }

        return sum / statistics.Cover(0);
    }
}
