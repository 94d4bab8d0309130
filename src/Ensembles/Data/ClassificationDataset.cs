using System.Globalization;
using Ensembles.Numerics;

namespace Ensembles.Data;

/// <summary>Features with one class a row.</summary>
public sealed partial class ClassificationDataset : Dataset<ClassificationDataset>
{
    private readonly int[] _labels;

    private ClassificationDataset(FeatureTable features, int[] labels, ClassLabels classes, double[] weights)
        : base(features, weights)
    {
        _labels = labels;
        Classes = classes;
    }

    /// <summary>The classes that rows can have. A view keeps all of them, also those that none of its rows has.</summary>
    public ClassLabels Classes { get; }

    /// <summary>The number of classes.</summary>
    public int ClassCount => Classes.Count;

    /// <summary>The class index of each row.</summary>
    public ReadOnlySpan<int> Labels => _labels;

    /// <summary>The class indices as an array that is never written.</summary>
    internal int[] LabelArray => _labels;

    /// <summary>A dataset whose classes are the distinct labels found.</summary>
    /// <typeparam name="TLabel">int, long, bool, string or an enum.</typeparam>
    /// <param name="features">The features.</param>
    /// <param name="labels">One label a row.</param>
    /// <param name="weights">One weight a row; empty: every row weighs 1.</param>
    /// <exception cref="ArgumentException">The lengths differ, a label is null, or a weight is bad (the message names the row).</exception>
    public static ClassificationDataset Create<TLabel>(
        FeatureTable features, ReadOnlySpan<TLabel> labels, ReadOnlySpan<double> weights = default)
        where TLabel : notnull
    {
        ArgumentNullException.ThrowIfNull(features);
        CheckTargets(labels.Length, features.RowCount, nameof(labels));
        (ClassLabels classes, int[] indices) = ClassLabels.Encode(labels);
        return new ClassificationDataset(features, indices, classes, CheckWeights(weights, features.RowCount));
    }

    /// <inheritdoc cref="Create{TLabel}(FeatureTable, ReadOnlySpan{TLabel}, ReadOnlySpan{double})"/>
    public static ClassificationDataset Create<TLabel>(FeatureTable features, TLabel[] labels, ReadOnlySpan<double> weights = default)
        where TLabel : notnull
    {
        ArgumentNullException.ThrowIfNull(labels);
        return Create<TLabel>(features, labels.AsSpan(), weights);
    }

    /// <summary>A dataset of known classes, by the class index of each row.</summary>
    /// <param name="features">The features.</param>
    /// <param name="classes">The classes; some may not occur.</param>
    /// <param name="labels">One class index a row.</param>
    /// <param name="weights">One weight a row; empty: every row weighs 1.</param>
    /// <exception cref="ArgumentException">
    /// The lengths differ, a label is no class or a weight is bad (the message names the row).
    /// </exception>
    public static ClassificationDataset FromIndices(
        FeatureTable features, ClassLabels classes, ReadOnlySpan<int> labels, ReadOnlySpan<double> weights = default)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(classes);
        CheckTargets(labels.Length, features.RowCount, nameof(labels));
        for (int r = 0; r < labels.Length; r++)
        {
            if ((uint)labels[r] >= (uint)classes.Count)
            {
                throw new ArgumentException(
                    string.Create(CultureInfo.InvariantCulture, $"Row {r}: {labels[r]} is no index of the {classes.Count} classes."),
                    nameof(labels));
            }
        }

        return new ClassificationDataset(features, labels.ToArray(), classes, CheckWeights(weights, features.RowCount));
    }

    /// <summary>A dataset of known classes, by the name of the class of each row (a test set for a trained model, say).</summary>
    /// <param name="features">The features.</param>
    /// <param name="classes">The classes; some may not occur.</param>
    /// <param name="labels">One class name a row.</param>
    /// <param name="weights">One weight a row; empty: every row weighs 1.</param>
    /// <exception cref="ArgumentException">A label is not among the classes (the message names the row and the label).</exception>
    public static ClassificationDataset FromNames(
        FeatureTable features, ClassLabels classes, IReadOnlyList<string> labels, ReadOnlySpan<double> weights = default)
    {
        ArgumentNullException.ThrowIfNull(classes);
        ArgumentNullException.ThrowIfNull(labels);
        var indices = new int[labels.Count];
        for (int r = 0; r < indices.Length; r++)
        {
            indices[r] = labels[r] is { } label ? classes.IndexOf(label) : -1;
            if (indices[r] < 0)
            {
                throw new ArgumentException(
                    string.Create(CultureInfo.InvariantCulture, $"Row {r}: label '{labels[r]}' is none of the classes {classes}."),
                    nameof(labels));
            }
        }

        return FromIndices(features, classes, indices, weights);
    }

    /// <inheritdoc/>
    public override ClassificationDataset SelectRows(ReadOnlySpan<int> rows)
    {
        FeatureTable features = Features.SelectRows(rows);
        var labels = new int[rows.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            labels[i] = _labels[rows[i]];
        }

        return new ClassificationDataset(features, labels, Classes, SelectWeights(rows));
    }

    /// <inheritdoc/>
    public override ClassificationDataset SelectColumns(ReadOnlySpan<int> columns) =>
        new(Features.SelectColumns(columns), _labels, Classes, WeightArray);

    /// <inheritdoc/>
    public override ClassificationDataset WithWeights(ReadOnlySpan<double> weights) =>
        new(Features, _labels, Classes, CheckWeights(weights, RowCount));

    /// <summary>Parts the rows at random in two views that have each class in the same share.</summary>
    /// <inheritdoc cref="Dataset{TSelf}.Split(double, ulong)"/>
    /// <remarks>A class of a single row goes to the first part.</remarks>
    public (ClassificationDataset First, ClassificationDataset Second) SplitStratified(double fraction, ulong seed = 0)
    {
        CheckFraction(fraction);
        return Part(MarkSplit(fraction, seed));
    }

    /// <inheritdoc/>
    internal override bool[] MarkSplit(double fraction, ulong seed)
    {
        var first = new bool[RowCount];
        foreach (int[] rows in RowsByClass(seed))
        {
            if (rows.Length == 1)
            {
                first[rows[0]] = true;
            }
            else if (rows.Length > 1)
            {
                MarkFirst(rows, fraction, first);
            }
        }

        return first.AsSpan().Contains(false)
            ? first
            : throw new InvalidOperationException("Every class has a single row: nothing is left for the second part.");
    }

    /// <summary>Parts the rows at random in folds that have each class in nearly the same share.</summary>
    /// <inheritdoc cref="Dataset{TSelf}.Folds(int, ulong)"/>
    public IReadOnlyList<(ClassificationDataset Train, ClassificationDataset Test)> FoldsStratified(int count, ulong seed = 0)
    {
        CheckFoldCount(count);
        return PartFolds(AssignFolds(count, seed), count);
    }

    /// <inheritdoc/>
    internal override int[] AssignFolds(int count, ulong seed)
    {
        var fold = new int[RowCount];
        int next = 0;
        foreach (int row in RowsByClass(seed).SelectMany(rows => rows))
        {
            // Dealt in turn over all classes, so that the folds differ by at most one row in size as well.
            fold[row] = next;
            next = (next + 1) % count;
        }

        return fold;
    }

    /// <summary>The number of rows of each class.</summary>
    public int[] CountByClass()
    {
        var counts = new int[ClassCount];
        foreach (int label in _labels)
        {
            counts[label]++;
        }

        return counts;
    }

    private protected override string TargetText(int row) => Classes[_labels[row]];

    /// <inheritdoc/>
    public override string ToString() =>
        $"{Features}, {Counted.Text(ClassCount, "class", "classes")}{(IsWeighted ? ", weighted" : string.Empty)}";

    private int[][] RowsByClass(ulong seed)
    {
        int[] counts = CountByClass();
        int[][] rows = [.. counts.Select(n => new int[n])];
        int[] filled = new int[ClassCount];
        foreach (int row in RowSampling.Permutation(RowCount, seed))
        {
            int label = _labels[row];
            rows[label][filled[label]++] = row;
        }

        return rows;
    }
}
