using System.Text.Json;
using Ensembles.Json;
using Ensembles.Metrics;

namespace Ensembles.Catalog.Values;

/// <summary>Metrics by their names. One of the user's own keeps its name and direction only: what computes it is not in a file.</summary>
/// <typeparam name="TMetric">The kind of metrics.</typeparam>
/// <param name="find">The metric of a name, or null.</param>
/// <param name="unknown">Stands for a metric of the user's own, by its name and whether larger values are better.</param>
/// <param name="names">The names of the library's own.</param>
internal sealed class MetricListFormat<TMetric>(
    Func<string, TMetric?> find, Func<string, bool, TMetric> unknown, IReadOnlyList<string> names) : ValueFormat<MetricList<TMetric>>
    where TMetric : Metric
{
    public override string Accepts => $"names of metrics ({string.Join(", ", names)}), or none";

    public override string Show(MetricList<TMetric> value) => value.Count == 0 ? None : string.Join(", ", value);

    public override MetricList<TMetric> Parse(string name, string text)
    {
        if (IsNone(text))
        {
            return [];
        }

        // A name may have a comma in it: then the name with the comma is tried first.
        var metrics = new List<TMetric>();
        string[] parts = text.Split(',', StringSplitOptions.TrimEntries);
        for (int i = 0; i < parts.Length; i++)
        {
            if (i + 1 < parts.Length && find($"{parts[i]}, {parts[i + 1]}") is TMetric joined)
            {
                metrics.Add(joined);
                i++;
                continue;
            }

            metrics.Add(find(parts[i])
                ?? throw new FormatException($"{name}: there is no metric '{parts[i]}'. {NearestNames.Suggest(parts[i], names)}"));
        }

        return MetricList.Create<TMetric>([.. metrics]);
    }

    public override void Write(Utf8JsonWriter json, MetricList<TMetric> value)
    {
        json.WriteStartArray();
        foreach (TMetric metric in value)
        {
            WriteMetric(json, metric);
        }

        json.WriteEndArray();
    }

    public override MetricList<TMetric> Read(JsonCursor json)
    {
        var metrics = new List<TMetric>();
        json.EnterArray();
        while (json.NextItem())
        {
            metrics.Add(ReadMetric(json));
        }

        try
        {
            return MetricList.Create<TMetric>([.. metrics]);
        }
        catch (ArgumentException e)
        {
            throw json.Fail(e.Message, e);
        }
    }

    private void WriteMetric(Utf8JsonWriter json, TMetric metric)
    {
        if (metric.Equals(find(metric.Name)))
        {
            json.WriteStringValue(metric.Name);
            return;
        }

        json.WriteStartObject();
        json.WriteString("custom", metric.Name);
        json.WriteBoolean("higherIsBetter", metric.HigherIsBetter);
        json.WriteEndObject();
    }

    private TMetric ReadMetric(JsonCursor json)
    {
        if (json.IsString)
        {
            string name = json.String();
            return find(name) ?? throw json.Fail($"there is no metric '{name}'. {NearestNames.Suggest(name, names)}");
        }

        json.EnterObject();
        json.Property("custom");
        string custom = json.String();
        json.Property("higherIsBetter");
        bool higherIsBetter = json.Boolean();
        json.LeaveObject();
        return string.IsNullOrWhiteSpace(custom) ? throw json.Fail("a metric needs a name.") : unknown(custom, higherIsBetter);
    }
}
