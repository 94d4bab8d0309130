using Ensembles.Data;

namespace Ensembles.Cli.Models;

/// <summary>Data sets as columns that are written.</summary>
internal static class DatasetColumns
{
    /// <summary>The features, then the target.</summary>
    public static IEnumerable<OutputColumn> Of(Dataset data, string target)
    {
        for (int c = 0; c < data.Schema.Count; c++)
        {
            Feature feature = data.Schema[c];
            double[] cells = data.Features.Column(c);
            yield return feature.IsCategorical
                ? OutputColumn.OfTexts(feature.Name, row => double.IsNaN(cells[row]) ? null : feature.Categories[(int)cells[row]])
                : OutputColumn.OfNumbers(feature.Name, row => cells[row]);
        }

        switch (data)
        {
            case ClassificationDataset classes:
                int[] labels = classes.Labels.ToArray();
                yield return OutputColumn.OfTexts(target, row => classes.Classes[labels[row]]);
                break;
            case RegressionDataset numbers:
                double[] targets = numbers.Targets.ToArray();
                yield return OutputColumn.OfNumbers(target, row => targets[row]);
                break;
        }
    }
}
