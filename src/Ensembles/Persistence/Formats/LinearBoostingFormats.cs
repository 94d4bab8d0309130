using Ensembles.Catalog.Values;
using Ensembles.Json;
using Ensembles.Learners;
using Ensembles.LinearBoosting;
using Ensembles.Losses;
using Ensembles.Metrics;
using Ensembles.Persistence.Parts;

namespace Ensembles.Persistence.Formats;

internal sealed class LinearBoostingClassificationFormat()
    : ModelFormat<LinearBoostingClassificationModel, LinearBoostingClassifier>("linear-boosting-classifier")
{
    protected override LinearBoostingClassifier RecipeOf(LinearBoostingClassificationModel model) => model.Recipe;

    protected override void Write(ModelOutput output, LinearBoostingClassificationModel model)
    {
        HistoryJson.Write(output.Json, model.History, MetricFormats.Classification);
        LinearModelJson.Write(output.Json, model.Linear, model.Link, model.FeatureImportances());
    }

    protected override LinearBoostingClassificationModel Read(ModelInput input, LinearBoostingClassifier recipe)
    {
        EvaluationHistory<ClassificationMetric> history = HistoryJson.Read(input.Json, MetricFormats.Classification);
        (LinearModel linear, Link link, double[] importances) = LinearModelJson.Read(input, input.Classes.Count);
        return new LinearBoostingClassificationModel(input.Schema, input.Classes, recipe, linear, importances, link, history);
    }
}

internal sealed class LinearBoostingRegressionFormat()
    : ModelFormat<LinearBoostingRegressionModel, LinearBoostingRegressor>("linear-boosting-regressor")
{
    protected override LinearBoostingRegressor RecipeOf(LinearBoostingRegressionModel model) => model.Recipe;

    protected override void Write(ModelOutput output, LinearBoostingRegressionModel model)
    {
        HistoryJson.Write(output.Json, model.History, MetricFormats.Regression);
        LinearModelJson.Write(output.Json, model.Linear, Link.Identity, model.FeatureImportances());
    }

    protected override LinearBoostingRegressionModel Read(ModelInput input, LinearBoostingRegressor recipe)
    {
        EvaluationHistory<RegressionMetric> history = HistoryJson.Read(input.Json, MetricFormats.Regression);
        (LinearModel linear, _, double[] importances) = LinearModelJson.Read(input, classes: null);
        return new LinearBoostingRegressionModel(input.Schema, recipe, linear, importances, history);
    }
}

/// <summary>Intercepts and coefficients.</summary>
internal static class LinearModelJson
{
    public static void Write(JsonOutput json, LinearModel linear, Link link, double[] importances)
    {
        json.Writer.WriteNumber("rounds", linear.RoundCount);
        json.Doubles("baseScores", linear.BaseScores);
        LinkJson.Write(json, link);
        json.Doubles("intercepts", linear.Intercepts);
        json.Array("coefficients", linear.Coefficients, coefficients =>
        {
            json.Writer.WriteStartObject();
            json.Doubles("output", coefficients);
            json.Writer.WriteEndObject();
        });
        json.Doubles("importances", importances);
    }

    /// <param name="input">The text.</param>
    /// <param name="classes">The number of classes; null for a regressor.</param>
    public static (LinearModel Linear, Link Link, double[] Importances) Read(ModelInput input, int? classes)
    {
        JsonCursor json = input.Json;
        json.Property("rounds");
        int rounds = json.Int32(0);
        json.Property("baseScores");
        double[] baseScores = json.Doubles();
        Link link = LinkJson.Read(json, baseScores.Length, classes, Link.Identity);
        json.Property("intercepts");
        double[] intercepts = json.Doubles(baseScores.Length);
        int width = LinearModel.OffsetsOf(input.Schema)[^1];
        var coefficients = new List<double[]>();
        json.Property("coefficients");
        json.EnterArray();
        while (json.NextItem())
        {
            json.EnterObject();
            json.Property("output");
            coefficients.Add(json.Doubles(width));
            json.LeaveObject();
        }

        if (coefficients.Count != baseScores.Length)
        {
            throw json.Fail("there are not coefficients for each output.");
        }

        json.Property("importances");
        double[] importances = json.Doubles(input.Schema.Count);
        return (new LinearModel(input.Schema, baseScores, intercepts, [.. coefficients], rounds), link, importances);
    }
}
