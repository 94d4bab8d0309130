using Ensembles.Data;
using Ensembles.Explanation;
using Ensembles.IsolationForests;
using Ensembles.Learners;

namespace Ensembles.Cli.Models;

/// <summary>What models say of rows, as columns.</summary>
internal static class PredictionColumns
{
    private const string Prediction = "prediction";

    /// <summary>The prediction: a class, a number, or of an isolation forest whether a row is an outlier, with its score.</summary>
    public static OutputColumn[] Of(Model model, FeatureTable rows, int? threads)
    {
        switch (model)
        {
            case ClassificationModel classifier:
                int[] classes = classifier.PredictClasses(rows, threads);
                return [OutputColumn.OfTexts(Prediction, row => classifier.Classes[classes[row]])];
            case RegressionModel regressor:
                double[] values = regressor.Predict(rows, threads);
                return [OutputColumn.OfNumbers(Prediction, row => values[row])];
            case IsolationForestModel forest:
                double[] scores = forest.Scores(rows, threads);
                return
                [
                    OutputColumn.OfTexts(Prediction, row => scores[row] > forest.Threshold ? "outlier" : "inlier"),
                    OutputColumn.OfNumbers("score", row => scores[row]),
                ];
            default:
                throw new NotSupportedException($"A {model.GetType().Name} is of a kind that the tool does not know.");
        }
    }

    /// <summary>The probability of each class.</summary>
    public static IEnumerable<OutputColumn> Probabilities(ClassificationModel model, FeatureTable rows, int? threads)
    {
        double[,] probabilities = model.PredictProbabilities(rows, threads);
        return model.Classes.Select((label, k) => OutputColumn.OfNumbers($"probability_{label}", row => probabilities[row, k]));
    }

    /// <summary>The raw scores: one a class, or a single one.</summary>
    public static IEnumerable<OutputColumn> RawScores(Model model, FeatureTable rows, int? threads)
    {
        double[,] scores = model.RawScores(rows, threads);
        bool byClass = model is ClassificationModel classes && classes.ClassCount == model.RawScoreCount;
        return Enumerable.Range(0, model.RawScoreCount).Select(k => OutputColumn.OfNumbers(
            byClass ? $"raw_{((ClassificationModel)model).Classes[k]}" : model.RawScoreCount == 1 ? "raw" : $"raw_{ModelFacts.Whole(k)}",
            row => scores[row, k]));
    }

    /// <summary>The leaf of each tree.</summary>
    public static IEnumerable<OutputColumn> Leaves(Model model, FeatureTable rows, int? threads)
    {
        if (model.TreeCount == 0)
        {
            throw new InvalidOperationException("The model has no trees, and so no leaves.");
        }

        int[,] leaves = model.LeafIndices(rows, threads);
        return Enumerable.Range(0, model.TreeCount)
            .Select(t => OutputColumn.OfWholes($"leaf_{ModelFacts.Whole(t)}", row => leaves[row, t]));
    }

    /// <summary>The base value and the exact Shapley value of each feature, of each output.</summary>
    public static IEnumerable<OutputColumn> Contributions(Model model, FeatureTable rows, int? threads, CancellationToken cancellationToken)
    {
        ShapValues values = model.Explain(rows, new FitOptions { Threads = threads }, cancellationToken);
        for (int o = 0; o < values.OutputCount; o++)
        {
            int output = o;
            string suffix = values.OutputCount == 1 ? string.Empty : $"_{values.OutputNames[o]}";
            yield return OutputColumn.OfNumbers($"base{suffix}", _ => values.BaseValues[output]);
            for (int f = 0; f < values.FeatureCount; f++)
            {
                int feature = f;
                yield return OutputColumn.OfNumbers($"contribution{suffix}_{values.FeatureNames[f]}", row => values[row, feature, output]);
            }
        }
    }
}
