using System.Text.Json;
using Ensembles.Evaluation;
using Ensembles.Learners;
using Ensembles.Metrics;

namespace Ensembles.Cli.Models;

/// <summary>Searches as JSON.</summary>
internal static class SearchJson
{
    /// <summary>Writes the best values and all trials, the best first.</summary>
    public static void Write<TLearner, TMetric>(Utf8JsonWriter json, SearchResult<TLearner, TMetric> result)
        where TLearner : Learner
        where TMetric : Metric
    {
        Values(json, "best", result.Best.Values);
        json.WriteStartArray("trials");
        foreach (SearchTrial<TLearner, TMetric> trial in result.Trials)
        {
            json.WriteStartObject();
            json.WriteNumber("rank", trial.Rank);
            Values(json, "values", trial.Values);
            foreach (MetricScores<TMetric> scores in trial.Scores)
            {
                json.WriteStartObject(MetricTable.KeyOf(scores.Metric));
                JsonText.Number(json, "mean", scores.Mean);
                JsonText.Number(json, "standard_error", scores.StandardError);
                json.WriteEndObject();
            }

            if (trial.Error is { } error)
            {
                json.WriteString("error", error);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Values(Utf8JsonWriter json, string name, IEnumerable<SearchValue> values)
    {
        json.WriteStartObject(name);
        foreach (SearchValue value in values)
        {
            if (value.Value is double number)
            {
                json.WriteNumber(value.Name, number);
            }
            else
            {
                json.WriteString(value.Name, value.Text);
            }
        }

        json.WriteEndObject();
    }
}
