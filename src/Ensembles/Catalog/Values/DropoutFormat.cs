using System.Text.Json;
using Ensembles.Json;
using Ensembles.NewtonBoosting;

namespace Ensembles.Catalog.Values;

/// <summary>Dropout: none, or an object of its own properties, which are set as <c>Dropout.Rate</c>.</summary>
internal sealed class DropoutFormat : ValueFormat<Dropout?>
{
    private const string Defaults = "default";

    private static readonly HyperParameter[] Parameters =
    [
        new HyperParameter<Dropout, double>("Rate", Plain.Number, d => d.Rate, (d, v) => d with { Rate = v }),
        new HyperParameter<Dropout, double>("SkipRate", Plain.Number, d => d.SkipRate, (d, v) => d with { SkipRate = v }),
        new HyperParameter<Dropout, bool>("OneDrop", Plain.Flag, d => d.OneDrop, (d, v) => d with { OneDrop = v }),
        new HyperParameter<Dropout, DropoutNormalization>(
            "Normalization", EnumFormat<DropoutNormalization>.Instance, d => d.Normalization, (d, v) => d with { Normalization = v }),
        new HyperParameter<Dropout, DropoutSampling>(
            "Sampling", EnumFormat<DropoutSampling>.Instance, d => d.Sampling, (d, v) => d with { Sampling = v }),
    ];

    private DropoutFormat()
    {
    }

    public static DropoutFormat Instance { get; } = new();

    public override string Accepts => "default, properties as Rate=0.1,OneDrop=true, or none";

    public override string Show(Dropout? value) => value is null
        ? None
        : string.Join(',', Parameters.Select(parameter => $"{parameter.Name}={parameter.ShowIn(value)}"));

    public override Dropout? Parse(string name, string text)
    {
        if (IsNone(text))
        {
            return null;
        }

        var dropout = new Dropout();
        if (string.Equals(text.Trim(), Defaults, StringComparison.OrdinalIgnoreCase))
        {
            return dropout;
        }

        foreach (string part in text.Split(','))
        {
            int equals = part.IndexOf('=', StringComparison.Ordinal);
            dropout = equals < 0 ? throw Refuse(name, text) : WithPart(name, dropout, part[..equals].Trim(), part[(equals + 1)..]);
        }

        return dropout;
    }

    public override Dropout WithPart(string name, Dropout? value, string part, string text) =>
        (Dropout)HyperParameterList.With(Parameters, value ?? new Dropout(), part, text);

    public override void Write(Utf8JsonWriter json, Dropout? value)
    {
        if (value is null)
        {
            json.WriteNullValue();
            return;
        }

        json.WriteStartObject();
        HyperParameterList.Write(Parameters, json, value);
        json.WriteEndObject();
    }

    public override Dropout? Read(JsonCursor json)
    {
        if (json.TryNull())
        {
            return null;
        }

        json.EnterObject();
        return (Dropout)HyperParameterList.Read(Parameters, json, new Dropout());
    }
}
