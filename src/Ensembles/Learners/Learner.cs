using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
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

    /// <summary>The name of the recipe and its properties, the numbers written the same in every culture.</summary>
    public sealed override string ToString()
    {
        // The text that the compiler writes for the properties of a record follows the culture of the thread.
        CultureInfo culture = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        try
        {
            StringBuilder text = new StringBuilder(GetType().Name).Append(" { ");
            PrintMembers(text);
            return text.Append(" }").ToString();
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    /// <summary>Throws where a hyper-parameter is no member of its enum.</summary>
    internal static TEnum CheckDefined<TEnum>(TEnum value, [CallerMemberName] string name = "")
        where TEnum : struct, Enum =>
        Enum.IsDefined(value)
            ? value
            : throw new ArgumentOutOfRangeException(name, value, $"{name} must be one of {string.Join(", ", Enum.GetNames<TEnum>())}.");

    /// <summary>Throws where a hyper-parameter lies outside its closed range.</summary>
    internal static int CheckRange(int value, int minimum, int maximum = int.MaxValue, [CallerMemberName] string name = "")
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
    internal static double CheckRange(double value, double minimum, double maximum, [CallerMemberName] string name = "")
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

    /// <summary>Throws where a hyper-parameter is no share of a whole: above 0 and at most 1.</summary>
    private protected static double CheckShare(double value, [CallerMemberName] string name = "") =>
        value > 0 && value <= 1 ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} must be above 0 and at most 1.");
}

/// <summary>A recipe that makes models of one kind from datasets of one kind.</summary>
/// <typeparam name="TDataset">What it learns from: <see cref="ClassificationDataset"/> or <see cref="RegressionDataset"/>.</typeparam>
/// <typeparam name="TModel">What it gives: <see cref="ClassificationModel"/> or <see cref="RegressionModel"/>.</typeparam>
public abstract record Learner<TDataset, TModel> : Learner
    where TDataset : Dataset<TDataset>
    where TModel : Model
{
    private protected Learner()
    {
    }

    /// <summary>Trains a model.</summary>
    /// <param name="data">The rows to learn from. Of a classifier, one class only is no error: the model then always says that class.</param>
    /// <param name="options">How to run the fit; null for <see cref="FitOptions.Default"/>.</param>
    /// <param name="cancellationToken">Ends the fit early with an <see cref="OperationCanceledException"/>.</param>
    /// <returns>A model that never changes and may be used by any number of threads.</returns>
    /// <exception cref="ArgumentException">The recipe cannot work on this data, or two of its properties cannot work together.</exception>
    public abstract TModel Fit(TDataset data, FitOptions? options = null, CancellationToken cancellationToken = default);
}
