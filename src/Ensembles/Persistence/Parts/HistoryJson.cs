using Ensembles.Catalog.Values;
using Ensembles.Json;
using Ensembles.Learners;
using Ensembles.Metrics;

namespace Ensembles.Persistence.Parts;

/// <summary>What metrics were after each round.</summary>
internal static class HistoryJson
{
    private const string Property = "history";

    public static void Write<TMetric>(JsonOutput json, EvaluationHistory<TMetric> history, MetricListFormat<TMetric> format)
        where TMetric : Metric
    {
        json.Writer.WriteStartObject(Property);
        json.Line("metrics", writer => format.Write(writer, MetricList.Create<TMetric>([.. history.Metrics])));
        json.Writer.WriteNumber("firstRound", history.FirstRound);
        if (history.BestRound is int best)
        {
            json.Writer.WriteNumber("bestRound", best);
        }

        Write(json, "validation", history, EvaluatedRows.Validation, history.HasValidation);
        Write(json, "training", history, EvaluatedRows.Training, history.HasTraining);
        json.Writer.WriteEndObject();
    }

    public static EvaluationHistory<TMetric> Read<TMetric>(JsonCursor json, MetricListFormat<TMetric> format)
        where TMetric : Metric
    {
        json.Property(Property);
        json.EnterObject();
        json.Property("metrics");
        MetricList<TMetric> metrics = format.Read(json);
        if (metrics.Count == 0)
        {
            throw json.Fail("there is no metric.");
        }

        json.Property("firstRound");
        int firstRound = json.Int32(0);
        int? bestRound = json.TryProperty("bestRound") ? json.Int32(firstRound) : null;
        List<double>[] validation = ReadValues(json, "validation", metrics.Count);
        List<double>[] training = ReadValues(json, "training", metrics.Count);
        if (bestRound - firstRound >= validation[0].Count)
        {
            throw json.Fail("the best round was not measured.");
        }

        json.LeaveObject();
        return new EvaluationHistory<TMetric>(metrics, firstRound, bestRound, validation, training);
    }

    private static void Write<TMetric>(
        JsonOutput json, string name, EvaluationHistory<TMetric> history, EvaluatedRows rows, bool isMeasured)
        where TMetric : Metric
    {
        if (!isMeasured)
        {
            return;
        }

        json.Writer.WriteStartObject(name);
        for (int m = 0; m < history.Metrics.Count; m++)
        {
            json.Doubles(history.Metrics[m].Name, [.. history.Values(rows, m)]);
        }

        json.Writer.WriteEndObject();
    }

    private static List<double>[] ReadValues(JsonCursor json, string name, int metrics)
    {
        var values = new List<double>[metrics];
        if (!json.TryProperty(name))
        {
            Array.Fill(values, []);
            return values;
        }

        json.EnterObject();
        for (int m = 0; m < metrics; m++)
        {
            _ = json.NextProperty() ?? throw json.Fail("a metric is missing.");
            values[m] = [.. json.Doubles()];
            if (values[m].Count == 0 || values[m].Count != values[0].Count)
            {
                throw json.Fail("the metrics are not of the same rounds.");
            }
        }

        json.LeaveObject();
        return values;
    }
}
