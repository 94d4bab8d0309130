using System.Text.Json;
using Ensembles.Metrics;

namespace Ensembles.Cli.Models;

/// <summary>Evaluations as JSON.</summary>
internal static class EvaluationJson
{
    /// <summary>Writes the metrics.</summary>
    public static void Write(Utf8JsonWriter json, int rows, IEnumerable<MeasuredMetric> metrics)
    {
        json.WriteNumber("rows", rows);
        foreach (MeasuredMetric metric in metrics)
        {
            JsonText.Number(json, metric.Key, metric.Value);
        }
    }

    /// <summary>Writes the metrics, those of each class, and the confusion matrix.</summary>
    public static void Write(
        Utf8JsonWriter json, int rows, IEnumerable<MeasuredMetric> metrics, ClassificationReport report, ConfusionMatrix matrix)
    {
        Write(json, rows, metrics);
        json.WriteStartArray("classes");
        foreach (ClassScores scores in report.Classes)
        {
            json.WriteStartObject();
            json.WriteString("label", scores.Name);
            JsonText.Number(json, "precision", scores.Precision);
            JsonText.Number(json, "recall", scores.Recall);
            JsonText.Number(json, "f1", scores.F1);
            JsonText.Number(json, "support", scores.Support);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("confusion_matrix");
        for (int i = 0; i < matrix.ClassCount; i++)
        {
            json.WriteStartArray();
            for (int j = 0; j < matrix.ClassCount; j++)
            {
                json.WriteNumberValue(matrix[i, j]);
            }

            json.WriteEndArray();
        }

        json.WriteEndArray();
    }
}
