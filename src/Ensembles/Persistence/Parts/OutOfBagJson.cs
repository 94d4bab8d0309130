using Ensembles.Json;
using Ensembles.Learners;
using Ensembles.RandomForests;

namespace Ensembles.Persistence.Parts;

/// <summary>Out-of-bag estimates; a model that has none has no such property.</summary>
internal static class OutOfBagJson
{
    private const string Property = "outOfBag";

    public static void Write(JsonOutput json, OutOfBagClassification? outOfBag)
    {
        if (outOfBag is null)
        {
            return;
        }

        json.Writer.WriteStartObject(Property);
        json.Double("accuracy", outOfBag.Accuracy);
        json.Double("logLoss", outOfBag.LogLoss);
        if (outOfBag is ForestOutOfBagClassification forest)
        {
            json.Doubles("errorCurve", forest.ErrorCurve);
        }

        json.Int32s("memberCounts", outOfBag.MemberCounts);
        json.Doubles("sums", outOfBag.Sums);
        if (outOfBag is ForestOutOfBagClassification votes)
        {
            json.Int32s("votes", votes.AllVotes);
        }

        json.Writer.WriteEndObject();
    }

    public static void Write(JsonOutput json, OutOfBagRegression? outOfBag)
    {
        if (outOfBag is null)
        {
            return;
        }

        json.Writer.WriteStartObject(Property);
        json.Double("meanSquaredError", outOfBag.MeanSquaredError);
        json.Double("rSquared", outOfBag.RSquared);
        if (outOfBag is ForestOutOfBagRegression forest)
        {
            json.Doubles("errorCurve", forest.ErrorCurve);
        }

        json.Int32s("memberCounts", outOfBag.MemberCounts);
        json.Doubles("sums", outOfBag.Sums);
        json.Writer.WriteEndObject();
    }

    /// <summary>Reads the estimate of bagged classifiers.</summary>
    public static OutOfBagClassification? TryReadClassification(JsonCursor json, int classCount, int rowCount)
    {
        if (!json.TryProperty(Property))
        {
            return null;
        }

        json.EnterObject();
        double accuracy = Number(json, "accuracy");
        double logLoss = Number(json, "logLoss");
        (int[] counts, double[] sums) = ReadRows(json, rowCount, classCount);
        json.LeaveObject();
        return new OutOfBagClassification(classCount, sums, counts, accuracy, logLoss);
    }

    /// <summary>Reads the estimate of bagged regressors.</summary>
    public static OutOfBagRegression? TryReadRegression(JsonCursor json, int rowCount)
    {
        if (!json.TryProperty(Property))
        {
            return null;
        }

        json.EnterObject();
        double meanSquaredError = Number(json, "meanSquaredError");
        double rSquared = Number(json, "rSquared");
        (int[] counts, double[] sums) = ReadRows(json, rowCount, 1);
        json.LeaveObject();
        return new OutOfBagRegression(sums, counts, meanSquaredError, rSquared);
    }

    /// <summary>Reads the estimate of a forest that classifies.</summary>
    public static ForestOutOfBagClassification? TryReadForestClassification(JsonCursor json, int classCount, int rowCount, int treeCount)
    {
        if (!json.TryProperty(Property))
        {
            return null;
        }

        json.EnterObject();
        double accuracy = Number(json, "accuracy");
        double logLoss = Number(json, "logLoss");
        json.Property("errorCurve");
        double[] curve = json.Doubles(treeCount);
        (int[] counts, double[] sums) = ReadRows(json, rowCount, classCount);
        json.Property("votes");
        int[] votes = json.Int32s((long)rowCount * classCount, 0, treeCount);
        json.LeaveObject();
        return new ForestOutOfBagClassification(classCount, sums, votes, counts, curve, accuracy, logLoss);
    }

    /// <summary>Reads the estimate of a forest that predicts numbers.</summary>
    public static ForestOutOfBagRegression? TryReadForestRegression(JsonCursor json, int rowCount, int treeCount)
    {
        if (!json.TryProperty(Property))
        {
            return null;
        }

        json.EnterObject();
        double meanSquaredError = Number(json, "meanSquaredError");
        double rSquared = Number(json, "rSquared");
        json.Property("errorCurve");
        double[] curve = json.Doubles(treeCount);
        (int[] counts, double[] sums) = ReadRows(json, rowCount, 1);
        json.LeaveObject();
        return new ForestOutOfBagRegression(sums, counts, curve, meanSquaredError, rSquared);
    }

    private static double Number(JsonCursor json, string name)
    {
        json.Property(name);
        return json.Double();
    }

    private static (int[] Counts, double[] Sums) ReadRows(JsonCursor json, int rowCount, int width)
    {
        json.Property("memberCounts");
        int[] counts = json.Int32s(rowCount, 0, int.MaxValue);
        json.Property("sums");
        return (counts, json.Doubles((long)rowCount * width));
    }
}
