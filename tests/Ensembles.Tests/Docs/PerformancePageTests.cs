using Ensembles.Peers.Performance;

namespace Ensembles.Tests.Docs;

public sealed class PerformancePageTests : IDisposable
{
    private const string Page = "docs/performance.md";

    private readonly DirectoryInfo _results = Directory.CreateTempSubdirectory("ensembles-results-");

    [Fact]
    public void The_tables_are_those_of_the_committed_results()
    {
        string text = Repository.Read(Page);
        string made = PerformancePage.Render(text, Path.Combine(Repository.Root, "benchmarks", "results"));
        if (Repository.IsToBeUpdated)
        {
            Repository.Write(Page, made);
        }
        else
        {
            text.Should().Be(made, "the tables are made from benchmarks/results ({0})", Repository.HowToUpdate);
        }
    }

    [Fact]
    public void A_table_takes_medians_and_the_fastest_other_library_and_shows_losses()
    {
        Write(
            "training.csv",
            "set,rows,setting,threads,seed,library,features,classes,rounds,bin_seconds,train_seconds,log_loss,allocated_bytes",
            "generated,1000,depth-6,1,1,Ensembles,28,2,100,1,1,0.5,9",
            "generated,1000,depth-6,1,2,Ensembles,28,2,100,1,3,0.6,9",
            "generated,1000,depth-6,1,3,Ensembles,28,2,100,1,90,0.7,9",
            "generated,1000,depth-6,1,1,XGBoost,28,2,100,2,4,0.5,",
            "generated,1000,depth-6,1,1,scikit-learn,28,2,100,3,5,0.4,",
            "generated,1000,leaves-31,1,1,Ensembles,28,2,100,1,1,0.5,9",
            "generated,1000,leaves-31,1,1,XGBoost,28,2,100,0.5,0.5,0.5,");

        string rendered = Render();

        rendered.Should().Contain("| 1.00 + 3.00 | 2.00 + 4.00 | 3.00 + 5.00 | 1.50 |");
        rendered.Should().Contain("| 1.00 + 1.00 | 0.500 + 0.500 | – | **0.50** |");
        rendered.Should().Contain("| generated | 1,000 | depth-6 | 3 | 0.60000 | 0.50000 | 0.00000 | 0.00% | 0.40000 | 0.10000 | +25.00% |");
    }

    [Fact]
    public void Growth_finds_the_exponent_and_the_bytes_that_made_the_figures()
    {
        IEnumerable<string> rows =
            from size in ((int Rows, int Features)[])
            [
                (10_000, 28), (100_000, 28), (1_000_000, 28), (100_000, 14), (100_000, 56), (1_000_000, 14),
            ]
            let bytes = (2.5 * size.Rows * size.Features) + (20.0 * size.Rows) + (1000 * size.Features) + 4e6
            select FormattableString.Invariant($"{size.Rows},{size.Features},1,leaves-31,1,100,0,{size.Rows / 1000.0},{bytes},7,5");
        Write(
            "training-growth.csv",
            [
                "rows,features,threads,setting,seed,rounds,bin_seconds,train_seconds,peak_bytes,allocated_bytes,round_bytes",
                .. rows,
            ]);

        string rendered = Render();

        rendered.Should().Contain("time ∝ rows^1.000");
        rendered.Should().Contain("peak ≈ 2.50 B a cell + 20.0 B a row + 0.001 MB a feature + 4.0 MB.");
    }

    [Fact]
    public void Forests_have_the_times_of_others_by_ours_and_the_differences_of_errors()
    {
        Write(
            "forest-speed.csv",
            "task,rows,threads,seed,library,seconds,test_error",
            "forest-numbers,1000,2,1,Ensembles,2,0.5",
            "forest-numbers,1000,2,2,Ensembles,,0.6",
            "forest-numbers,1000,2,1,scikit-learn,30,0.4",
            "forest-numbers,1000,2,2,scikit-learn,,0.7",
            "forest-numbers,1000,2,1,ranger,1,0.5");

        string rendered = Render();

        rendered.Should().Contain("| forest-numbers | 1,000 | 2 | 1 | 2.00 | 30.0 | 15.0 | 1.00 | **0.50** |");
        rendered.Should().Contain("| 2 | 0.55000 | 0.55000 | 0.00000 ± 0.10000 | 0.00% | 0.0 | 0.50000 | 0.00000 | 0.00% | – |");
    }

    public void Dispose() => _results.Delete(recursive: true);

    private string Render() => PerformancePage.Render(Repository.Read(Page), _results.FullName);

    private void Write(string name, params string[] lines) =>
        File.WriteAllText(Path.Combine(_results.FullName, name), string.Join('\n', ["# a machine", .. lines]) + "\n");
}
