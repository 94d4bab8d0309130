using System.Globalization;
using Ensembles.Data;
using Ensembles.Explanation;
using Ensembles.NewtonBoosting;
using Ensembles.RandomForests;
using Ensembles.Trees;
using Ensembles.Trees.Export;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace QuickStart;

/// <summary>Everything that is shown. Where the output goes to a file or a pipe, tables are drawn in plain characters.</summary>
internal static class Report
{
    private const int TopFeatures = 8;
    private const int ShownDepth = 3;

    public static bool IsPlain { get; } = Console.IsOutputRedirected;

    public static void Data(string title, string target, ClassificationDataset data)
    {
        FeatureTable features = data.Features;
        int categorical = data.Schema.Count(feature => feature.IsCategorical);
        int missing = Enumerable.Range(0, features.ColumnCount).Sum(features.MissingCount);
        double[] shares = Scores.Shares(data);
        IEnumerable<string> classes = data.Classes.Select((name, k) => Text($"{name} {shares[k]:P1}"));

        Section($"Data: {title}");
        int numeric = data.Schema.Count - categorical;
        Console.WriteLine(Text($"{data.RowCount:N0} rows, {numeric} numeric and {categorical} categorical columns"));
        Console.WriteLine(Text($"{missing:N0} missing cells, which need no filling in"));
        Console.WriteLine($"{target}: {string.Join(", ", classes)}");
        Section("Training on 80 % of the rows");
    }

    public static void Comparison(ClassificationDataset test, int positive, params Scores[] rows)
    {
        Table table = NewTable("model", "accuracy", "log loss", "ROC AUC", "OOB error", "time");
        foreach (Scores row in rows)
        {
            AddRow(
                table,
                row.Name,
                Text($"{row.Accuracy:F3}"),
                Text($"{row.LogLoss:F3}"),
                Text($"{row.AreaUnderRoc:F3}"),
                Text($"{row.OutOfBagError:F3}"),
                row.Time is { } time ? Text($"{time.TotalSeconds:F2} s") : string.Empty);
        }

        Section(Text($"The test: the other {test.RowCount:N0} rows"));
        Write(table);
        Console.WriteLine(test.ClassCount == 2
            ? $"ROC AUC: for class {test.Classes[positive]}, the rarer one"
            : "ROC AUC: the mean of each class against the rest");
        Console.WriteLine("OOB error: of training rows, by those trees alone that did not see them");
    }

    public static void Stopping(NewtonBoostingClassificationModel model) => Console.WriteLine(Text(
        $"Newton boosting ran {model.History.RoundCount} rounds and kept {model.RoundCount}: there the log loss of its validation rows was least, {model.History.BestScore:F4}"));

    public static void Importances(ForestClassificationModel forest, ClassificationDataset train)
    {
        ImportanceList<PermutationImportance> permuted = forest.PermutationImportances(train);
        double[] impurity = forest.FeatureImportances();
        Table table = NewTable("feature", "permutation", "± s.e.", "impurity");
        foreach (int f in Enumerable.Range(0, permuted.Count).OrderByDescending(f => permuted[f].Mean).Take(TopFeatures))
        {
            AddRow(
                table,
                permuted[f].Feature,
                Text($"{permuted[f].Mean:F4}"),
                Text($"{permuted[f].StandardError:F4}"),
                Text($"{impurity[f]:F3}"));
        }

        Section("What the forest goes by");
        Write(table);
        Console.WriteLine("permutation: how much the error of a tree rises when the column is shuffled among its out-of-bag rows");
        Console.WriteLine("impurity: the share of all that splits gained; it flatters columns of many values");
    }

    public static void Tree(DecisionTreeClassificationModel tree)
    {
        Section($"The first levels of the {tree}");
        Console.Write(tree.ToText(new TreeExportOptions { MaxDepth = ShownDepth }));
    }

    public static void OneRow(DecisionTreeClassificationModel tree, ForestClassificationModel forest, ClassificationDataset test, int row)
    {
        double[] cells = test.Features.Row(row);
        var probabilities = new double[test.ClassCount];
        forest.PredictProbabilities(cells, probabilities);
        int predicted = forest.PredictClass(cells);

        Section($"Row {row} of the test rows");
        Console.WriteLine($"truth:  {test.Classes[test.Labels[row]]}");
        Console.WriteLine(Text($"forest: {test.Classes[predicted]}, probability {probabilities[predicted]:F3}"));
        Console.WriteLine($"tree:   {tree.PredictLabel(cells)}, by the rule");
        Console.WriteLine($"        {tree.Rule(cells).ToString(showMissing: cells.Any(double.IsNaN))}");
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static void Section(string title)
    {
        Console.WriteLine();
        if (IsPlain)
        {
            Console.WriteLine($"== {title}");
        }
        else
        {
            AnsiConsole.Write(new Rule(Markup.Escape(title)) { Justification = Justify.Left });
        }
    }

    private static Table NewTable(params string[] headings)
    {
        Table table = new() { Border = IsPlain ? TableBorder.Markdown : TableBorder.Rounded };
        foreach (string heading in headings)
        {
            table.AddColumn(new TableColumn(Cell(heading)) { Alignment = table.Columns.Count == 0 ? Justify.Left : Justify.Right });
        }

        return table;
    }

    private static void AddRow(Table table, params string[] cells) => table.AddRow(cells.Select(Cell));

    // Text and not markup: names may hold brackets.
    private static IRenderable Cell(string text) => new Spectre.Console.Text(text);

    private static void Write(Table table) => AnsiConsole.Write(table);
}
