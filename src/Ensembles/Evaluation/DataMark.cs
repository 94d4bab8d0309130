using System.Globalization;
using Ensembles.Data;
using Ensembles.Learners;
using Ensembles.Numerics;

namespace Ensembles.Evaluation;

/// <summary>A short text that differs where data differ: columns, categories, cells, targets or weights.</summary>
internal static class DataMark
{
    public static string Of(Dataset data)
    {
        ulong mark = data switch
        {
            ClassificationDataset classification => classification.Classes.Aggregate(TrainingMark.Of(classification).Hash, Mix),
            RegressionDataset regression => TrainingMark.Of(regression).Hash,
            _ => throw new ArgumentException("A kind of dataset that is not known.", nameof(data)),
        };
        FeatureTable table = data.Features;
        for (int c = 0; c < table.ColumnCount; c++)
        {
            Feature feature = table.Schema[c];
            mark = Mix(mark, feature.Name);
            if (feature.IsCategorical)
            {
                mark = feature.Categories.Aggregate(mark, Mix);
            }

            foreach (double cell in table.Column(c))
            {
                mark = KeyedRandom.Mix(mark, double.IsNaN(cell) ? ulong.MaxValue : BitConverter.DoubleToUInt64Bits(cell));
            }
        }

        return string.Create(CultureInfo.InvariantCulture, $"{data.RowCount} rows, {mark:x16}");
    }

    private static ulong Mix(ulong mark, string text)
    {
        mark = KeyedRandom.Mix(mark, (ulong)text.Length);
        foreach (char character in text)
        {
            mark = KeyedRandom.Mix(mark, character);
        }

        return mark;
    }
}
