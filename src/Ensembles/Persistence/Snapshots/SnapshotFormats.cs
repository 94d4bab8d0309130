using Ensembles.AdaBoost;
using Ensembles.Bagging;
using Ensembles.Boosting;
using Ensembles.IsolationForests;
using Ensembles.Json;
using Ensembles.Learners;
using Ensembles.LinearBoosting;
using Ensembles.Persistence.Formats;
using Ensembles.Persistence.Parts;
using Ensembles.RandomForests;
using Ensembles.Trees;

namespace Ensembles.Persistence.Snapshots;

/// <summary>How the units of all kinds of fits are written and read.</summary>
internal static class SnapshotFormats
{
    private const string Scores = "scores";

    private static readonly object[] All =
    [
        new BoostedRoundFormat(),
        new LinearRoundFormat(),
        new BoostedMemberFormat<ClassificationModel>(),
        new BoostedMemberFormat<RegressionModel>(),
        new ForestTreeFormat(),
        new IsolationTreeFormat(),
        new BaggingMemberFormat<ClassificationModel>(),
        new BaggingMemberFormat<RegressionModel>(),
    ];

    /// <summary>How a kind of unit is written and read.</summary>
    public static ISnapshotFormat<TUnit> Of<TUnit>()
        where TUnit : class => All.OfType<ISnapshotFormat<TUnit>>().First();

    private static double[] ReadDoubles(JsonCursor json, string property)
    {
        json.Property(property);
        return json.Doubles();
    }

    private sealed class BoostedRoundFormat : ISnapshotFormat<BoostedRound>
    {
        public bool IsOrdered => true;

        public void Write(ModelOutput output, BoostedRound unit)
        {
            output.Json.Doubles("losses", unit.Losses);
            output.Json.Doubles(Scores, unit.Scores);
            TreeJson.WriteAll(output.Json, unit.Trees, unit.Statistics);
        }

        public BoostedRound Read(ModelInput input, FitIdentity fit)
        {
            double[] losses = ReadDoubles(input.Json, "losses");
            double[] scores = ReadDoubles(input.Json, Scores);
            (Tree[] trees, TreeStatistics[] statistics) = TreeJson.ReadAll(input.Json, input.Schema, valueWidth: 1);
            return new BoostedRound(trees, statistics, losses, scores);
        }
    }

    private sealed class LinearRoundFormat : ISnapshotFormat<LinearRound>
    {
        public bool IsOrdered => true;

        public void Write(ModelOutput output, LinearRound unit)
        {
            output.Json.Doubles(Scores, unit.Scores);
            output.Json.Doubles("intercepts", unit.Intercepts);
            output.Json.Array("coefficients", unit.Coefficients, coefficients =>
            {
                output.Json.Writer.WriteStartObject();
                output.Json.Doubles("values", coefficients);
                output.Json.Writer.WriteEndObject();
            });
        }

        public LinearRound Read(ModelInput input, FitIdentity fit)
        {
            double[] scores = ReadDoubles(input.Json, Scores);
            double[] intercepts = ReadDoubles(input.Json, "intercepts");
            int width = LinearModel.OffsetsOf(input.Schema)[^1];
            var coefficients = new List<double[]>();
            input.Json.Property("coefficients");
            input.Json.EnterArray();
            while (input.Json.NextItem())
            {
                input.Json.EnterObject();
                input.Json.Property("values");
                coefficients.Add(input.Json.Doubles(width));
                input.Json.LeaveObject();
            }

            return coefficients.Count == intercepts.Length
                ? new LinearRound(intercepts, [.. coefficients], scores)
                : throw input.Json.Fail("there are not as many intercepts as lists of coefficients.");
        }
    }

    private sealed class BoostedMemberFormat<TModel> : ISnapshotFormat<BoostedMember<TModel>>
        where TModel : Model
    {
        public bool IsOrdered => true;

        public void Write(ModelOutput output, BoostedMember<TModel> unit)
        {
            output.Json.Doubles(Scores, unit.Scores);
            output.Json.Writer.WritePropertyName("model");
            output.Write(unit.Model);
        }

        public BoostedMember<TModel> Read(ModelInput input, FitIdentity fit)
        {
            double[] scores = ReadDoubles(input.Json, Scores);
            input.Json.Property("model");
            return new BoostedMember<TModel>(input.ReadMember<TModel>(), scores);
        }
    }

    private sealed class ForestTreeFormat : ISnapshotFormat<ForestTree>
    {
        public bool IsOrdered => false;

        public void Write(ModelOutput output, ForestTree unit)
        {
            output.Json.Writer.WritePropertyName("tree");
            TreeJson.Write(output.Json, unit.Tree, unit.Statistics);
            if (unit.Samples is not null)
            {
                output.Json.Writer.WritePropertyName("leafSamples");
                LeafSamplesJson.Write(output.Json, unit.Samples);
            }
        }

        public ForestTree Read(ModelInput input, FitIdentity fit)
        {
            input.Json.Property("tree");
            (Tree tree, TreeStatistics statistics) = TreeJson.Read(input.Json, input.Schema, fit.Classes?.Count ?? 1);
            bool hasSamples = fit.Recipe is ForestRegressor { KeepLeafSamples: true };
            if (!hasSamples)
            {
                return new ForestTree(tree, statistics, null);
            }

            input.Json.Property("leafSamples");
            return new ForestTree(tree, statistics, LeafSamplesJson.Read(input.Json, tree, fit.Table.RowCount));
        }
    }

    private sealed class IsolationTreeFormat : ISnapshotFormat<IsolationTree>
    {
        public bool IsOrdered => false;

        public void Write(ModelOutput output, IsolationTree unit)
        {
            output.Json.Writer.WritePropertyName("tree");
            TreeJson.Write(output.Json, unit.Tree, unit.Statistics);
        }

        public IsolationTree Read(ModelInput input, FitIdentity fit)
        {
            input.Json.Property("tree");
            (Tree tree, TreeStatistics statistics) = TreeJson.Read(input.Json, input.Schema, valueWidth: 1);
            return new IsolationTree(tree, statistics);
        }
    }

    private sealed class BaggingMemberFormat<TModel> : ISnapshotFormat<BaggingMember<TModel>>
        where TModel : Model
    {
        public bool IsOrdered => false;

        public void Write(ModelOutput output, BaggingMember<TModel> unit) => BaggingMembers.WriteMember(output, unit, output.Schema);

        public BaggingMember<TModel> Read(ModelInput input, FitIdentity fit) => BaggingMembers.ReadMember<TModel>(input);
    }
}
