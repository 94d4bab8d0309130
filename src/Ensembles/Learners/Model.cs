using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using Ensembles.Data;
using Ensembles.Display;
using Ensembles.Numerics;
using Ensembles.Persistence;

namespace Ensembles.Learners;

/// <summary>
/// What a fit gives: immutable, safe for any number of threads. A row is given as a span of the features in the order of
/// <see cref="Schema"/>: numbers as they are, a category as its code, NaN where a cell is missing; a code that the schema
/// does not have counts as missing. Many rows are given as <see cref="FeatureRows"/>: a table, a matrix, a span of rows or columns.
/// </summary>
public abstract class Model
{
    // Below this many rows a second thread costs more than it brings.
    private const int RowsPerThread = 1024;

    // What a thread takes at a time where there are many rows: the nodes of a large forest come from memory once for each block.
    private const int MaxRowsPerBlock = 8192;

    private protected Model(FeatureSchema schema)
    {
        Schema = schema;
    }

    /// <summary>The features that the model was trained on, and reads.</summary>
    public FeatureSchema Schema { get; }

    /// <summary>How batches of rows are predicted, and why in this way.</summary>
    public Predictor Predictor => Batches.Predictor;

    /// <summary>The number of trees that a row goes through, those of all members together (of a stack without the
    /// final model); 0 for a model without trees.</summary>
    public int TreeCount => Batches.TreeCount;

    /// <summary>How many raw scores a row has.</summary>
    public virtual int RawScoreCount => OutputCount;

    /// <summary>
    /// Loads a model of any kind that was saved by <see cref="Save(string)"/>; it predicts the same bits. Whatever the file holds, the worst
    /// that comes of it is an <see cref="InvalidDataException"/>.
    /// </summary>
    /// <param name="path">The path; a file packed by gzip is recognised by its content.</param>
    /// <param name="options">How to read; null for <see cref="ModelLoadOptions.Default"/>.</param>
    /// <exception cref="InvalidDataException">The file is no model file, damaged, or too long; the message says what is wrong and where.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static Model Load(string path, ModelLoadOptions? options = null) => ModelFile.Load<Model>(path, options);

    /// <summary>Loads a model of any kind from a stream, plain or packed by gzip, which is read to its end and stays open.</summary>
    /// <inheritdoc cref="Load(string, ModelLoadOptions?)"/>
    /// <param name="stream">The content of a model file.</param>
    /// <param name="options">How to read; null for <see cref="ModelLoadOptions.Default"/>.</param>
    public static Model Load(Stream stream, ModelLoadOptions? options = null) => ModelFile.Load<Model>(stream, options);

    /// <summary>Loads a model of a type: <c>Model.Load&lt;ForestClassificationModel&gt;("forest.json")</c>.</summary>
    /// <typeparam name="TModel">The type of the model, or one above it.</typeparam>
    /// <inheritdoc cref="Load(string, ModelLoadOptions?)"/>
    /// <param name="path">The path; a file packed by gzip is recognised by its content.</param>
    /// <param name="options">How to read; null for <see cref="ModelLoadOptions.Default"/>.</param>
    /// <exception cref="InvalidDataException">The file is no model file, damaged, too long, or holds a model of another type.</exception>
    public static TModel Load<TModel>(string path, ModelLoadOptions? options = null)
        where TModel : Model => ModelFile.Load<TModel>(path, options);

    /// <summary>Loads a model of a type from a stream, plain or packed by gzip, which is read to its end and stays open.</summary>
    /// <typeparam name="TModel">The type of the model, or one above it.</typeparam>
    /// <inheritdoc cref="Load{TModel}(string, ModelLoadOptions?)"/>
    /// <param name="stream">The content of a model file.</param>
    /// <param name="options">How to read; null for <see cref="ModelLoadOptions.Default"/>.</param>
    public static TModel Load<TModel>(Stream stream, ModelLoadOptions? options = null)
        where TModel : Model => ModelFile.Load<TModel>(stream, options);

    /// <summary>
    /// Saves the model to a file that <c>Load</c> reads: JSON as docs/model-format.md describes it, packed by gzip where the path ends in
    /// <c>.gz</c>. The same model gives the same JSON bytes. A failure on the way leaves a file that was there as it was.
    /// </summary>
    /// <param name="path">The path; a file that is there is replaced.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public void Save(string path) => ModelFile.Save(this, path);

    /// <summary>Saves the model to a stream, not packed; the stream stays open.</summary>
    /// <param name="stream">Where the bytes go.</param>
    public void Save(Stream stream) => ModelFile.Save(this, stream);

    /// <summary>A line: the kind of model, its size, and how good its fit was where it knows.</summary>
    public override string ToString() => ModelSummary.Line(this);

    /// <summary>
    /// A table as a fragment of HTML, which notebooks show: the kind of model, its size, the hyper-parameters that are not the default, and
    /// the most important features.
    /// </summary>
    public string ToHtml() => ModelSummary.Html(this);

    /// <summary>How many numbers the model gives for a row.</summary>
    internal abstract int OutputCount { get; }

    /// <summary>What batches are predicted with.</summary>
    internal abstract IBatchPrediction Batches { get; }

    /// <summary>
    /// The scores of every row before a link makes predictions of them: of boosted classifiers log-odds (of two classes one score, for the
    /// second; of more one a class), of AdaBoost the decision function, of an isolation forest mean path lengths. Models without a link
    /// give what they predict.
    /// </summary>
    /// <param name="rows">The rows.</param>
    /// <param name="threads">The most threads to use; null (default) for one a processor.</param>
    /// <returns>Rows × <see cref="RawScoreCount"/>.</returns>
    /// <exception cref="ArgumentException">The rows are not of the model's features.</exception>
    public double[,] RawScores(FeatureRows rows, int? threads = null)
    {
        RowSet set = rows.Under(Schema);
        var scores = new double[set.Count, RawScoreCount];
        Run(set, Cells(scores), ParallelWork.Resolve(threads), ScoreBlock);
        return scores;
    }

    /// <summary>The raw scores of every row, written row after row.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="destination">Rows × <see cref="RawScoreCount"/> places.</param>
    /// <param name="threads">The most threads to use; with 1 (default) nothing is allocated.</param>
    /// <exception cref="ArgumentException">The rows are not of the model's features, or the destination has another length.</exception>
    public void RawScores(FeatureRows rows, Span<double> destination, int threads = 1)
    {
        RowSet set = rows.Under(Schema);
        CheckDestination(destination.Length, set.Count, RawScoreCount);
        if (threads == 1)
        {
            ScoreBlock(set, destination);
            return;
        }

        Run(set, destination, ParallelWork.Resolve(threads), ScoreBlock);
    }

    /// <summary>The leaf that each row reaches in each tree.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="threads">The most threads to use; null (default) for one a processor.</param>
    /// <returns>
    /// Rows × <see cref="TreeCount"/>: leaf indices from 0 as in <c>Tree.LeafOf</c>, the trees in the order of the model and of its members.
    /// </returns>
    /// <exception cref="ArgumentException">The rows are not of the model's features.</exception>
    public int[,] LeafIndices(FeatureRows rows, int? threads = null)
    {
        RowSet set = rows.Under(Schema);
        var leaves = new int[set.Count, TreeCount];
        Run(set, Cells(leaves), ParallelWork.Resolve(threads), Batches.FindLeaves);
        return leaves;
    }

    /// <summary>The leaf that each row reaches in each tree, written row after row.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="destination">Rows × <see cref="TreeCount"/> places.</param>
    /// <param name="threads">The most threads to use; with 1 (default) nothing is allocated.</param>
    /// <exception cref="ArgumentException">The rows are not of the model's features, or the destination has another length.</exception>
    public void LeafIndices(FeatureRows rows, Span<int> destination, int threads = 1)
    {
        RowSet set = rows.Under(Schema);
        CheckDestination(destination.Length, set.Count, TreeCount);
        if (threads == 1)
        {
            Batches.FindLeaves(set, destination);
            return;
        }

        Run(set, destination, ParallelWork.Resolve(threads), Batches.FindLeaves);
    }

    /// <summary>Predicts rows, all checked already.</summary>
    /// <param name="rows">The rows, under the schema of the model.</param>
    /// <param name="output">Rows × <see cref="OutputCount"/>, to be overwritten.</param>
    internal abstract void PredictBlock(in RowSet rows, Span<double> output);

    /// <summary>Gives the raw scores of rows, all checked already.</summary>
    /// <param name="rows">The rows, under the schema of the model.</param>
    /// <param name="scores">Rows × <see cref="RawScoreCount"/>, to be overwritten.</param>
    internal virtual void ScoreBlock(in RowSet rows, Span<double> scores) => PredictBlock(rows, scores);

    /// <summary>Predicts rows into a new array, in blocks, on a number of threads; null for one a processor.</summary>
    internal double[] PredictRows(FeatureRows rows, int? threads = null)
    {
        RowSet set = rows.Under(Schema);
        var output = new double[(long)set.Count * OutputCount];
        Run(set, output.AsSpan(), ParallelWork.Resolve(threads), PredictBlock);
        return output;
    }

    /// <summary>Predicts rows into a span; with one thread nothing is allocated.</summary>
    private protected void PredictRows(FeatureRows rows, Span<double> destination, int threads)
    {
        RowSet set = rows.Under(Schema);
        CheckDestination(destination.Length, set.Count, OutputCount);
        if (threads == 1)
        {
            PredictBlock(set, destination);
            return;
        }

        Run(set, destination, ParallelWork.Resolve(threads), PredictBlock);
    }

    /// <summary>Predicts one row; allocates nothing.</summary>
    /// <exception cref="ArgumentException">The row has another width than the model reads.</exception>
    private protected void PredictRow<T>(ReadOnlySpan<T> row, Span<double> destination)
        where T : unmanaged, INumberBase<T>
    {
        if (row.Length != Schema.Count)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"The model reads rows of {Schema.Count} features, not {row.Length}."),
                nameof(row));
        }

        CheckDestination(destination.Length, 1, OutputCount);
        RowSet set = typeof(T) == typeof(double)
            ? new RowSet(MemoryMarshal.Cast<T, double>(row), row.Length)
            : new RowSet(MemoryMarshal.Cast<T, float>(row), row.Length);
        PredictBlock(set, destination);
    }

    /// <summary>Calls a body for blocks of rows.</summary>
    private protected static void Run<T>(in RowSet rows, Span<T> output, int threads, RowBlockBody<T> body)
        where T : unmanaged
    {
        if (threads == 1 || rows.Count <= RowsPerThread)
        {
            body(rows, output);
            return;
        }

        rows.ForEachBlock(Math.Clamp(rows.Count / threads / 4, RowsPerThread, MaxRowsPerBlock), threads, output, body);
    }

    /// <exception cref="ArgumentException">The destination has not the length that the rows need.</exception>
    private protected static void CheckDestination(int length, int rowCount, int perRow)
    {
        if (length != (long)rowCount * perRow)
        {
            throw new ArgumentException(
                string.Create(
                    CultureInfo.InvariantCulture, $"{rowCount} rows of {perRow} outputs need {(long)rowCount * perRow} places, not {length}."),
                "destination");
        }
    }

    /// <summary>The cells of a matrix, row after row.</summary>
    internal static Span<T> Cells<T>(T[,] matrix) =>
        matrix.Length == 0 ? [] : MemoryMarshal.CreateSpan(ref matrix[0, 0], matrix.Length);
}
