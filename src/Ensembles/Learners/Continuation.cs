using System.Globalization;
using Ensembles.Data;

namespace Ensembles.Learners;

/// <summary>Checks the data by which the training of a model is continued.</summary>
internal static class Continuation
{
    /// <exception cref="ArgumentException">The data have other columns or another number of rows than the training data had.</exception>
    public static void CheckTable(FeatureTable data, FeatureSchema schema, int rowCount)
    {
        if (!data.Schema.Equals(schema))
        {
            throw new ArgumentException("Training is continued on the data that the model was trained on; these have other columns.", nameof(data));
        }

        if (data.RowCount != rowCount)
        {
            throw new ArgumentException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Training is continued on the data that the model was trained on; these have {data.RowCount} rows, not {rowCount}."),
                nameof(data));
        }
    }

    /// <exception cref="ArgumentException">The data have other classes than the training data had.</exception>
    public static void CheckClasses(ClassificationDataset data, ClassLabels classes)
    {
        if (!data.Classes.Equals(classes))
        {
            throw new ArgumentException(
                $"Training is continued on the data that the model was trained on; these have the classes {data.Classes}, not {classes}.", nameof(data));
        }
    }
}
