using System.Globalization;
using Ensembles.Data;
using Ensembles.Learners;
using Ensembles.Trees;

namespace Ensembles.Explanation;

/// <summary>What would have to be otherwise for another prediction (Wachter et al. 2017).</summary>
public static class Counterfactuals
{
    /// <summary>
    /// The nearest row of another class, exactly: within the intervals that the thresholds of all trees part a feature into, a model of trees
    /// is constant, so only the near ends of intervals are tried, nearest row first, until the class changes.
    /// </summary>
    /// <param name="model">A classifier that adds up what trees say.</param>
    /// <param name="row">The row, in the order of the schema: a category as its code, NaN where missing.</param>
    /// <param name="table">Rows that say what a large change of a feature is, say the training rows.</param>
    /// <param name="options">How; null for <see cref="CounterfactualOptions.Default"/>.</param>
    /// <param name="cancellationToken">Ends the search early with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>The change, or null where no row within the limits of the options is of another class.</returns>
    /// <exception cref="ArgumentException">The row has another width, the target class is unknown or predicted already, or a feature is unknown.</exception>
    /// <exception cref="InvalidOperationException">The model is no sum of trees; the message says why.</exception>
    public static Counterfactual? Counterfactual(
        this ClassificationModel model,
        ReadOnlySpan<double> row,
        FeatureTable table,
        CounterfactualOptions? options = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(model);
        CounterfactualOptions how = options ?? CounterfactualOptions.Default;
        if (row.Length != model.Schema.Count)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"The model reads rows of {model.Schema.Count} features, not {row.Length}."), nameof(row));
        }

        double[] before = row.ToArray();
        int from = Class(model, before);
        int? target = how.TargetClass is null ? null : model.Classes.IndexOf(how.TargetClass);
        if (target < 0 || target == from)
        {
            throw new ArgumentException(
                target < 0 ? $"The model has no class '{how.TargetClass}'." : $"The row is of class '{how.TargetClass}' already.", nameof(options));
        }

        FeatureTable mapped = SchemaMapping.Map(table, model.Schema);
        Candidate[][] candidates = Candidates(TreeSum.Of(model), before, mapped, how.Immutable);
        return Search(model, before, from, target, candidates, how, cancellationToken);
    }

    /// <summary>Tries rows by their distance. A row is a list of candidates of different features, the later features last.</summary>
    private static Counterfactual? Search(
        ClassificationModel model,
        double[] before,
        int from,
        int? target,
        Candidate[][] candidates,
        CounterfactualOptions options,
        CancellationToken token)
    {
        // Of equal distance the one that was met first, so that the result does not hang on the queue.
        var open = new PriorityQueue<(int Feature, int Index)[], (double Distance, int Number)>();
        int number = 0;
        void Push((int Feature, int Index)[] changes) =>
            open.Enqueue(changes, (changes.Sum(change => candidates[change.Feature][change.Index].Cost), number++));
        for (int f = 0; f < candidates.Length; f++)
        {
            if (candidates[f].Length > 0)
            {
                Push([(f, 0)]);
            }
        }

        var row = new double[before.Length];
        for (int tries = 0; tries < options.MaxTries && open.TryDequeue(out (int Feature, int Index)[]? changes, out (double Distance, int) key); tries++)
        {
            token.ThrowIfCancellationRequested();
            before.CopyTo(row, 0);
            foreach ((int feature, int index) in changes)
            {
                row[feature] = candidates[feature][index].Value;
            }

            int to = Class(model, row);
            if (target is null ? to != from : to == target)
            {
                return new Counterfactual(model.Schema, before, row, key.Distance, model.Classes[from], model.Classes[to]);
            }

            (int lastFeature, int lastIndex) = changes[^1];
            if (lastIndex + 1 < candidates[lastFeature].Length)
            {
                Push([.. changes[..^1], (lastFeature, lastIndex + 1)]);
            }

            for (int f = lastFeature + 1; f < candidates.Length && changes.Length < options.MaxChanges; f++)
            {
                if (candidates[f].Length > 0)
                {
                    Push([.. changes, (f, 0)]);
                }
            }
        }

        return null;
    }

    /// <summary>By feature the values to try in the place of the row's, the nearest first.</summary>
    private static Candidate[][] Candidates(TreeSum sum, double[] row, FeatureTable table, IReadOnlyList<string> immutable)
    {
        foreach (string name in immutable)
        {
            if (sum.Schema.IndexOf(name) < 0)
            {
                throw new ArgumentException($"The model has no feature '{name}'.", nameof(immutable));
            }
        }

        var candidates = new Candidate[row.Length][];
        for (int f = 0; f < row.Length; f++)
        {
            Feature feature = sum.Schema[f];
            if (immutable.Contains(feature.Name, StringComparer.Ordinal))
            {
                candidates[f] = [];
            }
            else if (feature.IsCategorical)
            {
                candidates[f] = [.. Enumerable.Range(0, feature.Categories.Count).Where(code => code != row[f]).Select(code => new Candidate(code, 1))];
            }
            else
            {
                double unit = Deviation(table.Column(f));
                IEnumerable<double> ends = Thresholds(sum, f).Select(t => row[f] <= t || double.IsNaN(row[f]) ? Math.BitIncrement(t) : t);
                if (double.IsNaN(row[f]))
                {
                    ends = ends.Concat(Thresholds(sum, f).Take(1));
                }

                candidates[f] =
                [
                    .. ends.Where(double.IsFinite)
                        .Select(value => new Candidate(value, double.IsNaN(row[f]) ? 1 : Math.Abs(value - row[f]) / unit))
                        .OrderBy(candidate => candidate.Cost),
                ];
            }
        }

        return candidates;
    }

    private static double[] Thresholds(TreeSum sum, int feature)
    {
        var thresholds = new SortedSet<double>();
        foreach (TreeTerm term in sum.Terms)
        {
            Tree tree = term.Part.Tree;
            for (int node = 0; node < tree.InnerCount; node++)
            {
                if (tree.Feature(node) == feature && tree.Categories(node) is null)
                {
                    thresholds.Add(tree.Threshold(node));
                }
            }
        }

        return [.. thresholds];
    }

    /// <summary>The mean absolute deviation from the median; 1 where all are equal or missing.</summary>
    private static double Deviation(double[] cells)
    {
        double[] known = [.. cells.Where(double.IsFinite).Order()];
        if (known.Length == 0)
        {
            return 1;
        }

        double median = known[known.Length / 2];
        double sum = 0;
        foreach (double cell in known)
        {
            sum += Math.Abs(cell - median) / known.Length;
        }

        return sum > 0 ? sum : 1;
    }

    private static int Class(ClassificationModel model, double[] row)
    {
        var probabilities = new double[model.ClassCount];
        model.PredictBlock(new RowSet(row, row.Length), probabilities);
        return ClassificationModel.IndexOfMax(probabilities);
    }

    /// <summary>A value of a feature, and how far it lies from the row's.</summary>
    private readonly record struct Candidate(double Value, double Cost);
}
