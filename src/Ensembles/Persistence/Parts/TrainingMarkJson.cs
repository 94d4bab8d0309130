using System.Globalization;
using Ensembles.Json;
using Ensembles.Learners;

namespace Ensembles.Persistence.Parts;

/// <summary>What a model remembers of its training set.</summary>
internal static class TrainingMarkJson
{
    public static void Write(JsonOutput json, TrainingMark mark)
    {
        json.Writer.WriteStartObject("training");
        json.Writer.WriteNumber("rows", mark.RowCount);
        json.Writer.WriteString("hash", mark.Hash.ToString("x16", CultureInfo.InvariantCulture));
        json.Writer.WriteEndObject();
    }

    public static TrainingMark Read(JsonCursor json)
    {
        json.Property("training");
        json.EnterObject();
        json.Property("rows");
        int rows = json.Int32(0);
        json.Property("hash");
        string text = json.String();
        if (text.Length != 16 || !ulong.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong hash))
        {
            throw json.Fail($"'{text}' is no number of 16 hexadecimal digits.");
        }

        json.LeaveObject();
        return new TrainingMark(rows, hash);
    }
}
