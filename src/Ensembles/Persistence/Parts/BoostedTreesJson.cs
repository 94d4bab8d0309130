using Ensembles.Boosting;
using Ensembles.Json;
using Ensembles.Learners;
using Ensembles.Losses;
using Ensembles.Trees;

namespace Ensembles.Persistence.Parts;

/// <summary>What boosting of trees gives: where scores start, how they become predictions, and the trees.</summary>
internal static class BoostedTreesJson
{
    /// <summary>Writes where scores start and how they become predictions; the kind adds what else it knows, then the trees.</summary>
    public static void WriteStart(ModelOutput output, BoostedTrees boosted)
    {
        JsonOutput json = output.Json;
        json.Writer.WriteNumber("outputs", boosted.OutputCount);
        LinkJson.Write(json, boosted.Link);
        if (boosted.Start.Model is Model initial)
        {
            json.Writer.WritePropertyName("initialModel");
            output.Write(initial);
        }
        else
        {
            json.Doubles("baseScores", [.. boosted.Start.Constants]);
        }
    }

    public static void WriteTrees(JsonOutput json, BoostedTrees boosted) => TreeJson.WriteAll(json, boosted.Trees, boosted.Statistics);

    /// <summary>Reads where scores start and how they become predictions.</summary>
    /// <param name="input">The text.</param>
    /// <param name="classes">The number of classes; null for a regressor.</param>
    /// <param name="ofNumber">The link of a regressor.</param>
    /// <typeparam name="TModel">What an initial model is.</typeparam>
    public static (StartingScores Start, Link Link) ReadStart<TModel>(ModelInput input, int? classes, Link ofNumber)
        where TModel : Model
    {
        JsonCursor json = input.Json;
        json.Property("outputs");
        int outputs = json.Int32(1);
        Link link = LinkJson.Read(json, outputs, classes, ofNumber);
        if (json.TryProperty("initialModel"))
        {
            return (new StartingScores(input.ReadMember<TModel>(), outputs, link), link);
        }

        json.Property("baseScores");
        return (new StartingScores(json.Doubles(outputs)), link);
    }

    /// <summary>Reads the trees of whole rounds.</summary>
    public static BoostedTrees ReadTrees(ModelInput input, (StartingScores Start, Link Link) start)
    {
        (Tree[] trees, TreeStatistics[] statistics) = TreeJson.ReadAll(input.Json, input.Schema, valueWidth: 1);
        return trees.Length % start.Start.OutputCount == 0
            ? new BoostedTrees(start.Start, start.Link, trees, statistics)
            : throw input.Json.Fail("a round has some of its trees only.");
    }
}
