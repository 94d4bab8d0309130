using Ensembles.Data;
using Ensembles.Persistence;

namespace Ensembles.Learners;

/// <summary>A trained regressor.</summary>
/// <inheritdoc cref="Model"/>
public abstract class RegressionModel : Model
{
    private protected RegressionModel(FeatureSchema schema)
        : base(schema)
    {
    }

    /// <summary>Loads a regressor that was saved by <see cref="Model.Save(string)"/>.</summary>
    /// <inheritdoc cref="Model.Load{TModel}(string, ModelLoadOptions?)"/>
    public static new RegressionModel Load(string path, ModelLoadOptions? options = null) => Load<RegressionModel>(path, options);

    /// <summary>Loads a regressor from a stream, plain or packed by gzip, which is read to its end and stays open.</summary>
    /// <inheritdoc cref="Model.Load{TModel}(Stream, ModelLoadOptions?)"/>
    public static new RegressionModel Load(Stream stream, ModelLoadOptions? options = null) => Load<RegressionModel>(stream, options);

    internal sealed override int OutputCount => 1;

    /// <summary>The predicted value of every row.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="threads">The most threads to use; null (default) for one a processor.</param>
    /// <returns>One value a row.</returns>
    /// <exception cref="ArgumentException">The rows are not of the model's features.</exception>
    public double[] Predict(FeatureRows rows, int? threads = null) => PredictRows(rows, threads);

    /// <summary>The predicted value of every row, written in their order.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="destination">One place a row.</param>
    /// <param name="threads">The most threads to use; with 1 (default) nothing is allocated.</param>
    /// <exception cref="ArgumentException">The rows are not of the model's features, or the destination has another length.</exception>
    public void Predict(FeatureRows rows, Span<double> destination, int threads = 1) => PredictRows(rows, destination, threads);

    /// <summary>The predicted value of one row or many; allocates nothing.</summary>
    /// <param name="rows">One row or many, row after row, in the order of the schema.</param>
    /// <param name="destination">One place a row.</param>
    /// <exception cref="ArgumentException">The cells make no whole rows, or the destination has another length.</exception>
    public void Predict(ReadOnlySpan<float> rows, Span<double> destination) => PredictRows(rows, destination, threads: 1);

    /// <inheritdoc cref="Predict(ReadOnlySpan{float}, Span{double})"/>
    public void Predict(ReadOnlySpan<double> rows, Span<double> destination) => PredictRows(rows, destination, threads: 1);

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
