using Ensembles.Data;

namespace Ensembles.Learners;

/// <summary>A trained classifier.</summary>
/// <inheritdoc cref="Model"/>
public abstract class ClassificationModel : Model
{
    private protected ClassificationModel(FeatureSchema schema, ClassLabels classes)
        : base(schema)
    {
        Classes = classes;
    }

    /// <summary>The classes, in the order of the probabilities.</summary>
    public ClassLabels Classes { get; }

    /// <summary>The number of classes.</summary>
    public int ClassCount => Classes.Count;

    internal sealed override int OutputCount => Classes.Count;

    /// <summary>The probability of every class for every row.</summary>
    /// <param name="table">The rows; its columns are found by name.</param>
    /// <returns>Rows × classes; each row sums to 1.</returns>
    /// <exception cref="ArgumentException">A column of the model is missing or of another kind.</exception>
    public double[,] PredictProbabilities(FeatureTable table)
    {
        double[] flat = PredictTable(table);
        var probabilities = new double[table.RowCount, ClassCount];
        Buffer.BlockCopy(flat, 0, probabilities, 0, flat.Length * sizeof(double));
        return probabilities;
    }

    /// <summary>The probability of every class for every row, written row after row, on the caller's thread.</summary>
    /// <param name="table">The rows; its columns are found by name.</param>
    /// <param name="destination">Rows × classes places.</param>
    /// <exception cref="ArgumentException">A column is missing or of another kind, or the destination has another length.</exception>
    public void PredictProbabilities(FeatureTable table, Span<double> destination) => PredictTable(table, destination);

    /// <summary>The probability of every class for one row or many; allocates nothing.</summary>
    /// <param name="rows">One row or many, row after row, in the order of the schema.</param>
    /// <param name="destination">Rows × classes places.</param>
    /// <exception cref="ArgumentException">The cells make no whole rows, or the destination has another length.</exception>
    public void PredictProbabilities(ReadOnlySpan<float> rows, Span<double> destination) => PredictRows(rows, destination);

    /// <inheritdoc cref="PredictProbabilities(ReadOnlySpan{float}, Span{double})"/>
    public void PredictProbabilities(ReadOnlySpan<double> rows, Span<double> destination) => PredictRows(rows, destination);

    /// <summary>The most probable class of every row; of equals the first.</summary>
    /// <param name="table">The rows; its columns are found by name.</param>
    /// <returns>One class index a row.</returns>
    /// <exception cref="ArgumentException">A column of the model is missing or of another kind.</exception>
    public int[] PredictClasses(FeatureTable table)
    {
        double[] flat = PredictTable(table);
        var classes = new int[table.RowCount];
        for (int r = 0; r < classes.Length; r++)
        {
            classes[r] = IndexOfMax(flat.AsSpan(r * ClassCount, ClassCount));
        }

        return classes;
    }

    /// <summary>The name of the most probable class of every row; of equals the first.</summary>
    /// <inheritdoc cref="PredictClasses(FeatureTable)"/>
    /// <returns>One class name a row.</returns>
    public string[] PredictLabels(FeatureTable table) => Array.ConvertAll(PredictClasses(table), c => Classes[c]);

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
}
