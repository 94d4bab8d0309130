using Ensembles.Catalog;
using Ensembles.Data;

namespace Ensembles.Cli.Inputs;

/// <summary>Tells from a target whether it is one of classes or of numbers.</summary>
internal static class TaskOfTarget
{
    /// <summary>So many different whole numbers are classes; more are numbers.</summary>
    public const int MostClasses = 10;

    /// <summary>
    /// Classes where the target is text, or at most <see cref="MostClasses"/> different whole numbers; numbers otherwise.
    /// </summary>
    public static LearningTask Of(string path, string target, CsvOptions options)
    {
        CsvHeader.Require(path, target, options);
        FeatureTable column;
        try
        {
            column = FeatureTable.FromCsv(
                path,
                new FeatureSchema([Feature.Numeric(target)]),
                new CsvOptions { Delimiter = options.Delimiter });
        }
        catch (DataFormatException e) when (string.Equals(e.Column, target, StringComparison.Ordinal))
        {
            return LearningTask.Classification;
        }

        var different = new HashSet<double>();
        foreach (double value in column.Column(0))
        {
            if (double.IsNaN(value))
            {
                continue;
            }

            if (value != Math.Floor(value) || (different.Add(value) && different.Count > MostClasses))
            {
                return LearningTask.Regression;
            }
        }

        return LearningTask.Classification;
    }
}
