using Ensembles.Data;

namespace Ensembles.Learners;

/// <summary>Predictions for one object of the user's own type, read by the map that also made the training data.</summary>
public static class FeatureMapPrediction
{
    private const int StackCells = 256;

    /// <summary>The predicted value of one object.</summary>
    /// <typeparam name="T">The type of the object.</typeparam>
    /// <param name="model">The model.</param>
    /// <param name="map">How the features are read; found in the schema of the model by name.</param>
    /// <param name="item">The object.</param>
    /// <exception cref="ArgumentException">The map lacks a feature that the model reads, or has it of another kind.</exception>
    public static double Predict<T>(this RegressionModel model, FeatureMap<T> map, T item)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(map);
        BoundFeatureMap<T> bound = map.Bind(model.Schema);
        int width = model.Schema.Count;
        Span<double> row = width <= StackCells ? stackalloc double[StackCells] : new double[width];
        bound.CopyRow(item, row[..width]);
        return model.Predict(row[..width]);
    }

    /// <summary>The most probable class of one object; of equals the first.</summary>
    /// <returns>The index of the class.</returns>
    /// <inheritdoc cref="Predict{T}(RegressionModel, FeatureMap{T}, T)"/>
    public static int PredictClass<T>(this ClassificationModel model, FeatureMap<T> map, T item)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(map);
        BoundFeatureMap<T> bound = map.Bind(model.Schema);
        int width = model.Schema.Count;
        Span<double> row = width <= StackCells ? stackalloc double[StackCells] : new double[width];
        bound.CopyRow(item, row[..width]);
        return model.PredictClass(row[..width]);
    }

    /// <summary>The name of the most probable class of one object; of equals the first.</summary>
    /// <returns>The name of the class.</returns>
    /// <inheritdoc cref="Predict{T}(RegressionModel, FeatureMap{T}, T)"/>
    public static string PredictLabel<T>(this ClassificationModel model, FeatureMap<T> map, T item)
    {
        int index = PredictClass(model, map, item);
        return model.Classes[index];
    }

    /// <summary>The probability of every class for one object.</summary>
    /// <returns>One probability a class, in the order of the classes of the model.</returns>
    /// <inheritdoc cref="Predict{T}(RegressionModel, FeatureMap{T}, T)"/>
    public static double[] PredictProbabilities<T>(this ClassificationModel model, FeatureMap<T> map, T item)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(map);
        var probabilities = new double[model.ClassCount];
        model.PredictProbabilities(map.Row(item, model.Schema), probabilities);
        return probabilities;
    }
}
