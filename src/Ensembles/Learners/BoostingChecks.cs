using Ensembles.Data;

namespace Ensembles.Learners;

/// <summary>What boosting of classes and of numbers asks of its data.</summary>
internal static class BoostingChecks
{
    /// <exception cref="ArgumentException">The validation set has other classes.</exception>
    public static void Check(ClassificationDataset data, ClassificationDataset? validation)
    {
        if (validation is not null && !validation.Classes.Equals(data.Classes))
        {
            throw new ArgumentException(
                $"The validation set has the classes {validation.Classes}, the training set {data.Classes}.", nameof(validation));
        }
    }

    /// <exception cref="ArgumentException">The sets do not fit together, or the base score is no probability.</exception>
    public static void Check(
        ClassificationDataset data, ClassificationDataset? validation, ClassificationModel? start, double? baseScore)
    {
        Check(data, validation);
        if (start is not null && !data.Classes.Equals(start.Classes))
        {
            throw new ArgumentException(
                $"The data have other classes than the model: {data.Classes} and not {start.Classes}.", nameof(data));
        }

        if (baseScore is double given && data.ClassCount == 2 && !(given > 0 && given < 1))
        {
            throw new ArgumentException(FormattableString.Invariant(
                $"BaseScore is the probability of the second class: {given} does not lie between 0 and 1."));
        }

        Check(data.Schema, start);
    }

    /// <exception cref="ArgumentException">The columns are not those of the model.</exception>
    public static void Check(FeatureSchema schema, Model? start)
    {
        if (start is not null && !schema.Equals(start.Schema))
        {
            throw new ArgumentException($"The data have other columns than the model: {schema} and not {start.Schema}.", "data");
        }
    }
}
