using System.Buffers;
using Ensembles.Data;
using Ensembles.Numerics;
using Ensembles.Persistence;

namespace Ensembles.Learners;

/// <summary>A trained classifier.</summary>
/// <inheritdoc cref="Model"/>
public abstract class ClassificationModel : Model
{
    // Rows whose probabilities are kept at a time: many, as the nodes of a large forest come from memory once for each block.
    private const int MinRowsPerBlock = 1024;
    private const int MaxRowsPerBlock = 8192;
    private const int ProbabilitiesPerBlock = 1 << 16;

    private protected ClassificationModel(FeatureSchema schema, ClassLabels classes)
        : base(schema)
    {
        Classes = classes;
    }

    /// <summary>The classes, in the order of the probabilities.</summary>
    public ClassLabels Classes { get; }

    /// <summary>The number of classes.</summary>
    public int ClassCount => Classes.Count;

    /// <summary>Loads a classifier that was saved by <see cref="Model.Save(string)"/>.</summary>
    /// <inheritdoc cref="Model.Load{TModel}(string, ModelLoadOptions?)"/>
    public static new ClassificationModel Load(string path, ModelLoadOptions? options = null) => Load<ClassificationModel>(path, options);

    /// <summary>Loads a classifier from a stream, plain or packed by gzip, which is read to its end and stays open.</summary>
    /// <inheritdoc cref="Model.Load{TModel}(Stream, ModelLoadOptions?)"/>
    public static new ClassificationModel Load(Stream stream, ModelLoadOptions? options = null) => Load<ClassificationModel>(stream, options);

    internal sealed override int OutputCount => Classes.Count;

    /// <summary>The probability of every class for every row.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="threads">The most threads to use; null (default) for one a processor.</param>
    /// <returns>Rows × classes; each row sums to 1.</returns>
    /// <exception cref="ArgumentException">The rows are not of the model's features.</exception>
    public double[,] PredictProbabilities(FeatureRows rows, int? threads = null)
    {
        RowSet set = rows.Under(Schema);
        var probabilities = new double[set.Count, ClassCount];
        Run(set, Cells(probabilities), ParallelWork.Resolve(threads), PredictBlock);
        return probabilities;
    }

    /// <summary>The probability of every class for every row, written row after row.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="destination">Rows × classes places.</param>
    /// <param name="threads">The most threads to use; with 1 (default) nothing is allocated.</param>
    /// <exception cref="ArgumentException">The rows are not of the model's features, or the destination has another length.</exception>
    public void PredictProbabilities(FeatureRows rows, Span<double> destination, int threads = 1) =>
        PredictRows(rows, destination, threads);

    /// <summary>The probability of every class for one row or many; allocates nothing.</summary>
    /// <param name="rows">One row or many, row after row, in the order of the schema.</param>
    /// <param name="destination">Rows × classes places.</param>
    /// <exception cref="ArgumentException">The cells make no whole rows, or the destination has another length.</exception>
    public void PredictProbabilities(ReadOnlySpan<float> rows, Span<double> destination) => PredictRows(rows, destination, threads: 1);

    /// <inheritdoc cref="PredictProbabilities(ReadOnlySpan{float}, Span{double})"/>
    public void PredictProbabilities(ReadOnlySpan<double> rows, Span<double> destination) => PredictRows(rows, destination, threads: 1);

    /// <summary>The most probable class of every row; of equals the first.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="threads">The most threads to use; null (default) for one a processor.</param>
    /// <returns>One class index a row.</returns>
    /// <exception cref="ArgumentException">The rows are not of the model's features.</exception>
    public int[] PredictClasses(FeatureRows rows, int? threads = null)
    {
        RowSet set = rows.Under(Schema);
        var classes = new int[set.Count];
        Run(set, classes, ParallelWork.Resolve(threads), ClassifyBlock);
        return classes;
    }

    /// <summary>The most probable class of every row, written in their order; of equals the first.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="destination">One place a row.</param>
    /// <param name="threads">The most threads to use; with 1 (default) nothing is allocated.</param>
    /// <exception cref="ArgumentException">The rows are not of the model's features, or the destination has another length.</exception>
    public void PredictClasses(FeatureRows rows, Span<int> destination, int threads = 1)
    {
        RowSet set = rows.Under(Schema);
        CheckDestination(destination.Length, set.Count, 1);
        if (threads == 1)
        {
            ClassifyBlock(set, destination);
            return;
        }

        Run(set, destination, ParallelWork.Resolve(threads), ClassifyBlock);
    }

    /// <summary>The name of the most probable class of every row; of equals the first.</summary>
    /// <inheritdoc cref="PredictClasses(FeatureRows, int?)"/>
    /// <returns>One class name a row.</returns>
    public string[] PredictLabels(FeatureRows rows, int? threads = null) =>
        Array.ConvertAll(PredictClasses(rows, threads), c => Classes[c]);

    /// <summary>The most probable class of one row; of equals the first.</summary>
    /// <param name="row">The features in the order of the schema.</param>
    /// <returns>The index of the class.</returns>
    /// <exception cref="ArgumentException">The row has another width than the model reads.</exception>
    public int PredictClass(ReadOnlySpan<float> row)
    {
        Span<double> probabilities = ClassCount <= 64 ? stackalloc double[ClassCount] : new double[ClassCount];
        PredictRow(row, probabilities);
        return IndexOfMax(probabilities);
    }

    /// <inheritdoc cref="PredictClass(ReadOnlySpan{float})"/>
    public int PredictClass(ReadOnlySpan<double> row)
    {
        Span<double> probabilities = ClassCount <= 64 ? stackalloc double[ClassCount] : new double[ClassCount];
        PredictRow(row, probabilities);
        return IndexOfMax(probabilities);
    }

    /// <summary>The name of the most probable class of one row; of equals the first.</summary>
    /// <inheritdoc cref="PredictClass(ReadOnlySpan{float})"/>
    /// <returns>The name of the class.</returns>
    public string PredictLabel(ReadOnlySpan<float> row) => Classes[PredictClass(row)];

    /// <inheritdoc cref="PredictLabel(ReadOnlySpan{float})"/>
    public string PredictLabel(ReadOnlySpan<double> row) => Classes[PredictClass(row)];

    internal static int IndexOfMax(ReadOnlySpan<double> values)
    {
        int best = 0;
        for (int k = 1; k < values.Length; k++)
        {
            if (values[k] > values[best])
            {
                best = k;
            }
        }

        return best;
    }

    /// <summary>Writes the most probable class of each row.</summary>
    private void ClassifyBlock(in RowSet rows, Span<int> classes)
    {
        int blockRows = Math.Min(rows.Count, Math.Clamp(ProbabilitiesPerBlock / ClassCount, MinRowsPerBlock, MaxRowsPerBlock));
        double[] rented = ArrayPool<double>.Shared.Rent(blockRows * ClassCount);
        for (int first = 0; first < rows.Count; first += blockRows)
        {
            int count = Math.Min(blockRows, rows.Count - first);
            Span<double> probabilities = rented.AsSpan(0, count * ClassCount);
            PredictBlock(rows.Slice(first, count), probabilities);
            for (int r = 0; r < count; r++)
            {
                classes[first + r] = IndexOfMax(probabilities.Slice(r * ClassCount, ClassCount));
            }
        }

        ArrayPool<double>.Shared.Return(rented);
    }
}
