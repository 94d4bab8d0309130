using System.Globalization;
using Ensembles.CodeGeneration;
using Ensembles.Data;
using Ensembles.Learners;
using Ensembles.RandomForests;
using Ensembles.Tests.Contracts;
using Ensembles.Tests.Prediction;
using Ensembles.Trees;

namespace Ensembles.Tests.CodeGeneration;

/// <summary>Every model of the contract suite is written as code in both forms, compiled, and asked for rows where comparisons go wrong.</summary>
public class ModelCodeTests
{
    private static readonly TreeForm[] Forms = [TreeForm.Conditions, TreeForm.Tables];
    private static readonly Lazy<Dictionary<string, (Fitted Fitted, CompiledModel[] Forms)>> Written = new(WriteAll);

    public static TheoryData<string> All => LearnerCase.Names();

    [Theory]
    [MemberData(nameof(All))]
    public void A_written_model_gives_the_bits_of_the_model(string name)
    {
        (Fitted fitted, CompiledModel[] forms) = Written.Value[name];
        int features = fitted.Model.Schema.Count;
        double[] rows = EdgeRows.Draw([.. fitted.Trees], 600, features);
        float[] floats = Array.ConvertAll(rows, cell => (float)cell);
        double[] expected = fitted.Predict(rows);
        var ofFloats = new double[expected.Length];
        fitted.Predict(floats, ofFloats);

        foreach (CompiledModel form in forms)
        {
            Bits(form.Predict(rows, features, fitted.OutputCount)).Should().Equal(Bits(expected));
            Bits(form.Predict(floats, features, fitted.OutputCount)).Should().Equal(Bits(ofFloats));
        }
    }

    [Fact]
    public void Random_trees_are_written_in_both_forms()
    {
        RandomTrees[] shapes =
        [
            new() { Count = 19, Leaves = 40 },
            new() { Count = 9, Leaves = 30, Categorical = 0.5 },
            new() { Count = 3, Leaves = 60, Categorical = 0.3, Features = 9 },
            new() { Count = 2, Leaves = 25, Chains = true },
            new() { Count = 1, Leaves = 1 },
        ];
        FeatureSchema[] schemas = Array.ConvertAll(shapes, shape => FeatureSchema.Numeric(shape.Features));
        Tree[][] trees = Array.ConvertAll(shapes, shape => shape.Draw());
        var sources = new Dictionary<string, string>(StringComparer.Ordinal);
        for (int s = 0; s < shapes.Length; s++)
        {
            for (int t = 0; t < trees[s].Length; t++)
            {
                foreach (TreeForm form in Forms)
                {
                    string name = string.Create(CultureInfo.InvariantCulture, $"{form}{s}_{t}");
                    sources.Add(name, Single(schemas[s], trees[s][t]).ToCSharp(new CSharpOptions { ClassName = name, Trees = form }));
                }
            }
        }

        IReadOnlyDictionary<string, CompiledModel> compiled = CompiledModel.Compile(sources);
        for (int s = 0; s < shapes.Length; s++)
        {
            int features = shapes[s].Features;
            double[] rows = EdgeRows.Draw(trees[s], 500, features);
            for (int t = 0; t < trees[s].Length; t++)
            {
                double[] expected = new double[500];
                Single(schemas[s], trees[s][t]).Predict(rows, expected);
                foreach (TreeForm form in Forms)
                {
                    string name = string.Create(CultureInfo.InvariantCulture, $"{form}{s}_{t}");
                    Bits(compiled[name].Predict(rows, features, 1)).Should().Equal(Bits(expected), name);
                }
            }
        }
    }

    [Fact]
    public void The_text_is_the_same_in_every_culture_and_at_every_call()
    {
        Model model = LearnerCase.Named("NewtonBoostingClassifier").Fit(ContractData.Mixed()).Model;
        string text = model.ToCSharp();
        CultureInfo culture = CultureInfo.CurrentCulture;
        try
        {
            var other = new CultureInfo(string.Empty, useUserOverride: false);
            other.NumberFormat.NumberDecimalSeparator = ",";
            other.NumberFormat.NegativeSign = "~";
            CultureInfo.CurrentCulture = other;
            model.ToCSharp().Should().Be(text);
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }

        text.Should().NotContain("\r");
    }

    [Fact]
    public void Names_are_escaped_wherever_they_come_from()
    {
        string[] names = ["quote \" and \\", "line\nfeed", "ünïcode \u2028", "*/ // {0}"];
        FeatureTable table = new FeatureTableBuilder()
            .Numeric(names[0], [1.0, 2, 3, 4])
            .Categorical(names[1], ["\"a\"", "b\\", "ü\0", "\"a\""])
            .Build();
        ClassificationModel model = new RandomForestClassifier { TreeCount = 3 }.Fit(
            ClassificationDataset.Create(table, [names[2], names[3], names[2], names[3]]));

        string text = model.ToCSharp(new CSharpOptions { Namespace = "My.namespace", ClassName = "class", IsPublic = false });
        CompiledModel compiled = CompiledModel.Compile(new Dictionary<string, string>(StringComparer.Ordinal) { ["My.namespace.class"] = text })
            ["My.namespace.class"];

        text.Should().Contain("namespace My.@namespace;").And.Contain("internal static class @class");
        compiled.Member<IReadOnlyList<string>>("FeatureNames").Should().Equal(names[..2]);
        compiled.Member<IReadOnlyList<string>>("ClassNames").Should().Equal(model.Classes);
        compiled.Call<double>("CategoryCode", 1, "ü\0").Should().Be(table.Schema[1].CodeOf("ü\0"));
        compiled.Call<double>("CategoryCode", 1, "c").Should().Be(double.NaN);
        compiled.Call<double>("CategoryCode", 0, "b\\").Should().Be(double.NaN);
    }

    [Fact]
    public void Names_that_are_no_identifiers_are_refused()
    {
        foreach (string name in new[] { string.Empty, "1a", "a b", "a.b", "a;", "é!" })
        {
            ((Action)(() => _ = new CSharpOptions { ClassName = name })).Should().Throw<ArgumentException>().WithMessage("*is no C# identifier*");
        }

        ((Action)(() => _ = new CSharpOptions { Namespace = "A..B" })).Should().Throw<ArgumentException>();
        ((Action)(() => _ = new CSharpOptions { Trees = (TreeForm)7 })).Should().Throw<ArgumentOutOfRangeException>();
        new CSharpOptions { Namespace = "A.é_1.event", ClassName = "new" }.Should()
            .Match<CSharpOptions>(options => options.Namespace == "A.é_1.@event" && options.ClassName == "@new");
    }

    [Fact]
    public void Rows_of_another_width_are_refused()
    {
        (Fitted fitted, CompiledModel[] forms) = Written.Value["DecisionTreeRegressor"];

        ((Action)(() => forms[0].Predict(new double[3], 3, 1))).Should().Throw<ArgumentException>()
            .WithMessage($"The model reads rows of {fitted.Model.Schema.Count} features.*");
    }

    private static DecisionTreeRegressionModel Single(FeatureSchema schema, Tree tree) =>
        new DecisionTreeRegressionModel(schema, new DecisionTreeRegressor(), tree, null!);

    private static Dictionary<string, (Fitted Fitted, CompiledModel[] Forms)> WriteAll()
    {
        var models = new Dictionary<string, Fitted>(StringComparer.Ordinal);
        var sources = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (LearnerCase learner in LearnerCase.All)
        {
            Fitted fitted = learner.Fit(ContractData.Mixed(200));
            foreach (TreeForm form in Forms)
            {
                string name = string.Create(CultureInfo.InvariantCulture, $"Model{models.Count}{form}");
                sources.Add(name, fitted.Model.ToCSharp(new CSharpOptions { ClassName = name, Trees = form }));
            }

            models.Add(learner.Name, fitted);
        }

        IReadOnlyDictionary<string, CompiledModel> compiled = CompiledModel.Compile(sources);
        return models.Select((pair, m) => (pair.Key, (pair.Value, Forms
            .Select(form => compiled[string.Create(CultureInfo.InvariantCulture, $"Model{m}{form}")]).ToArray())))
            .ToDictionary(entry => entry.Key, entry => entry.Item2, StringComparer.Ordinal);
    }

    private static long[] Bits(double[] values) => Array.ConvertAll(values, BitConverter.DoubleToInt64Bits);
}
