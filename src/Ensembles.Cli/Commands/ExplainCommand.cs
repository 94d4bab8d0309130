using System.CommandLine;
using System.Text;
using Ensembles.Cli.Inputs;
using Ensembles.Cli.Models;
using Ensembles.Data;
using Ensembles.Learners;
using Ensembles.Plots;

namespace Ensembles.Cli.Commands;

/// <summary><c>ensembles explain</c>: writes a page that shows what a model goes by.</summary>
internal sealed class ExplainCommand
{
    private const int RowsByDefault = 1000;
    private const int TopByDefault = 6;

    private readonly ToolContext _context;
    private readonly Option<string> _model = RunOptions.Model();
    private readonly Option<string> _data = DataOptions.File();
    private readonly Option<string> _out = RunOptions.Out("The page that is written.", "report.html");
    private readonly DataOptions _columns = DataOptions.OfModel();
    private readonly Option<int?> _threads = RunOptions.Threads();
    private readonly Option<string?> _scripts = new("--scripts")
    {
        Description = "The folder or address of the scripts that draw the charts; by default the jsDelivr network.",
        HelpName = "folder",
    };

    private readonly Option<int> _rows = new("--rows")
    {
        Description = "The most rows that are explained; of more a part is drawn.",
        HelpName = "count",
        DefaultValueFactory = _ => RowsByDefault,
    };

    private readonly Option<int> _top = new("--top")
    {
        Description = "Of how many features the dependence is shown.",
        HelpName = "count",
        DefaultValueFactory = _ => TopByDefault,
    };

    private ExplainCommand(ToolContext context)
    {
        _context = context;
        _out.Required = true;
    }

    /// <summary>The command.</summary>
    public static Command Create(ToolContext context)
    {
        var explain = new ExplainCommand(context);
        var command = new ToolCommand(
            "explain",
            "Write an HTML page of what a model goes by: importances, SHAP values, partial dependence.",
            "ensembles explain --model model.json --data test.csv --out report.html");
        Option[] options =
        [
            explain._model, explain._data, explain._out, explain._rows, explain._top, explain._scripts, explain._threads,
        ];
        foreach (Option option in options)
        {
            command.Options.Add(option);
        }

        explain._columns.AddTo(command, withWeights: false);
        command.SetAction(explain.Run);
        return command;
    }

    private int Run(ParseResult parsed)
    {
        string path = parsed.GetValue(_data)!;
        string output = parsed.GetValue(_out)!;
        int most = parsed.GetValue(_rows);
        int top = parsed.GetValue(_top);
        int? threads = RunOptions.CheckThreads(parsed.GetValue(_threads));
        if (most < 1 || top < 1)
        {
            throw new UsageException("--rows and --top must be at least 1.");
        }

        OutputFile.Check(output);
        CsvOptions csv = _columns.Of(parsed);
        Model model = Model.Load(parsed.GetValue(_model)!);
        CsvHeader.Require(path, model.Schema, csv);
        FeatureTable table = _context.Terminal.Wait(
            $"Reading {path}", () => FeatureTable.FromCsv(path, model.Schema, csv, _context.Cancellation));
        var page = new FigurePage
        {
            Title = $"What {Path.GetFileName(parsed.GetValue(_model))} goes by",
            Scripts = parsed.GetValue(_scripts) is string folder ? ChartScripts.At(folder) : ChartScripts.JsDelivr,
        };
        var report = new ExplanationReport(model, table, most, top, new FitOptions { Threads = threads });
        string html = _context.Terminal.Wait("Explaining", () => report.AddTo(page, _context.Cancellation).ToHtml());
        _context.Cancellation.ThrowIfCancellationRequested();
        OutputFile.Write(output, stream => stream.Write(Encoding.UTF8.GetBytes(html)));
        string part = report.RowCount < table.RowCount ? $", of which {ModelFacts.Whole(report.RowCount)} are explained" : string.Empty;
        _context.Terminal.Facts(
        [
            ("rows", ModelFacts.Whole(table.RowCount) + part),
            ("saved", output),
        ]);
        return ExitCode.Success;
    }
}
