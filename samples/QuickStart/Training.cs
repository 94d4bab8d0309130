using System.Diagnostics;
using Ensembles.Learners;
using Spectre.Console;

namespace QuickStart;

/// <summary>A model, what it is called and how long it took.</summary>
internal sealed record Trained<TModel>(string Name, TModel Model, TimeSpan Time);

/// <summary>Trains models one after the other and shows how far they are: a bar each, or a line each where nobody watches.</summary>
internal sealed class Training
{
    private readonly ProgressContext? _bars;

    private Training(ProgressContext? bars) => _bars = bars;

    public static TResult Run<TResult>(Func<Training, TResult> work) =>
        Report.IsPlain
            ? work(new Training(null))
            : AnsiConsole.Progress()
                .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn())
                .Start(bars => work(new Training(bars)));

    public Trained<TModel> Fit<TModel>(string name, Func<FitOptions, TModel> fit)
    {
        ProgressTask? bar = _bars?.AddTask(name);
        var clock = Stopwatch.StartNew();
        TModel model = fit(new FitOptions { Progress = bar is null ? null : new Bar(bar) });
        clock.Stop();
        if (bar is null)
        {
            Console.WriteLine($"trained: {name}");
        }

        return new Trained<TModel>(name, model, clock.Elapsed);
    }

    private sealed class Bar(ProgressTask task) : IProgress<FitProgress>
    {
        public void Report(FitProgress value) => task.Value = value.Fraction * task.MaxValue;
    }
}
