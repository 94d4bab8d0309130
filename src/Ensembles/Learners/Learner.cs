using System.Globalization;
using System.Runtime.CompilerServices;
using Ensembles.Data;

namespace Ensembles.Learners;

/// <summary>
/// A recipe: an immutable set of hyper-parameters, varied by <c>with</c>, compared by value. Fitting it gives a model and
/// changes nothing in the recipe.
/// </summary>
public abstract record Learner
{
    private protected Learner()
    {
    }

    /// <summary>
    /// Where all random decisions of the fit come from (default 0). The same data, recipe and seed give the same model on
    /// every machine and at any number of threads.
    /// </summary>
    public ulong Seed { get; init; }

    /// <summary>Throws where a hyper-parameter lies outside its closed range.</summary>
    private protected static int CheckRange(int value, int minimum, int maximum = int.MaxValue, [CallerMemberName] string name = "")
    {
        if (value < minimum || value > maximum)
        {
            string range = maximum == int.MaxValue
                ? string.Create(CultureInfo.InvariantCulture, $"at least {minimum}")
                : string.Create(CultureInfo.InvariantCulture, $"from {minimum} to {maximum}");
            throw new ArgumentOutOfRangeException(name, value, $"{name} must be {range}.");
        }

        return value;
    }

    /// <summary>Throws where a hyper-parameter lies outside its closed range, or is not a number.</summary>
    private protected static double CheckRange(double value, double minimum, double maximum, [CallerMemberName] string name = "")
    {
        if (!(value >= minimum && value <= maximum))
        {
            string range = double.IsPositiveInfinity(maximum)
                ? string.Create(CultureInfo.InvariantCulture, $"at least {minimum}")
                : string.Create(CultureInfo.InvariantCulture, $"from {minimum} to {maximum}");
            throw new ArgumentOutOfRangeException(name, value, $"{name} must be {range}.");
        }

        return value;
    }
}

/// <summary>A recipe for a classifier.</summary>
public abstract record ClassificationLearner : Learner
{
    private protected ClassificationLearner()
    {
    }

    /// <summary>Trains a model.</summary>
    /// <param name="data">The rows to learn from. One class only is no error: the model then always says that class.</param>
    /// <param name="options">How to run the fit; null for <see cref="FitOptions.Default"/>.</param>
    /// <param name="cancellationToken">Ends the fit early with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>A model that never changes and may be used by any number of threads.</returns>
    public abstract ClassificationModel Fit(
        ClassificationDataset data, FitOptions? options = null, CancellationToken cancellationToken = default);
}

/// <summary>A recipe for a regressor.</summary>
public abstract record RegressionLearner : Learner
{
    private protected RegressionLearner()
    {
    }

    /// <summary>Trains a model.</summary>
    /// <param name="data">The rows to learn from.</param>
    /// <param name="options">How to run the fit; null for <see cref="FitOptions.Default"/>.</param>
    /// <param name="cancellationToken">Ends the fit early with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>A model that never changes and may be used by any number of threads.</returns>
    public abstract RegressionModel Fit(RegressionDataset data, FitOptions? options = null, CancellationToken cancellationToken = default);
}
