using System.Globalization;
using Ensembles.Data;

namespace Ensembles.Explanation;

/// <summary>The smallest change of a row that changes its predicted class.</summary>
public sealed class Counterfactual
{
    private readonly FeatureSchema _schema;
    private readonly double[] _before;
    private readonly double[] _row;

    internal Counterfactual(FeatureSchema schema, double[] before, double[] row, double distance, string from, string to)
    {
        _schema = schema;
        _before = before;
        _row = row;
        Distance = distance;
        FromClass = from;
        ToClass = to;
        ChangedFeatures = Array.AsReadOnly(
            Enumerable.Range(0, row.Length).Where(f => !row[f].Equals(before[f])).Select(f => schema[f].Name).ToArray());
    }

    /// <summary>The changed row, in the order of the schema.</summary>
    public IReadOnlyList<double> Row => Array.AsReadOnly(_row);

    /// <summary>The names of the features that were changed.</summary>
    public IReadOnlyList<string> ChangedFeatures { get; }

    /// <summary>
    /// The sum over the changed features of the change over the mean absolute deviation of the feature from its median; a changed category, or
    /// a value in the place of none, counts 1.
    /// </summary>
    public double Distance { get; }

    /// <summary>The class that was predicted.</summary>
    public string FromClass { get; }

    /// <summary>The class that is predicted now.</summary>
    public string ToClass { get; }

    /// <summary>The change in words, such as "good → bad if age 25 → 31.5".</summary>
    public override string ToString() =>
        $"{FromClass} → {ToClass} if " + string.Join(" and ", ChangedFeatures.Select(name =>
        {
            int f = _schema.IndexOf(name);
            return $"{name} {Text(f, _before[f])} → {Text(f, _row[f])}";
        }));

    private string Text(int feature, double value)
    {
        if (double.IsNaN(value))
        {
            return "missing";
        }

        return _schema[feature].IsCategorical
            ? _schema[feature].Categories[(int)value]
            : value.ToString("G6", CultureInfo.InvariantCulture);
    }
}
