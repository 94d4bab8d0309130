using Ensembles.Calibration;
using Ensembles.Json;
using Ensembles.Learners;

namespace Ensembles.Persistence.Formats;

internal sealed class CalibratedClassificationFormat()
    : ModelFormat<CalibratedClassificationModel, CalibratedClassifier>("calibrated-classifier")
{
    protected override CalibratedClassifier RecipeOf(CalibratedClassificationModel model) => model.Recipe;

    protected override void Write(ModelOutput output, CalibratedClassificationModel model)
    {
        JsonOutput json = output.Json;
        json.Array("members", model.CalibratedMembers.ToArray(), member =>
        {
            json.Writer.WriteStartObject();
            json.Double("uniformShare", member.Calibrator.UniformShare);
            json.Array("functions", Functions(member.Calibrator, model.Recipe.Method), function => Write(json, function));
            json.Writer.WritePropertyName("model");
            output.Write(member.Model);
            json.Writer.WriteEndObject();
        });
    }

    protected override CalibratedClassificationModel Read(ModelInput input, CalibratedClassifier recipe)
    {
        JsonCursor json = input.Json;
        var members = new List<CalibratedMember>();
        json.Property("members");
        json.EnterArray();
        while (json.NextItem())
        {
            json.EnterObject();
            json.Property("uniformShare");
            double share = json.Double();
            ProbabilityCalibrator calibrator = ReadCalibrator(json, recipe, input.Classes.Count, share);
            json.Property("model");
            members.Add(new CalibratedMember(input.ReadMember<ClassificationModel>(), calibrator));
            json.LeaveObject();
        }

        return members.Count > 0
            ? new CalibratedClassificationModel(input.Schema, input.Classes, recipe, [.. members])
            : throw json.Fail("there are no members.");
    }

    private static object?[] Functions(ProbabilityCalibrator calibrator, CalibrationMethod method) => method switch
    {
        CalibrationMethod.Platt => [.. calibrator.Platt],
        CalibrationMethod.Isotonic => [.. calibrator.Isotonic],
        _ => [calibrator.Temperature],
    };

    /// <summary>A class that keeps its probability has an object without properties.</summary>
    private static void Write(JsonOutput json, object? function)
    {
        json.Writer.WriteStartObject();
        switch (function)
        {
            case PlattScaling platt:
                json.Double("slope", platt.Slope);
                json.Double("intercept", platt.Intercept);
                break;
            case IsotonicRegression isotonic:
                json.Doubles("x", isotonic.X);
                json.Doubles("y", isotonic.Y);
                break;
            case TemperatureScaling temperature:
                json.Double("temperature", temperature.Temperature);
                break;
        }

        json.Writer.WriteEndObject();
    }

    private static ProbabilityCalibrator ReadCalibrator(JsonCursor json, CalibratedClassifier recipe, int classCount, double share)
    {
        // Of two classes the second alone.
        int calibrated = classCount == 2 ? 1 : classCount;
        return recipe.Method switch
        {
            CalibrationMethod.Platt => new ProbabilityCalibrator(
                recipe.Method, recipe.Input, share, ReadFunctions(json, calibrated, ReadPlatt), [], null),
            CalibrationMethod.Isotonic => new ProbabilityCalibrator(
                recipe.Method, recipe.Input, share, [], ReadFunctions(json, calibrated, ReadIsotonic), null),
            _ => new ProbabilityCalibrator(
                recipe.Method, recipe.Input, share, [], [], ReadFunctions(json, 1, cursor => ReadTemperature(cursor, share))[0]),
        };
    }

    private static T?[] ReadFunctions<T>(JsonCursor json, int count, Func<JsonCursor, T?> read)
        where T : class
    {
        var functions = new List<T?>();
        json.Property("functions");
        json.EnterArray();
        while (json.NextItem())
        {
            json.EnterObject();
            functions.Add(read(json));
            json.LeaveObject();
        }

        return functions.Count == count ? [.. functions] : throw json.Fail("there are not as many functions as calibrated classes.");
    }

    private static PlattScaling? ReadPlatt(JsonCursor json)
    {
        if (!json.TryProperty("slope"))
        {
            return null;
        }

        double slope = json.Double();
        json.Property("intercept");
        return new PlattScaling(slope, json.Double());
    }

    private static IsotonicRegression? ReadIsotonic(JsonCursor json)
    {
        if (!json.TryProperty("x"))
        {
            return null;
        }

        double[] x = json.Doubles();
        json.Property("y");
        double[] y = json.Doubles(x.Length);
        for (int i = 1; i < x.Length; i++)
        {
            if (!(x[i] > x[i - 1]))
            {
                throw json.Fail("the knots do not rise.");
            }
        }

        return x.Length > 0 ? new IsotonicRegression(x, y) : throw json.Fail("there are no knots.");
    }

    private static TemperatureScaling? ReadTemperature(JsonCursor json, double share) =>
        json.TryProperty("temperature") ? new TemperatureScaling(json.Double(), share) : null;
}
