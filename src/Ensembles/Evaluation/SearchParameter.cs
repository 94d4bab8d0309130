using System.Globalization;
using Ensembles.Learners;
using Ensembles.Numerics;

namespace Ensembles.Evaluation;

/// <summary>A hyper-parameter that is searched: its values, and how a recipe is given one.</summary>
internal abstract class SearchParameter<TLearner>(string name)
    where TLearner : Learner
{
    /// <summary>What it is called in tables.</summary>
    public string Name { get; } = name;

    /// <summary>The number of its values; null of a range of real numbers.</summary>
    public abstract long? Count { get; }

    /// <summary>Gives a recipe one of finitely many values.</summary>
    public abstract TLearner Set(TLearner recipe, long index, out SearchValue value);

    /// <summary>Gives a recipe the value at a place of the range.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <param name="place">From 0 to 1, both included; uniform draws give the distribution of the parameter.</param>
    /// <param name="value">The value.</param>
    public abstract TLearner SetAt(TLearner recipe, double place, out SearchValue value);
}

/// <summary>Values of a list.</summary>
internal sealed class ListParameter<TLearner, TValue>(string name, TValue[] values, Func<TLearner, TValue, TLearner> set)
    : SearchParameter<TLearner>(name)
    where TLearner : Learner
{
    public override long? Count => values.Length;

    public override TLearner Set(TLearner recipe, long index, out SearchValue value)
    {
        value = new SearchValue(Name, values[index]);
        return set(recipe, values[index]);
    }

    public override TLearner SetAt(TLearner recipe, double place, out SearchValue value) =>
        Set(recipe, Math.Min((long)(place * values.Length), values.Length - 1), out value);
}

/// <summary>Whole numbers of a range.</summary>
internal sealed class IntegerParameter<TLearner>(string name, int least, int greatest, bool logarithmic, Func<TLearner, int, TLearner> set)
    : SearchParameter<TLearner>(name)
    where TLearner : Learner
{
    public override long? Count => (long)greatest - least + 1;

    public override TLearner Set(TLearner recipe, long index, out SearchValue value)
    {
        int number = (int)(least + index);
        value = new SearchValue(Name, number);
        return set(recipe, number);
    }

    public override TLearner SetAt(TLearner recipe, double place, out SearchValue value)
    {
        double count = (double)greatest - least + 1;
        double index = logarithmic
            ? Math.Floor(LogRange.At(least, (double)greatest + 1, place)) - least
            : Math.Floor(place * count);
        return Set(recipe, (long)Math.Clamp(index, 0, count - 1), out value);
    }
}

/// <summary>Real numbers of a range.</summary>
internal sealed class RealParameter<TLearner>(
    string name, double least, double greatest, bool logarithmic, Func<TLearner, double, TLearner> set)
    : SearchParameter<TLearner>(name)
    where TLearner : Learner
{
    public override long? Count => null;

    public override TLearner Set(TLearner recipe, long index, out SearchValue value) =>
        throw new InvalidOperationException($"{Name} has no list of values.");

    public override TLearner SetAt(TLearner recipe, double place, out SearchValue value)
    {
        double number = logarithmic ? LogRange.At(least, greatest, place) : least + (place * (greatest - least));
        number = Math.Clamp(number, least, greatest);
        value = new SearchValue(Name, number);
        return set(recipe, number);
    }
}

/// <summary>Ranges whose logarithm is uniform.</summary>
internal static class LogRange
{
    public static double At(double least, double greatest, double place)
    {
        double low = DeterministicMath.Log(least);
        return DeterministicMath.Exp(low + (place * (DeterministicMath.Log(greatest) - low)));
    }
}

/// <summary>The value of a hyper-parameter in a trial.</summary>
/// <param name="Name">The name of the hyper-parameter.</param>
/// <param name="Value">Its value.</param>
public readonly record struct SearchValue(string Name, object? Value)
{
    /// <summary>The value as a table shows it, the same in every culture.</summary>
    public string Text => Value switch
    {
        null => "null",
        double number => Metrics.TextTable.Short(number),
        _ => Convert.ToString(Value, CultureInfo.InvariantCulture) ?? "null",
    };

    /// <summary>The name and the value.</summary>
    public override string ToString() => $"{Name} = {Text}";
}
