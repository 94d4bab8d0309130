using System.CommandLine;
using Ensembles.Cli.Inputs;
using Ensembles.Cli.Models;
using Ensembles.Learners;
using Ensembles.Metrics;
using Ensembles.Trees;

namespace Ensembles.Cli.Commands;

/// <summary><c>ensembles show</c>: says what a model file holds, or draws one of its trees.</summary>
internal sealed class ShowCommand
{
    private const int ImportancesShown = 15;

    private readonly ToolContext _context;
    private readonly Argument<string> _model = new("model") { Description = "The model file." };
    private readonly Option<int?> _tree = new("--tree") { Description = "A tree, by its number from 0.", HelpName = "number" };
    private readonly Option<bool> _text = new("--text") { Description = "The tree as text (default)." };
    private readonly Option<bool> _dot = new("--dot")
    {
        Description = "The tree for Graphviz: ensembles show model.json --dot | dot -Tsvg > tree.svg",
    };

    private readonly Option<bool> _mermaid = new("--mermaid") { Description = "The tree as a Mermaid flowchart." };
    private readonly Option<int?> _depth = new("--max-depth") { Description = "How deep the tree is shown.", HelpName = "depth" };

    private ShowCommand(ToolContext context)
    {
        _context = context;
    }

    /// <summary>The command.</summary>
    public static Command Create(ToolContext context)
    {
        var show = new ShowCommand(context);
        var command = new ToolCommand(
            "show",
            "Show what a model file holds, or one of its trees.",
            """
            ensembles show model.json
            ensembles show model.json --tree 3 --max-depth 4
            """);
        command.Arguments.Add(show._model);
        Option[] options = [show._tree, show._text, show._dot, show._mermaid, show._depth];
        foreach (Option option in options)
        {
            command.Options.Add(option);
        }

        command.SetAction(show.Run);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        Option<bool>[] forms = [_text, _dot, _mermaid];
        int asked = forms.Count(form => parsed.GetValue(form));
        if (asked > 1)
        {
            throw new UsageException("--text, --dot and --mermaid exclude each other.");
        }

        if (parsed.GetValue(_depth) < 0)
        {
            throw new UsageException("--max-depth must be at least 0.");
        }

        Model model = Model.Load(parsed.GetValue(_model)!);
        if (asked == 0 && parsed.GetValue(_tree) is null)
        {
            Summarize(model);
            return ExitCode.Success;
        }

        ITreeModel tree = Find(model, parsed.GetValue(_tree));
        var options = new TreeExportOptions { MaxDepth = parsed.GetValue(_depth) };
        string drawn = parsed.GetValue(_dot) ? tree.ToDot(options)
            : parsed.GetValue(_mermaid) ? tree.ToMermaid(options)
            : tree.ToText(options);
        _context.Terminal.Out.Write(drawn.EndsWith('\n') ? drawn : drawn + "\n");
        return ExitCode.Success;
    }

    private static ITreeModel Find(Model model, int? number)
    {
        if (number < 0 || number >= model.TreeCount)
        {
            throw new UsageException(model.TreeCount == 0
                ? "the model has no trees."
                : $"--tree must be from 0 to {ModelFacts.Whole(model.TreeCount - 1)}.");
        }

        return number is null && model.TreeCount != 1
            ? throw new UsageException($"--tree must say which of the {ModelFacts.Whole(model.TreeCount)} trees.")
            : EnsembleTree.Of(model).ElementAt(number ?? 0);
    }

    private void Summarize(Model model)
    {
        List<(string, string)> facts = [.. ModelFacts.Of(model)];
        ITreeModel[] trees = [.. EnsembleTree.Of(model)];
        if (trees.Length > 0)
        {
            facts.Add(("leaves", Range(trees, tree => tree.Tree.LeafCount)));
            facts.Add(("depth", Range(trees, tree => tree.Tree.Depth)));
        }

        _context.Terminal.Facts(facts);
        if (model is not IFeatureImportances important)
        {
            return;
        }

        double[] importances = important.FeatureImportances();
        _context.Terminal.Out.WriteLine();
        _context.Terminal.Table(
            ["feature", "importance"],
            Enumerable.Range(0, importances.Length)
                .OrderByDescending(f => importances[f])
                .Take(ImportancesShown)
                .Select(f => new[] { model.Schema[f].Name, TextTable.Number(importances[f]) }));
        if (importances.Length > ImportancesShown)
        {
            _context.Terminal.Out.WriteLine($"and {ModelFacts.Whole(importances.Length - ImportancesShown)} more");
        }
    }

    private static string Range(ITreeModel[] trees, Func<ITreeModel, int> count)
    {
        int least = trees.Min(count);
        int greatest = trees.Max(count);
        return least == greatest
            ? ModelFacts.Whole(least)
            : $"{ModelFacts.Whole(least)} to {ModelFacts.Whole(greatest)} a tree, {TextTable.Short(trees.Average(count), 3)} on average";
    }
}
