using System.Globalization;
using Ensembles.Data;

namespace Ensembles.Learners;

/// <summary>Weights of classes, by which the weights of their rows are multiplied.</summary>
public sealed class ClassWeights : IEquatable<ClassWeights>
{
    private readonly SortedDictionary<string, double>? _byName;

    private ClassWeights(SortedDictionary<string, double>? byName, bool isPerSample = false)
    {
        _byName = byName;
        IsPerSample = isPerSample;
    }

    /// <summary>W/(K·W_k) over all rows: each of the K classes gets the same total weight.</summary>
    public static ClassWeights Balanced { get; } = new(null);

    /// <summary>
    /// W/(K·W_k) over the rows that each tree of a forest draws, so that the classes weigh the same in every tree. A learner that
    /// draws no rows has one sample, all rows: then it is <see cref="Balanced"/>.
    /// </summary>
    public static ClassWeights BalancedPerSample { get; } = new(null, isPerSample: true);

    /// <summary>Whether the weights are worked out anew for each sample of rows.</summary>
    internal bool IsPerSample { get; }

    /// <summary>The weights that were given, by class in ordinal order; null for a rule.</summary>
    internal IReadOnlyDictionary<string, double>? ByName => _byName;

    /// <summary>Given weights; classes that are not named keep weight 1.</summary>
    /// <param name="weights">Class names and their weights, finite and not negative.</param>
    /// <exception cref="ArgumentException">A class is named twice, or its weight is negative or not finite.</exception>
    public static ClassWeights Of(params ReadOnlySpan<(string Label, double Weight)> weights)
    {
        var byName = new SortedDictionary<string, double>(StringComparer.Ordinal);
        foreach ((string label, double weight) in weights)
        {
            if (!double.IsFinite(weight) || weight < 0 || !byName.TryAdd(label, weight))
            {
                throw new ArgumentException(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"Class '{label}' is named twice or its weight {weight} is negative or not finite."),
                    nameof(weights));
            }
        }

        return new ClassWeights(byName);
    }

    /// <inheritdoc/>
    public bool Equals(ClassWeights? other) =>
        other is not null
        && IsPerSample == other.IsPerSample
        && (_byName is null ? other._byName is null : other._byName is not null && _byName.SequenceEqual(other._byName));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ClassWeights);

    /// <inheritdoc/>
    public override int GetHashCode() => _byName?.Count ?? -1;

    /// <inheritdoc/>
    public override string ToString() => _byName is null
        ? IsPerSample ? nameof(BalancedPerSample) : nameof(Balanced)
        : string.Join(", ", _byName.Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Key}: {pair.Value:R}")));

    /// <summary>Multiplies the weights of rows by those of their classes.</summary>
    /// <param name="classWeights">The weights of classes, or null to change nothing.</param>
    /// <param name="data">The labels.</param>
    /// <param name="weights">One weight a row of the data.</param>
    /// <exception cref="ArgumentException">A named class is none of the data's, or the rows then weigh nothing, or too much to add.</exception>
    internal static void Apply(ClassWeights? classWeights, ClassificationDataset data, double[] weights)
    {
        if (classWeights is null)
        {
            return;
        }

        var factors = new double[data.ClassCount];
        Array.Fill(factors, 1);
        if (classWeights._byName is null)
        {
            Balance(data, weights, factors);
        }
        else
        {
            foreach ((string label, double weight) in classWeights._byName)
            {
                int index = data.Classes.IndexOf(label);
                if (index < 0)
                {
                    throw new ArgumentException($"ClassWeights names '{label}', which is none of the classes {data.Classes}.", nameof(classWeights));
                }

                factors[index] = weight;
            }
        }

        double total = 0;
        for (int r = 0; r < weights.Length; r++)
        {
            weights[r] *= factors[data.Labels[r]];
            total += weights[r];
        }

        if (!(total > 0 && total <= Dataset.MaxTotalWeight))
        {
            throw new ArgumentException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"With ClassWeights ({classWeights}) the rows weigh {total} together; that must be above 0 and at most {Dataset.MaxTotalWeight}."),
                nameof(classWeights));
        }
    }

    private static void Balance(ClassificationDataset data, double[] weights, double[] factors)
    {
        var byClass = new double[factors.Length];
        double total = 0;
        for (int r = 0; r < weights.Length; r++)
        {
            byClass[data.Labels[r]] += weights[r];
            total += weights[r];
        }

        int present = byClass.Count(weight => weight > 0);
        for (int k = 0; k < factors.Length; k++)
        {
            factors[k] = byClass[k] > 0 ? total / (present * byClass[k]) : 1;
        }
    }
}
