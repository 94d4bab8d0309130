using System.Globalization;
using System.Text.Json;
using Ensembles.Json;
using Ensembles.Learners;

namespace Ensembles.Catalog.Values;

/// <summary>Weights of classes. In JSON an object of weights by class, or the name of a rule.</summary>
internal sealed class ClassWeightsFormat : ValueFormat<ClassWeights?>
{
    private ClassWeightsFormat()
    {
    }

    public static ClassWeightsFormat Instance { get; } = new();

    public override string Accepts => "Balanced or BalancedPerSample, weights as good=1,bad=5, or none";

    public override string Show(ClassWeights? value) =>
        value is null ? None
        : value.ByName is null ? value.ToString()
        : string.Join(',', value.ByName.Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Key}={pair.Value}")));

    public override ClassWeights? Parse(string name, string text)
    {
        if (IsNone(text))
        {
            return null;
        }

        if (Rule(text.Trim(), StringComparison.OrdinalIgnoreCase) is ClassWeights rule)
        {
            return rule;
        }

        var weights = new List<(string, double)>();
        foreach (string part in text.Split(','))
        {
            int equals = part.LastIndexOf('=');
            if (equals < 0 || !double.TryParse(part[(equals + 1)..], NumberStyles.Float, CultureInfo.InvariantCulture, out double weight))
            {
                throw Refuse(name, text);
            }

            weights.Add((part[..equals].Trim(), weight));
        }

        return ClassWeights.Of([.. weights]);
    }

    public override void Write(Utf8JsonWriter json, ClassWeights? value)
    {
        if (value is null)
        {
            json.WriteNullValue();
        }
        else if (value.ByName is null)
        {
            json.WriteStringValue(value.ToString());
        }
        else
        {
            json.WriteStartObject();
            foreach ((string label, double weight) in value.ByName)
            {
                json.WritePropertyName(label);
                JsonOutput.WriteDouble(json, weight);
            }

            json.WriteEndObject();
        }
    }

    public override ClassWeights? Read(JsonCursor json)
    {
        if (json.TryNull())
        {
            return null;
        }

        if (json.IsString)
        {
            string text = json.String();
            return Rule(text, StringComparison.Ordinal) ?? throw json.Fail($"'{text}' is not Balanced or BalancedPerSample.");
        }

        var weights = new List<(string, double)>();
        json.EnterObject();
        while (json.NextProperty() is string label)
        {
            weights.Add((label, json.Double()));
        }

        json.LeaveObject();
        try
        {
            return ClassWeights.Of([.. weights]);
        }
        catch (ArgumentException e)
        {
            throw json.Fail(e.Message, e);
        }
    }

    private static ClassWeights? Rule(string text, StringComparison comparison) =>
        string.Equals(text, nameof(ClassWeights.Balanced), comparison) ? ClassWeights.Balanced
        : string.Equals(text, nameof(ClassWeights.BalancedPerSample), comparison) ? ClassWeights.BalancedPerSample
        : null;
}
