using System.Globalization;
using System.Text;
using Ensembles.AdaBoost;
using Ensembles.Bagging;
using Ensembles.Boosting;
using Ensembles.Calibration;
using Ensembles.Data;
using Ensembles.GradientBoosting;
using Ensembles.IsolationForests;
using Ensembles.Learners;
using Ensembles.LinearBoosting;
using Ensembles.Losses;
using Ensembles.MetaEnsembles;
using Ensembles.NewtonBoosting;
using Ensembles.Prediction;
using Ensembles.RandomForests;
using Ensembles.Trees;

namespace Ensembles.CodeGeneration;

/// <summary>Writes for a model, and for each of its members, a method that does for one row what the model does, operation by operation.</summary>
/// <param name="code">Where to.</param>
/// <param name="form">How trees are written.</param>
internal sealed class ModelMethods(CodeWriter code, TreeForm form)
{
    private const int MaxStackCells = 1024;

    // Conditions where the trees have no more leaves together and none is deep: beyond, their branches cost more than walking several trees at
    // a time, and compiling them takes seconds.
    private const int MaxReadableLeaves = 1024;
    private const int MaxReadableDepth = 32;

    private const string AddSaid =
        """
        for (int k = 0; k < said.Length; k++)
        {
            output[k] += said[k];
        }

        """;

    private readonly HashSet<string> _numerics = new(StringComparer.Ordinal);
    private readonly List<string> _helpers = [];
    private int _methods;
    private int _treeClasses;

    /// <summary>The sets of categories that the trees ask for.</summary>
    public CategoryTable Categories { get; } = new();

    /// <summary>The classes of this library that the methods call.</summary>
    public IEnumerable<string> Numerics => _numerics.Order(StringComparer.Ordinal);

    /// <summary>The private methods that the methods of models call.</summary>
    public IEnumerable<string> Helpers => _helpers;

    /// <summary>Writes the method of a model: from a row to its outputs.</summary>
    /// <returns>The name of the method.</returns>
    /// <exception cref="NotSupportedException">The model is of a kind that cannot be written.</exception>
    public string Write(Model model) => model switch
    {
        IsolationForestModel forest => Method(Isolation(forest)),
        AdaBoostRegressionModel boosted => Method(Median(boosted)),
        AdaBoostClassificationModel boosted => Method(Boosted(boosted)),
        NewtonBoostingRegressionModel boosted => Method(Rounds(model, boosted.Boosted)),
        NewtonBoostingClassificationModel boosted => Method(Rounds(model, boosted.Boosted)),
        GradientBoostingRegressionModel boosted => Method(Rounds(model, boosted.Boosted)),
        GradientBoostingClassificationModel boosted => Method(Rounds(model, boosted.Boosted)),
        LinearBoostingRegressionModel linear => Method(Linear(model, linear.Linear) + Apply(Link.Identity, model)),
        LinearBoostingClassificationModel linear => Method(Linear(model, linear.Linear) + Apply(linear.Link, model)),
        CalibratedClassificationModel calibrated => Method(Calibrated(calibrated)),
        VotingRegressionModel voting => Method(Mean(voting)),
        VotingClassificationModel voting => Method(Votes(voting)),
        StackingRegressionModel stack => Method(Stack([.. stack.Members], stack.Final)),
        StackingClassificationModel stack => Method(Stack([.. stack.Members], stack.Final)),
        BaggingRegressionModel { Batches: TreeEnsemble trees } bag => Method(TreeMean(model, trees, bag.Members.Count)),
        BaggingClassificationModel { Batches: TreeEnsemble trees } bag => Method(TreeMean(model, trees, bag.Members.Count)),
        BaggingRegressionModel bag => Method(
            BagMean(model, [.. bag.Members.Select(member => ((Model)member.Model, member.ColumnArray))], majority: false)),
        BaggingClassificationModel bag => Method(BagMean(
            model, [.. bag.Members.Select(member => ((Model)member.Model, member.ColumnArray))], bag.Recipe.Voting == Voting.Majority)),
        { Batches: TreeEnsemble trees } => Method(TreeMean(model, trees, trees.TreeCount)),
        _ => throw new NotSupportedException($"A {model.GetType().Name} cannot be written as code."),
    };

    private static string Buffer(string name, int length) => Invariant(
        $"Span<double> {name} = {(length <= MaxStackCells ? "stackalloc" : "new")} double[{length}];\n");

    private static string Numbers(IEnumerable<double> values) => string.Join(", ", values.Select(CodeWriter.Number));

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private string Method(string body)
    {
        string name = Invariant($"Compute{_methods++}");
        code.Open($"private static void {name}(ReadOnlySpan<double> row, Span<double> output)");
        code.Lines(body.TrimEnd('\n'));
        code.Close();
        code.Lines();
        return name;
    }

    /// <summary>A statement that adds to sums what the leaves of trees add.</summary>
    private string AddTrees(TreeEnsemble ensemble, FeatureSchema schema, string sums)
    {
        ReadOnlySpan<EnsembleTree> trees = ensemble.Parts;
        if (trees.IsEmpty)
        {
            return string.Empty;
        }

        int leaves = 0;
        int depth = 0;
        foreach (Tree tree in ensemble.Trees)
        {
            leaves += tree.LeafCount;
            depth = Math.Max(depth, tree.Depth);
            for (int node = 0; node < tree.InnerCount; node++)
            {
                if (double.IsNaN(tree.Threshold(node)))
                {
                    throw new NotSupportedException("A tree with a threshold that is not a number cannot be written as code.");
                }
            }
        }

        bool readable = leaves <= MaxReadableLeaves && depth <= MaxReadableDepth;
        string name = Invariant($"Trees{_treeClasses++}");
        if (form == TreeForm.Conditions || (form == TreeForm.Automatic && readable))
        {
            TreeConditions.Write(code, name, trees, Categories);
        }
        else
        {
            TreeTables.Write(code, name, trees, schema.Count, Categories);
        }

        return $"{name}.Add(row, {sums});\n";
    }

    /// <summary>The mean of what trees add.</summary>
    private string TreeMean(Model model, TreeEnsemble trees, int count) =>
        "output.Clear();\n" + AddTrees(trees, model.Schema, "output") + (count == 1 ? string.Empty : Divide("output", Invariant($"{count}")));

    private static string Divide(string sums, string by) =>
        $$"""
        for (int k = 0; k < {{sums}}.Length; k++)
        {
            {{sums}}[k] /= {{by}};
        }

        """;

    private string Isolation(IsolationForestModel forest)
    {
        string sums = "output.Clear();\n" + AddTrees((TreeEnsemble)forest.Batches, forest.Schema, "output");
        if (forest.ExpectedLength == 0)
        {
            return sums + "output[0] = 0.5;\n";
        }

        _numerics.Add("DeterministicMath");
        string ln2 = CodeWriter.Number(IsolationForestModel.Ln2);
        return sums + Invariant(
            $"output[0] = DeterministicMath.Exp(-{ln2} * (output[0] / {forest.Trees.Count} / {CodeWriter.Number(forest.ExpectedLength)}));\n");
    }

    /// <summary>Scores: constants and what trees add.</summary>
    private string Sum(Model model, IReadOnlyList<double> start, TreeEnsemble trees)
    {
        var text = new StringBuilder(Buffer("scores", start.Count));
        for (int k = 0; k < start.Count; k++)
        {
            text.Append(CultureInfo.InvariantCulture, $"scores[{k}] = {CodeWriter.Number(start[k])};\n");
        }

        return text.Append(AddTrees(trees, model.Schema, "scores")).ToString();
    }

    private string Rounds(Model model, BoostedTrees boosted)
    {
        if (boosted.Start.Model is not { } initial)
        {
            return Sum(model, boosted.Start.Constants, boosted.Ensemble) + Apply(boosted.Link, model);
        }

        string method = Write(initial);
        return Buffer("initial", initial.OutputCount) + $"{method}(row, initial);\n" + Buffer("scores", boosted.OutputCount)
            + LinkCode.Invert(boosted.Link, _numerics) + AddTrees(boosted.Ensemble, model.Schema, "scores") + Apply(boosted.Link, model);
    }

    private string Apply(Link link, Model model) => LinkCode.Apply(link, model.RawScoreCount, _numerics);

    private static string Linear(Model model, LinearModel linear)
    {
        var text = new StringBuilder(Buffer("scores", linear.Intercepts.Length));
        for (int k = 0; k < linear.Intercepts.Length; k++)
        {
            text.Append(CultureInfo.InvariantCulture, $"scores[{k}] = {CodeWriter.Number(linear.Intercepts[k])};\n");
        }

        text.Append("double cell;\n");
        for (int f = 0; f < model.Schema.Count; f++)
        {
            int first = linear.Offsets[f];
            int count = linear.Offsets[f + 1] - first;
            text.Append(CultureInfo.InvariantCulture, $"cell = row[{f}];\n");
            for (int k = 0; k < linear.Intercepts.Length; k++)
            {
                double[] coefficients = linear.Coefficients[k][first..(first + count)];
                if (model.Schema[f].IsCategorical)
                {
                    text.Append(
                        CultureInfo.InvariantCulture,
                        $"scores[{k}] += cell >= 0 && cell < {count} ? new double[] {{ {Numbers(coefficients)} }}[(int)cell] : 0;\n");
                }
                else if (coefficients[0] != 0)
                {
                    text.Append(
                        CultureInfo.InvariantCulture,
                        $"scores[{k}] += double.IsNaN(cell) ? 0 : {CodeWriter.Number(coefficients[0])} * cell;\n");
                }
                else
                {
                    text.Append(CultureInfo.InvariantCulture, $"scores[{k}] += 0;\n");
                }
            }
        }

        return text.ToString();
    }

    private string Median(AdaBoostRegressionModel model)
    {
        _numerics.Add("WeightedQuantile");
        int count = model.Members.Count;
        string members = model.Batches is TreeEnsemble
            ? "values.Clear();\n" + AddTrees(
                new TreeEnsemble(
                    [.. model.Members.Select((member, m) => ((ITreeModel)member).Tree).Select((tree, m) => new EnsembleTree(tree, m, tree.LeafValues))],
                    count),
                model.Schema,
                "values")
            : string.Concat(model.Members.Select((member, m) => Invariant($"{Write(member)}(row, values.Slice({m}, 1));\n")));
        return Buffer("values", count) + members + Invariant(
            $$"""
            Span<double> weights = new double[] { {{Numbers(model.MemberWeights)}} };
            values.Sort(weights);
            output[0] = WeightedQuantile.LowerMedianOfSorted(values, weights);

            """);
    }

    private string Boosted(AdaBoostClassificationModel model)
    {
        _numerics.Add("DeterministicMath");
        ClassScore score = model.Score;
        string present = string.Join(", ", Enumerable.Range(0, model.ClassCount).Where(score.IsPresent));
        string sums = "output.Clear();\n";
        if (model.Batches is TreeEnsemble trees)
        {
            sums += AddTrees(trees, model.Schema, "output");
        }
        else
        {
            sums += Buffer("said", model.ClassCount);
            for (int m = 0; m < model.Members.Count; m++)
            {
                sums += $"{Write(model.Members[m])}(row, said);\n" + (score.CountsVotes
                    ? $"output[IndexOfMax(said)] += {CodeWriter.Number(model.MemberWeights[m])};\n"
                    : "AddLogarithms(said, present, output);\n");
            }
        }

        if (!score.CountsVotes && model.Batches is not TreeEnsemble)
        {
            Need(AdaBoostCode.AddLogarithms);
        }

        string scale = CodeWriter.Number(score.Scale);
        return $"ReadOnlySpan<int> present = new int[] {{ {present} }};\n" + sums + AdaBoostCode.ToProbabilities(scale);
    }

    private string Calibrated(CalibratedClassificationModel model)
    {
        _numerics.Add("DeterministicMath");
        Need(model.Recipe.Method switch
        {
            CalibrationMethod.Temperature => CalibrationCode.Temperature,
            CalibrationMethod.Isotonic => CalibrationCode.Isotonic,
            _ => CalibrationCode.LogOdds,
        });
        string text = Buffer("said", model.ClassCount) + "output.Clear();\n"
            + (model.ClassCount > 2 && model.Recipe.Method != CalibrationMethod.Temperature ? "double sum;\n" : string.Empty);
        foreach (CalibratedMember member in model.CalibratedMembers)
        {
            text += $"{Write(member.Model)}(row, said);\n" + CalibrationCode.Apply(member.Calibrator, model.Recipe, model.ClassCount)
                + AddSaid;
        }

        return text + Divide("output", Invariant($"{model.Members.Count}"));
    }

    private void Need(string helper)
    {
        if (!_helpers.Contains(helper, StringComparer.Ordinal))
        {
            _helpers.Add(helper);
        }
    }

    private string Mean(VotingRegressionModel model)
    {
        string text = Buffer("said", 1) + "output.Clear();\n";
        for (int m = 0; m < model.Members.Count; m++)
        {
            text += $"{Write(model.Members[m])}(row, said);\noutput[0] += {CodeWriter.Number(model.Weights[m])} * said[0];\n";
        }

        return text + $"output[0] /= {CodeWriter.Number(model.Weights.Sum())};\n";
    }

    private string Votes(VotingClassificationModel model)
    {
        string text = Buffer("said", model.ClassCount) + Buffer("means", model.ClassCount) + "means.Clear();\noutput.Clear();\n";
        for (int m = 0; m < model.Members.Count; m++)
        {
            string weight = CodeWriter.Number(model.Weights[m]);
            text += $$"""
                {{Write(model.Members[m])}}(row, said);
                for (int k = 0; k < said.Length; k++)
                {
                    means[k] += {{weight}} * said[k];
                }

                output[IndexOfMax(said)] += {{weight}};

                """;
        }

        string total = CodeWriter.Number(model.Weights.Sum());
        string soft = model.Recipe.Rule switch
        {
            VotingRule.Soft => "true",
            VotingRule.Majority => $"!(output[IndexOfMax(output)] / {total} > 0.5)",
            _ => "false",
        };
        return text + $$"""
            bool soft = {{soft}};
            for (int k = 0; k < output.Length; k++)
            {
                output[k] = (soft ? means[k] : output[k]) / {{total}};
            }

            """;
    }

    private string Stack(Model[] members, Model final)
    {
        int width = members[0].OutputCount;
        int kept = MetaFeatures.Kept(width);
        string text = Buffer("said", width) + Buffer("meta", final.Schema.Count);
        for (int m = 0; m < members.Length; m++)
        {
            text += Invariant($"{Write(members[m])}(row, said);\nsaid.Slice({width - kept}).CopyTo(meta.Slice({m * kept}));\n");
        }

        int passed = members.Length * kept;
        if (passed < final.Schema.Count)
        {
            text += Invariant($"row.CopyTo(meta.Slice({passed}));\n");
        }

        return text + $"{Write(final)}(meta, output);\n";
    }

    private string BagMean(Model model, (Model Model, int[]? Columns)[] members, bool majority)
    {
        string text = Buffer("said", model.OutputCount) + Buffer("cells", model.Schema.Count) + "output.Clear();\n";
        foreach ((Model member, int[]? columns) in members)
        {
            string row = "row";
            if (columns is not null)
            {
                row = Invariant($"cells.Slice(0, {columns.Length})");
                text += string.Concat(columns.Select((column, c) => Invariant($"cells[{c}] = row[{column}];\n")));
            }

            text += $"{Write(member)}({row}, said);\n" + (majority
                ? "output[IndexOfMax(said)]++;\n"
                : AddSaid);
        }

        return text + Divide("output", Invariant($"{members.Length}"));
    }
}
