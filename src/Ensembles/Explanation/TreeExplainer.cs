using System.Globalization;
using Ensembles.Data;
using Ensembles.Explanation.Shapley;
using Ensembles.Learners;
using Ensembles.Numerics;

namespace Ensembles.Explanation;

/// <summary>
/// Exact Shapley values of models that are sums of trees (Lundberg et al. 2020), ready to explain any number of rows on any number of
/// threads. <see cref="ModelExplanation.Explain(Model, FeatureTable, FitOptions?, CancellationToken)"/> makes one by itself.
/// </summary>
/// <remarks>
/// A coalition of features knows the cells of its features. Of the others either the training rows are taken, as they parted at each node
/// (path-dependent: no data needed, as XGBoost's <c>pred_contribs</c>), or the rows of a background table one by one (interventional: what
/// the model really says of such mixed rows). Sums are those of <see cref="Scale"/>.
/// </remarks>
public sealed class TreeExplainer
{
    private const int RowsPerChunk = 256;
    private const int RowsPerInteractionChunk = 64;

    private readonly TreeSum _sum;
    private readonly TreeShap _shap;

    internal TreeExplainer(TreeSum sum, FeatureTable? background = null, int? lanes = null)
    {
        FeatureTable? mapped = background is null ? null : SchemaMapping.Map(background, sum.Schema);
        _sum = sum;
        _shap = new TreeShap(sum, mapped, lanes);
        BaseValues = Array.AsReadOnly(_shap.BaseValues);
        OutputNames = Array.AsReadOnly(sum.OutputNames);
    }

    /// <summary>The features that the model reads.</summary>
    public FeatureSchema Schema => _sum.Schema;

    /// <summary>What the values add up to.</summary>
    public ExplainedScale Scale => _sum.Scale;

    /// <summary>What the outputs are called: the classes, or of two classes with one score the second, or "value".</summary>
    public IReadOnlyList<string> OutputNames { get; }

    /// <summary>By output what is expected of a row of which nothing is known.</summary>
    public IReadOnlyList<double> BaseValues { get; }

    /// <summary>An explainer of a model.</summary>
    /// <param name="model">
    /// A model of trees that adds up what they say: CART, forests, boosting, isolation forests, and bagging or voting of models whose
    /// predictions are sums of trees.
    /// </param>
    /// <param name="background">
    /// The rows that stand for what a coalition does not know, some ten to a few hundred; null (default) for the training rows as the trees
    /// parted them. The time goes with their number.
    /// </param>
    /// <exception cref="InvalidOperationException">The model is no sum of trees; the message says why.</exception>
    /// <exception cref="ArgumentException">The background lacks a column of the model or has it of another kind.</exception>
    public static TreeExplainer Of(Model model, FeatureTable? background = null) => new(TreeSum.Of(model), background);

    /// <summary>The Shapley values of every row.</summary>
    /// <param name="table">The rows; its columns are found by name.</param>
    /// <param name="options">How many threads to use; null for <see cref="FitOptions.Default"/>. The values are the same for every number.</param>
    /// <param name="cancellationToken">Ends the work early with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">A column of the model is missing or of another kind, or there are too many values for an array.</exception>
    public ShapValues Explain(FeatureTable table, FitOptions? options = null, CancellationToken cancellationToken = default)
    {
        FeatureTable mapped = SchemaMapping.Map(table, Schema);
        int perRow = _sum.OutputCount * Schema.Count;
        double[] values = Allocate(mapped.RowCount, perRow);
        Run(mapped, RowsPerChunk, options, cancellationToken, (first, count, scratch) =>
            _shap.Explain(new RowSet(mapped, first, count), values.AsSpan(first * perRow, count * perRow), scratch));
        return new ShapValues(mapped, _sum.OutputNames, _shap.BaseValues, values, Scale);
    }

    /// <summary>The Shapley values of one row or many, written row after row, on the caller's thread.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="destination">Rows × outputs × features places.</param>
    /// <exception cref="ArgumentException">The rows are not of the model's features, or the destination has another length.</exception>
    public void Explain(FeatureRows rows, Span<double> destination)
    {
        RowSet set = rows.Under(Schema);
        int perRow = _sum.OutputCount * Schema.Count;
        if (destination.Length != (long)set.Count * perRow)
        {
            throw new ArgumentException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{set.Count} rows of {perRow} values need {(long)set.Count * perRow} places, not {destination.Length}."),
                nameof(destination));
        }

        var scratch = new ShapleyScratch();
        for (int first = 0; first < set.Count; first += RowsPerChunk)
        {
            int count = Math.Min(RowsPerChunk, set.Count - first);
            _shap.Explain(set.Slice(first, count), destination.Slice(first * perRow, count * perRow), scratch);
        }
    }

    /// <summary>The interaction values of every row: the Shapley value of each feature parted among its pairs.</summary>
    /// <param name="table">The rows; its columns are found by name.</param>
    /// <param name="options">How many threads to use; null for <see cref="FitOptions.Default"/>. The values are the same for every number.</param>
    /// <param name="cancellationToken">Ends the work early with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">A column of the model is missing or of another kind, or there are too many values for an array.</exception>
    public ShapInteractions ExplainInteractions(FeatureTable table, FitOptions? options = null, CancellationToken cancellationToken = default)
    {
        FeatureTable mapped = SchemaMapping.Map(table, Schema);
        int perRow = checked(_sum.OutputCount * Schema.Count * Schema.Count);
        double[] values = Allocate(mapped.RowCount, perRow);
        Run(mapped, RowsPerInteractionChunk, options, cancellationToken, (first, count, scratch) =>
            _shap.Interact(new RowSet(mapped, first, count), values.AsSpan(first * perRow, count * perRow), scratch));
        return new ShapInteractions(mapped, _sum.OutputNames, _shap.BaseValues, values, Scale);
    }

    private static double[] Allocate(int rows, int perRow) => (long)rows * perRow <= Array.MaxLength
        ? new double[rows * perRow]
        : throw new ArgumentException(
            string.Create(CultureInfo.InvariantCulture, $"{rows} rows of {perRow} values are more than an array holds: explain fewer at a time."),
            "table");

    private static void Run(
        FeatureTable table, int rowsPerChunk, FitOptions? options, CancellationToken token, Action<int, int, ShapleyScratch> body)
    {
        int chunks = (table.RowCount + rowsPerChunk - 1) / rowsPerChunk;
        ParallelWork.For(
            chunks,
            (options ?? FitOptions.Default).ThreadsWithoutSnapshots,
            token,
            () => new ShapleyScratch(),
            (chunk, scratch) =>
            {
                int first = chunk * rowsPerChunk;
                body(first, Math.Min(rowsPerChunk, table.RowCount - first), scratch);
            });
    }
}
