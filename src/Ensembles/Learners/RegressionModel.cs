using Ensembles.Data;

namespace Ensembles.Learners;

/// <summary>A trained regressor.</summary>
/// <inheritdoc cref="Model"/>
public abstract class RegressionModel : Model
{
    private protected RegressionModel(FeatureSchema schema)
        : base(schema)
    {
    }

    internal sealed override int OutputCount => 1;

    /// <summary>The predicted value of every row.</summary>
    /// <param name="table">The rows; its columns are found by name.</param>
    /// <returns>One value a row.</returns>
    /// <exception cref="ArgumentException">A column of the model is missing or of another kind.</exception>
    public double[] Predict(FeatureTable table) => PredictTable(table);

    /// <summary>The predicted value of every row, written in their order, on the caller's thread.</summary>
    /// <param name="table">The rows; its columns are found by name.</param>
    /// <param name="destination">One place a row.</param>
    /// <exception cref="ArgumentException">A column is missing or of another kind, or the destination has another length.</exception>
    public void Predict(FeatureTable table, Span<double> destination) => PredictTable(table, destination);

    /// <summary>The predicted value of one row or many; allocates nothing.</summary>
    /// <param name="rows">One row or many, row after row, in the order of the schema.</param>
    /// <param name="destination">One place a row.</param>
    /// <exception cref="ArgumentException">The cells make no whole rows, or the destination has another length.</exception>
    public void Predict(ReadOnlySpan<float> rows, Span<double> destination) => PredictRows(rows, destination);

    /// <inheritdoc cref="Predict(ReadOnlySpan{float}, Span{double})"/>
    public void Predict(ReadOnlySpan<double> rows, Span<double> destination) => PredictRows(rows, destination);

    /// <summary>The predicted value of one row.</summary>
    /// <param name="row">The features in the order of the schema.</param>
    /// <exception cref="ArgumentException">The row has another width than the model reads.</exception>
    public double Predict(ReadOnlySpan<float> row)
    {
        double value = 0;
        PredictRow(row, new Span<double>(ref value));
        return value;
    }

    /// <inheritdoc cref="Predict(ReadOnlySpan{float})"/>
    public double Predict(ReadOnlySpan<double> row)
    {
        double value = 0;
        PredictRow(row, new Span<double>(ref value));
        return value;
    }
}
