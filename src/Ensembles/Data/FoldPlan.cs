using System.Globalization;
using Ensembles.Data.Folding;

namespace Ensembles.Data;

/// <summary>
/// How the rows of a dataset fall into training and test sets for cross-validation. A plan holds no data: <see cref="Split"/> makes the
/// folds of a dataset, the same ones every time and on every machine.
/// </summary>
/// <remarks>Rows of weight 0 fall into folds as others do; they count in no model and in no score.</remarks>
/// <example>
/// <code>
/// FoldPlan plan = FoldPlan.Stratified(5, seed: 1).Repeat(10);
/// </code>
/// </example>
public abstract class FoldPlan
{
    private protected FoldPlan()
    {
    }

    /// <summary>Folds at random: of a classification as <see cref="Stratified"/>, of a regression as <see cref="KFold"/>.</summary>
    /// <param name="count">The number of folds, from 2 to the number of rows (default 5).</param>
    /// <param name="seed">Other seeds give other folds.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than 2 folds.</exception>
    public static FoldPlan Standard(int count = 5, ulong seed = 0) => new RandomFolds(count, seed, FoldKind.Standard);

    /// <summary>Folds of nearly equal size at random, whatever the targets.</summary>
    /// <inheritdoc cref="Standard(int, ulong)"/>
    public static FoldPlan KFold(int count = 5, ulong seed = 0) => new RandomFolds(count, seed, FoldKind.Even);

    /// <summary>
    /// Folds at random that have the classes in nearly the same shares, or of a regression the targets in nearly the same distribution: the
    /// rows are sorted by them, and each of so many neighbours goes to another fold.
    /// </summary>
    /// <inheritdoc cref="Standard(int, ulong)"/>
    public static FoldPlan Stratified(int count = 5, ulong seed = 0) => new RandomFolds(count, seed, FoldKind.Stratified);

    /// <summary>Folds of neighbouring rows in their order: nothing is drawn.</summary>
    /// <inheritdoc cref="Standard(int, ulong)"/>
    public static FoldPlan Blocks(int count = 5) => new BlockFolds(count);

    /// <summary>
    /// Folds of nearly equal size of which none shares a group with another, so that a model is tested on groups (patients, customers,
    /// sites) that it has not seen. The groups are dealt from the largest on, each to the smallest fold so far.
    /// </summary>
    /// <typeparam name="TGroup">What a group is known by.</typeparam>
    /// <param name="groups">The group of each row; there must be at least as many groups as folds.</param>
    /// <param name="count">The number of folds, at least 2 (default 5).</param>
    /// <param name="seed">Orders groups of the same size.</param>
    /// <exception cref="ArgumentException">There are fewer groups than folds, or a group is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than 2 folds.</exception>
    public static FoldPlan Grouped<TGroup>(IReadOnlyList<TGroup> groups, int count = 5, ulong seed = 0)
        where TGroup : notnull => new GroupFolds(RowGroups.Of(groups), count, seed, stratified: false);

    /// <summary>
    /// Folds of which none shares a group with another and that have the classes in shares as near as the groups allow. The groups are
    /// dealt from the most uneven on, each to the fold that keeps the shares of the classes the most alike.
    /// </summary>
    /// <inheritdoc cref="Grouped"/>
    /// <remarks>It splits classifications only.</remarks>
    public static FoldPlan StratifiedGrouped<TGroup>(IReadOnlyList<TGroup> groups, int count = 5, ulong seed = 0)
        where TGroup : notnull => new GroupFolds(RowGroups.Of(groups), count, seed, stratified: true);

    /// <summary>One fold a group, in the order in which they first appear: the model is tested on it and learns from all others.</summary>
    /// <typeparam name="TGroup">What a group is known by.</typeparam>
    /// <param name="groups">The group of each row, at least two different ones.</param>
    /// <exception cref="ArgumentException">There are fewer than two groups, or a group is null.</exception>
    public static FoldPlan LeaveOneGroupOut<TGroup>(IReadOnlyList<TGroup> groups)
        where TGroup : notnull => new LeaveOneGroupOutFolds(RowGroups.Of(groups));

    /// <summary>
    /// Folds of rows that are in the order of time: the test sets follow each other at the end, and each model learns from what came before
    /// its test set (an expanding window).
    /// </summary>
    /// <param name="count">The number of folds, at least 1 (default 5).</param>
    /// <param name="testRows">The size of a test set, at least 1; null (default) for n/(count + 1), rounded down.</param>
    /// <param name="gap">How many rows before a test set are left out, at least 0 (default).</param>
    /// <param name="maxTrainRows">The most rows to learn from, the last ones; at least 1; null (default) for all.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public static FoldPlan TimeSeries(int count = 5, int? testRows = null, int gap = 0, int? maxTrainRows = null) =>
        new TimeSeriesFolds(count, testRows, gap, maxTrainRows);

    /// <summary>
    /// Splits at random, each drawn anew, so that test sets may overlap: of a classification with the classes in the same shares.
    /// </summary>
    /// <param name="trainFraction">The share of rows to learn from, between 0 and 1.</param>
    /// <param name="count">The number of splits, at least 1 (default).</param>
    /// <param name="seed">Other seeds give other splits.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public static FoldPlan Holdout(double trainFraction, int count = 1, ulong seed = 0) => new HoldoutFolds(trainFraction, count, seed);

    /// <summary>Folds of one's own.</summary>
    /// <param name="folds">Of each fold the rows to learn from and those to test on; no row is in both.</param>
    /// <exception cref="ArgumentException">There is no fold, a part is empty, or a row is negative or in both parts.</exception>
    public static FoldPlan Given(IEnumerable<(int[] Train, int[] Test)> folds)
    {
        ArgumentNullException.ThrowIfNull(folds);
        return new GivenFolds([.. folds]);
    }

    /// <summary>The same plan several times over, each time with another seed.</summary>
    /// <param name="times">How often, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="times"/> is below 1.</exception>
    /// <exception cref="InvalidOperationException">The plan draws nothing at random, so that it would repeat the same folds.</exception>
    public FoldPlan Repeat(int times)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(times, 1);
        return WithSeed(0) is null
            ? throw new InvalidOperationException($"{this}: nothing is drawn at random, so repeating gives the same folds again.")
            : new RepeatedFolds(this, times);
    }

    /// <summary>The folds of a dataset.</summary>
    /// <param name="data">The dataset.</param>
    /// <exception cref="ArgumentException">The plan does not fit the dataset: the message says how.</exception>
    public IReadOnlyList<Fold> Split(Dataset data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return Array.AsReadOnly(Make(data));
    }

    /// <summary>What the plan does.</summary>
    public abstract override string ToString();

    /// <summary>The folds of a dataset.</summary>
    internal abstract Fold[] Make(Dataset data);

    /// <summary>The same plan with a seed that is mixed from its own and this one; null where the plan draws nothing.</summary>
    internal virtual FoldPlan? WithSeed(ulong seed) => null;

    private protected static int CheckCount(int count, int least = 2)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, least);
        return count;
    }

    /// <exception cref="ArgumentException">There are more folds than rows.</exception>
    private protected static void CheckRows(Dataset data, int count)
    {
        if (data.RowCount < count)
        {
            throw new ArgumentException(Text($"{count} folds need as many rows; there are {data.RowCount}."), nameof(data));
        }
    }

    private protected static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
