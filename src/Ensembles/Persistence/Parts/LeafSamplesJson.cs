using System.Globalization;
using Ensembles.Json;
using Ensembles.RandomForests;
using Ensembles.Trees;

namespace Ensembles.Persistence.Parts;

/// <summary>The training rows in the leaves of a tree.</summary>
internal static class LeafSamplesJson
{
    public static void Write(JsonOutput json, LeafSamples samples)
    {
        json.Writer.WriteStartObject();
        json.Int32s("starts", samples.Starts);
        json.Int32s("rows", samples.AllRows);
        json.Doubles("shares", samples.AllShares);
        json.Writer.WriteEndObject();
    }

    /// <param name="json">The text.</param>
    /// <param name="tree">The tree whose leaves these are.</param>
    /// <param name="rowCount">The number of training rows.</param>
    public static LeafSamples Read(JsonCursor json, Tree tree, int rowCount)
    {
        json.EnterObject();
        json.Property("starts");
        int[] starts = json.Int32s(tree.LeafCount + 1L, 0, int.MaxValue);
        json.Property("rows");
        int[] rows = json.Int32s(0, rowCount - 1);
        json.Property("shares");
        double[] shares = json.Doubles(rows.Length);
        for (int leaf = 0; leaf + 1 < starts.Length; leaf++)
        {
            if (starts[leaf + 1] < starts[leaf])
            {
                throw json.Fail(string.Create(CultureInfo.InvariantCulture, $"the rows of leaf {leaf} end before they start."));
            }
        }

        if (starts[0] != 0 || starts[^1] != rows.Length)
        {
            throw json.Fail("the leaves do not have all the rows.");
        }

        json.LeaveObject();
        return new LeafSamples(starts, rows, shares);
    }
}
