using System.Globalization;
using System.Text.Json;
using Ensembles.Data;
using Ensembles.Json;
using Ensembles.NewtonBoosting;

namespace Ensembles.Catalog.Values;

/// <summary>Constraints of features. In a text a feature is its name or its column; quotes make a name of a number.</summary>
internal static class Constraints
{
    public static ValueFormat<MonotoneConstraints?> Monotone { get; } = new MonotoneFormat();

    public static ValueFormat<InteractionConstraints?> Interaction { get; } = new InteractionFormat();

    private static string Show(FeatureReference feature) => feature.Name is null || !IsColumn(feature.Name, out _)
        ? feature.Name ?? feature.ToString()
        : $"'{feature.Name}'";

    private static FeatureReference Parse(string text)
    {
        string trimmed = text.Trim();
        return trimmed.Length > 1 && trimmed[0] == '\'' && trimmed[^1] == '\'' ? trimmed[1..^1]
            : IsColumn(trimmed, out int column) ? column
            : trimmed;
    }

    private static bool IsColumn(string text, out int column) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out column);

    private static void Write(Utf8JsonWriter json, FeatureReference feature)
    {
        if (feature.Name is null)
        {
            json.WriteNumberValue(feature.Column);
        }
        else
        {
            json.WriteStringValue(feature.Name);
        }
    }

    private static FeatureReference ReadFeature(JsonCursor json) => json.IsString ? json.String() : json.Int32(0);

    private sealed class MonotoneFormat : ValueFormat<MonotoneConstraints?>
    {
        public override string Accepts => "directions by feature as age=Increasing,debt=Decreasing, or none";

        public override string Show(MonotoneConstraints? value) => value is null
            ? None
            : string.Join(',', value.Constraints.Select(constraint => $"{Constraints.Show(constraint.Feature)}={constraint.Direction}"));

        public override MonotoneConstraints? Parse(string name, string text)
        {
            if (IsNone(text))
            {
                return null;
            }

            var constraints = new List<(FeatureReference, Monotonicity)>();
            foreach (string part in text.Split(','))
            {
                int equals = part.LastIndexOf('=');
                if (equals < 0)
                {
                    throw Refuse(name, text);
                }

                constraints.Add((Constraints.Parse(part[..equals]), EnumFormat<Monotonicity>.Instance.Parse(name, part[(equals + 1)..])));
            }

            return MonotoneConstraints.Of([.. constraints]);
        }

        public override void Write(Utf8JsonWriter json, MonotoneConstraints? value)
        {
            if (value is null)
            {
                json.WriteNullValue();
                return;
            }

            json.WriteStartArray();
            foreach ((FeatureReference feature, Monotonicity direction) in value.Constraints)
            {
                json.WriteStartObject();
                json.WritePropertyName("feature");
                Constraints.Write(json, feature);
                json.WriteString("direction", direction.ToString());
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        public override MonotoneConstraints? Read(JsonCursor json)
        {
            if (json.TryNull())
            {
                return null;
            }

            var constraints = new List<(FeatureReference, Monotonicity)>();
            json.EnterArray();
            while (json.NextItem())
            {
                json.EnterObject();
                json.Property("feature");
                FeatureReference feature = ReadFeature(json);
                json.Property("direction");
                constraints.Add((feature, EnumFormat<Monotonicity>.Instance.Read(json)));
                json.LeaveObject();
            }

            return constraints.Count == 0 ? throw json.Fail("there is no constraint.") : MonotoneConstraints.Of([.. constraints]);
        }
    }

    private sealed class InteractionFormat : ValueFormat<InteractionConstraints?>
    {
        public override string Accepts => "groups of features as age+income,x1+x2+x3, or none";

        public override string Show(InteractionConstraints? value) => value is null
            ? None
            : string.Join(',', value.Groups.Select(group => string.Join('+', group.Select(Constraints.Show))));

        public override InteractionConstraints? Parse(string name, string text) => IsNone(text)
            ? null
            : InteractionConstraints.Of([.. text.Split(',').Select(group => Array.ConvertAll(group.Split('+'), Constraints.Parse))]);

        public override void Write(Utf8JsonWriter json, InteractionConstraints? value)
        {
            if (value is null)
            {
                json.WriteNullValue();
                return;
            }

            json.WriteStartArray();
            foreach (FeatureReference[] group in value.Groups)
            {
                json.WriteStartArray();
                foreach (FeatureReference feature in group)
                {
                    Constraints.Write(json, feature);
                }

                json.WriteEndArray();
            }

            json.WriteEndArray();
        }

        public override InteractionConstraints? Read(JsonCursor json)
        {
            if (json.TryNull())
            {
                return null;
            }

            var groups = new List<FeatureReference[]>();
            json.EnterArray();
            while (json.NextItem())
            {
                var group = new List<FeatureReference>();
                json.EnterArray();
                while (json.NextItem())
                {
                    group.Add(ReadFeature(json));
                }

                groups.Add([.. group]);
            }

            try
            {
                return InteractionConstraints.Of([.. groups]);
            }
            catch (ArgumentException e)
            {
                throw json.Fail(e.Message, e);
            }
        }
    }
}
