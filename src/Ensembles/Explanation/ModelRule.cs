using System.Globalization;
using Ensembles.Trees.Export;

namespace Ensembles.Explanation;

/// <summary>A leaf of one of the trees of a model as a rule, with what it adds to the outputs of the rows that satisfy it.</summary>
public sealed class ModelRule
{
    internal ModelRule(TreeRule rule, int tree, double support, double[] values, double importance)
    {
        Rule = rule;
        Tree = tree;
        Support = support;
        Values = Array.AsReadOnly(values);
        Importance = importance;
    }

    /// <summary>The conditions, those on one feature joined into one.</summary>
    public IReadOnlyList<FeatureCondition> Conditions => Rule.Conditions;

    /// <summary>The tree, from 0, in the order of the model.</summary>
    public int Tree { get; }

    /// <summary>The share of the training weight of the tree that satisfied the rule.</summary>
    public double Support { get; }

    /// <summary>By output of the model what the rule adds, on the scale of its explanation.</summary>
    public IReadOnlyList<double> Values { get; }

    /// <summary>
    /// What the rule moves (after Friedman and Popescu 2008): √(s·(1 − s)) times how far its values lie from what its tree gives on average
    /// to other rows, summed over the outputs, with s the support.
    /// </summary>
    public double Importance { get; }

    internal TreeRule Rule { get; }

    /// <summary>Whether a row satisfies the rule.</summary>
    /// <param name="row">The features in the order of the schema: a category as its code, NaN where missing.</param>
    public bool IsSatisfiedBy(ReadOnlySpan<double> row) => Rule.IsSatisfiedBy(row);

    /// <summary>The rule in words, with its values and its support.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Rule.ConditionsInWords(showMissing: false)} => {string.Join(", ", Values.Select(ShapValues.Number))} ({100 * Support:F1}% of rows)");
}
