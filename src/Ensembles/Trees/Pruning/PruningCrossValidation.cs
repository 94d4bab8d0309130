using System.Collections;
using System.Globalization;
using Ensembles.Metrics;
using Ensembles.Numerics;

namespace Ensembles.Trees.Pruning;

/// <summary>
/// The cross-validated error of every subtree of a pruning path, and the choice among them (Breiman et al. 1984, section 3.4).
/// For each fold a tree grows on the other folds and is pruned along its own path; a subtree of the tree of all rows, best for
/// alphas from α_k to α_{k+1}, is judged by the trees of the folds pruned at √(α_k · α_{k+1}).
/// </summary>
public sealed class PruningCrossValidation : IReadOnlyList<PruningCandidate>
{
    private readonly PruningCandidate[] _candidates;

    internal PruningCrossValidation(PruningCandidate[] candidates, int foldCount)
    {
        _candidates = candidates;
        FoldCount = foldCount;
        Best = SmallestWithin(candidates.Min(candidate => candidate.Error));
    }

    /// <summary>The number of folds.</summary>
    public int FoldCount { get; }

    /// <summary>The number of subtrees.</summary>
    public int Count => _candidates.Length;

    /// <summary>The subtree of the least error; of equals the smallest.</summary>
    public PruningCandidate Best { get; }

    /// <summary>
    /// The smallest subtree whose error is at most the least one plus its standard error: what the book recommends, because the
    /// error is nearly flat around its least value and that place is uncertain.
    /// </summary>
    public PruningCandidate OneStandardError => Within(1);

    /// <summary>A subtree, from the whole tree on by rising alpha.</summary>
    /// <param name="index">The number of the subtree.</param>
    public PruningCandidate this[int index] => _candidates[index];

    /// <summary>The smallest subtree whose error is at most the least one plus some standard errors of that.</summary>
    /// <param name="standardErrors">How many: 0 for <see cref="Best"/>, 1 for <see cref="OneStandardError"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative or not a number.</exception>
    public PruningCandidate Within(double standardErrors)
    {
        if (!(standardErrors >= 0))
        {
            throw new ArgumentOutOfRangeException(nameof(standardErrors), standardErrors, "standardErrors must be at least 0.");
        }

        return SmallestWithin(Best.Error + (standardErrors * Best.StandardError));
    }

    /// <inheritdoc/>
    public IEnumerator<PruningCandidate> GetEnumerator() => ((IEnumerable<PruningCandidate>)_candidates).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Counted.Text(Count, "subtree", "subtrees")} by {FoldCount} folds; best: {Best}; one standard error: {OneStandardError}");

    /// <summary>A fragment of HTML, which notebooks show: the same, and the smallest subtrees with their errors.</summary>
    public string ToHtml() => PruningTable.Html(
        ToString(),
        _candidates,
        ["leaves", "alpha", "error", "std. error"],
        subtree =>
        [
            PruningTable.Leaves(subtree.LeafCount),
            TextTable.Short(subtree.Alpha),
            TextTable.Short(subtree.Error),
            TextTable.Short(subtree.StandardError, 2),
        ]);

    private PruningCandidate SmallestWithin(double error) => Array.FindLast(_candidates, candidate => candidate.Error <= error);
}
