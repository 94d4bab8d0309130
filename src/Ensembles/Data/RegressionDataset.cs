using System.Globalization;
using MathNet.Numerics.LinearAlgebra;

namespace Ensembles.Data;

/// <summary>Features with one finite number a row.</summary>
public sealed partial class RegressionDataset : Dataset<RegressionDataset>
{
    private const double MaxTarget = 1e100;

    private readonly double[] _targets;

    private RegressionDataset(FeatureTable features, double[] targets, double[] weights)
        : base(features, weights)
    {
        _targets = targets;
    }

    /// <summary>The target of each row.</summary>
    public ReadOnlySpan<double> Targets => _targets;

    /// <summary>The targets as an array that is never written.</summary>
    internal double[] TargetArray => _targets;

    /// <summary>A dataset of features and targets.</summary>
    /// <param name="features">The features.</param>
    /// <param name="targets">One number a row, from −1e100 to 1e100, copied.</param>
    /// <param name="weights">One weight a row, of a sum of at most 1e50; empty: every row weighs 1.</param>
    /// <exception cref="ArgumentException">The lengths differ, or a target or a weight is bad (the message names the row).</exception>
    public static RegressionDataset Create(FeatureTable features, ReadOnlySpan<double> targets, ReadOnlySpan<double> weights = default)
    {
        ArgumentNullException.ThrowIfNull(features);
        CheckTargets(targets.Length, features.RowCount, nameof(targets));
        for (int r = 0; r < targets.Length; r++)
        {
            if (!(Math.Abs(targets[r]) <= MaxTarget))
            {
                string range = double.IsFinite(targets[r])
                    ? string.Create(CultureInfo.InvariantCulture, $"lie between {-MaxTarget} and {MaxTarget}, or its squares overflow")
                    : "be finite";
                throw new ArgumentException(
                    string.Create(CultureInfo.InvariantCulture, $"Row {r}: the target is {targets[r]}; it must {range}."),
                    nameof(targets));
            }
        }

        return new RegressionDataset(features, targets.ToArray(), CheckWeights(weights, features.RowCount));
    }

    /// <inheritdoc cref="Create(FeatureTable, ReadOnlySpan{double}, ReadOnlySpan{double})"/>
    public static RegressionDataset Create(FeatureTable features, Vector<double> targets, Vector<double>? weights = null)
    {
        ArgumentNullException.ThrowIfNull(targets);
        return Create(features, targets.ToArray(), weights is null ? [] : weights.ToArray());
    }

    /// <inheritdoc/>
    public override RegressionDataset SelectRows(ReadOnlySpan<int> rows)
    {
        FeatureTable features = Features.SelectRows(rows);
        var targets = new double[rows.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            targets[i] = _targets[rows[i]];
        }

        return new RegressionDataset(features, targets, SelectWeights(rows));
    }

    /// <inheritdoc/>
    public override RegressionDataset SelectColumns(ReadOnlySpan<int> columns) =>
        new(Features.SelectColumns(columns), _targets, WeightArray);

    /// <inheritdoc/>
    public override RegressionDataset WithWeights(ReadOnlySpan<double> weights) => new(Features, _targets, CheckWeights(weights, RowCount));

    /// <inheritdoc/>
    internal override int[] AssignFolds(int count, ulong seed) => EvenFolds(count, seed);

    /// <inheritdoc/>
    internal override bool[] MarkSplit(double fraction, ulong seed) => MarkEvenSplit(fraction, seed);

    private protected override string TargetText(int row) => _targets[row].ToString("G6", CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public override string ToString() => $"{Features}, numeric target{(IsWeighted ? ", weighted" : string.Empty)}";
}
